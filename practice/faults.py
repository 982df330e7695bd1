"""Scripted faults of the Web API, the deliveries and the sockets.

A rule strikes `count` times (-1: always), after `after` good calls or deliveries. For calls (`method`, or any):
429 (`retry_after`), 500, 502, 503, 504, html (a 200 that isn't JSON), error (`error`), slow (`ms`),
drop and hang (before anything is stored), accept_then_drop, accept_then_hang and accept_then_500 (after it),
lag (history hides what is younger than `seconds`). For deliveries (`event`, or any): duplicate (`times`
more), reorder (after the next one), lose, delay (`ms`). For sockets: dead_socket_url, silent_socket (the
existing connections, and `count` new ones), disconnect (at once, with a `reason`).
"""

from dataclasses import dataclass

from practice.payloads import GestureError, Json, as_list, as_object, as_text

CALL_KINDS = frozenset(
    [
        "429",
        "500",
        "502",
        "503",
        "504",
        "html",
        "accept_then_drop",
        "accept_then_hang",
        "accept_then_500",
        "drop",
        "hang",
        "slow",
        "error",
        "lag",
    ]
)
DELIVERY_KINDS = frozenset(
    ["duplicate", "reorder", "lose", "delay", "dead_socket_url", "silent_socket", "disconnect"]
)


@dataclass
class FaultRule:
    """One rule of the script: the fault, its target, how often it strikes and after how many good ones."""

    kind: str
    method: str = "*"
    count: int = 1
    after: int = 0
    ms: int = 0
    seconds: float = 0.0
    error: str = "internal_error"
    times: int = 1
    reason: str = "refresh_requested"
    event: str = "*"

    @classmethod
    def from_dict(cls, raw: Json) -> "FaultRule":
        """Validate one rule of the script."""
        kind = str(raw.get("kind", ""))
        if kind not in CALL_KINDS | DELIVERY_KINDS:
            raise GestureError(f"{kind!r} is no fault; there are {sorted(CALL_KINDS | DELIVERY_KINDS)}.")
        try:
            return cls(
                kind=kind,
                method=as_text(raw.get("method")) or "*",
                count=int(raw.get("count", 1)),
                after=int(raw.get("after", 0)),
                ms=int(raw.get("ms", 0)),
                seconds=float(raw.get("seconds") or raw.get("retry_after") or 0),
                error=as_text(raw.get("error")) or "internal_error",
                times=int(raw.get("times", 1)),
                reason=as_text(raw.get("reason")) or "refresh_requested",
                event=as_text(raw.get("event")) or "*",
            )
        except (TypeError, ValueError) as problem:
            raise GestureError("count, after, ms, seconds and times are numbers.") from problem


class FaultScript:
    """The rules in force; each is used up as it strikes, except with a count of -1."""

    def __init__(self) -> None:
        self.rules: list[FaultRule] = []

    def replace(self, raw: object) -> None:
        """Replace the script; an empty one ends all faults."""
        self.rules = [FaultRule.from_dict(as_object(item)) for item in as_list(raw)]

    def take_for_call(self, method: str) -> FaultRule | None:
        """Return the fault that strikes this Web API call, if any, and use it up once."""
        for rule in self.rules:
            if rule.kind in CALL_KINDS and rule.method in ("*", method) and self._take(rule):
                return rule
        return None

    def take_for_delivery(self, kind: str, event: str = "*") -> FaultRule | None:
        """Return the fault of this kind that strikes a delivery, if any, and use it up once."""
        for rule in self.rules:
            if rule.kind == kind and rule.event in ("*", event) and self._take(rule):
                return rule
        return None

    def _take(self, rule: FaultRule) -> bool:
        if rule.after > 0:
            rule.after -= 1
            return False
        if rule.count == 0:
            return False
        if rule.count > 0:
            rule.count -= 1
        return True
