"""A cache of people's Do Not Disturb windows according to Slack."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FRESH_PERIOD = timedelta(minutes=10)


@dataclass(frozen=True)
class DndWindow:
    """A person's next Do Not Disturb window, and when Slack was asked."""

    asked_at: datetime
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass
class DndCache:
    """The last known window of each person; a person without one can be disturbed."""

    entries: dict[str, DndWindow] = field(default_factory=dict)

    def find_dnd_end(self, user_id: str, now: datetime) -> datetime | None:
        """Return when this person can be disturbed again; None if they can be now."""
        window = self.entries.get(user_id)
        if window is None or window.begins is None or window.ends is None:
            return None
        return window.ends if window.begins <= now < window.ends else None

    def list_stale_users(self, users: Collection[str], now: datetime) -> list[str]:
        """Return the people without a fresh entry."""
        return [user for user in users if not self.is_fresh(user, now)]

    def is_fresh(self, user: str, now: datetime) -> bool:
        """Return whether this person's entry is fresh, by a clock that may have been moved either way."""
        return user in self.entries and abs(now - self.entries[user].asked_at) <= FRESH_PERIOD
