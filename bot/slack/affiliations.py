"""A cache of people's affiliations according to Slack, for those who act through another workspace."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

COLLEAGUE_FRESH_PERIOD = timedelta(days=1)
"""How long a colleague is accepted without asking Slack again; the same period as for stored profiles."""
OUTSIDER_FRESH_PERIOD = timedelta(minutes=10)
"""How long an outsider is refused without asking Slack again; they may have joined the company since."""
MAX_ENTRIES = 10_000


@dataclass(frozen=True)
class Affiliation:
    """The teams and organisations that Slack named for a person, and when; none for an id it doesn't know."""

    asked_at: datetime
    ids: frozenset[str] = frozenset()
    is_colleague: bool = False


@dataclass
class AffiliationCache:
    """The latest affiliation of each person; above the limit, the oldest is dropped."""

    entries: OrderedDict[str, Affiliation] = field(default_factory=OrderedDict)

    def find_fresh(self, user: str, now: datetime) -> Affiliation | None:
        """Return this person's affiliation if it's fresh, by a clock that may have been moved either way."""
        found = self.entries.get(user)
        if found is not None and abs(now - found.asked_at) > (
            COLLEAGUE_FRESH_PERIOD if found.is_colleague else OUTSIDER_FRESH_PERIOD
        ):
            self.forget(user)
            return None
        return found

    def remember(self, user: str, affiliation: Affiliation) -> None:
        """Store Slack's latest answer about this person."""
        self.forget(user)
        self.entries[user] = affiliation
        if len(self.entries) > MAX_ENTRIES:
            self.entries.popitem(last=False)

    def forget(self, user: str) -> None:
        """Drop this person's affiliation after a change, so that Slack is asked again."""
        self.entries.pop(user, None)
