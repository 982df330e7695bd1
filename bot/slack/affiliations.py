"""Where people belong by Slack's word, for those who act through another workspace, as long as that is fresh."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

COLLEAGUE_FRESH_PERIOD = timedelta(days=1)
"""How long somebody is let in without asking Slack again: as long as everybody's facts are fresh."""
OUTSIDER_FRESH_PERIOD = timedelta(minutes=10)
"""How long somebody is kept out without asking again: they may have been taken on meanwhile."""
MAX_ENTRIES = 10_000


@dataclass(frozen=True)
class Affiliation:
    """The teams and organisations that Slack named for a person, and when; nothing for an id it does not know."""

    asked_at: datetime
    ids: frozenset[str] = frozenset()
    is_colleague: bool = False


@dataclass
class AffiliationCache:
    """The latest word on each person; the oldest one is forgotten when there are too many."""

    entries: OrderedDict[str, Affiliation] = field(default_factory=OrderedDict)

    def find_fresh(self, user: str, now: datetime) -> Affiliation | None:
        """Return what is known of this person, if it is fresh. The clock may have been moved either way."""
        found = self.entries.get(user)
        if found is not None and abs(now - found.asked_at) > (
            COLLEAGUE_FRESH_PERIOD if found.is_colleague else OUTSIDER_FRESH_PERIOD
        ):
            self.forget(user)
            return None
        return found

    def remember(self, user: str, affiliation: Affiliation) -> None:
        """Remember Slack's latest word."""
        self.forget(user)
        self.entries[user] = affiliation
        if len(self.entries) > MAX_ENTRIES:
            self.entries.popitem(last=False)

    def forget(self, user: str) -> None:
        """Let Slack be asked again: something about this person has changed."""
        self.entries.pop(user, None)
