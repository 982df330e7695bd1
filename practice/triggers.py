"""Trigger ids (three seconds, used once) and response URLs (thirty minutes, five uses)."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from practice.payloads import SlackError

MAX_KEPT = 10_000


@dataclass
class Trigger:
    """Permission to open a view, issued with a click, command or shortcut."""

    user: str
    view_id: str
    issued_at: float
    used: bool = False


class Triggers:
    """Trigger ids issued to the app, each consumed at most once and in time."""

    def __init__(self, lifetime: float, machine_time: Callable[[], float] = time.monotonic) -> None:
        self._lifetime = lifetime
        self._machine_time = machine_time
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str = "") -> str:
        """Return a new trigger id for this person's action (inside the view, if one is named)."""
        name = f"{int(time.time() * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[name] = Trigger(user, view_id, self._machine_time())
        _drop_oldest(self._issued)
        return name

    def consume(self, name: str) -> Trigger:
        """Consume a trigger id, or raise Slack's error if it's old, used or unknown."""
        trigger = self._issued.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._machine_time() - trigger.issued_at > self._lifetime:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ResponseUrl:
    """A URL for answering at the place where somebody clicked."""

    user: str
    channel: str
    message_ts: str
    ephemeral: bool
    thread_ts: str
    issued_at: float
    uses: int = 0


@dataclass
class ResponseUrls:
    """Response URLs issued to the app, with their uses."""

    lifetime: float
    max_uses: int
    machine_time: Callable[[], float] = time.monotonic
    issued: dict[str, ResponseUrl] = field(default_factory=dict)

    def issue(
        self, user: str, channel: str, message_ts: str = "", *, ephemeral: bool = False, thread_ts: str = ""
    ) -> str:
        """Return the id of a new response URL."""
        name = secrets.token_urlsafe(18)
        self.issued[name] = ResponseUrl(user, channel, message_ts, ephemeral, thread_ts, self.machine_time())
        _drop_oldest(self.issued)
        return name

    def consume(self, name: str) -> ResponseUrl:
        """Count one use, or raise Slack's error if it's used up, old or unknown."""
        url = self.issued.get(name)
        if url is None:
            raise SlackError("no_such_url")
        if self.machine_time() - url.issued_at > self.lifetime:
            raise SlackError("expired_url")
        if url.uses >= self.max_uses:
            raise SlackError("used_url")
        url.uses += 1
        return url


def _drop_oldest(issued: dict[str, Any]) -> None:
    while len(issued) > MAX_KEPT:
        del issued[next(iter(issued))]
