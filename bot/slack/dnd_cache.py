"""What Slack has said of who does not want to be disturbed when, as long as that is fresh."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FRESH_PERIOD = timedelta(minutes=10)


@dataclass(frozen=True)
class DndWindow:
    """When somebody does not want to be disturbed next, and when Slack said so."""

    asked_at: datetime
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass
class DndCache:
    """What Slack said of whom; somebody of whom nothing is known can be disturbed."""

    entries: dict[str, DndWindow] = field(default_factory=dict)

    def find_dnd_end(self, user_id: str, now: datetime) -> datetime | None:
        """When this person can be disturbed again; None when they can be now."""
        quiet = self.entries.get(user_id)
        if quiet is None or quiet.begins is None or quiet.ends is None:
            return None
        return quiet.ends if quiet.begins <= now < quiet.ends else None

    def list_stale_users(self, users: Collection[str], now: datetime) -> list[str]:
        """Those of whom nothing fresh is known."""
        return [user for user in users if not self.is_fresh(user, now)]

    def is_fresh(self, user: str, now: datetime) -> bool:
        """Whether Slack was asked about this person lately. The clock may have been moved either way."""
        return user in self.entries and abs(now - self.entries[user].asked_at) <= FRESH_PERIOD
