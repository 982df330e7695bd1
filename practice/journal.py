"""The record of every call of the bot and every delivery to it, for tests and fault runs."""

from collections import deque
from datetime import UTC, datetime
from typing import Any

from practice.payloads import Json

MAX_ENTRIES = 100_000


class Journal:
    """Numbered entries, oldest first, for both calls and deliveries."""

    def __init__(self, keep: int = MAX_ENTRIES) -> None:
        self._entries: deque[Json] = deque(maxlen=keep)
        self._last = 0

    def record_call(self, method: str, args: Json, response: Json, outcome: str) -> Json:
        """Record a Web API call; `outcome` is accepted, refused or the kind of a scripted fault."""
        accepted = outcome == "accepted" or outcome.startswith("accept_then")
        shown = {key: value for key, value in args.items() if key != "token"}
        return self._add(
            kind="call",
            method=method,
            args=shown,
            response=response,
            outcome=outcome,
            accepted=accepted and bool(response.get("ok")),
        )

    def record_delivery(self, what: str, ids: Json, attempt: int) -> Json:
        """Record a delivery; the caller adds the status and time of the bot's answer later."""
        return self._add(kind="delivery", what=what, ids=ids, attempt=attempt, status="sent")

    def entries_after(self, n: int) -> list[Json]:
        """Return the entries after the n-th."""
        return [entry for entry in self._entries if entry["n"] > n]

    @property
    def last_number(self) -> int:
        """The number of the newest entry."""
        return self._last

    def _add(self, **fields: Any) -> Json:
        self._last += 1
        entry: Json = {"n": self._last, "at": datetime.now(UTC).isoformat(), **fields}
        self._entries.append(entry)
        return entry
