"""The cache of affiliations: a colleague stays fresh for a day, anybody else only for minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.affiliations import (
    COLLEAGUE_FRESH_PERIOD,
    MAX_ENTRIES,
    OUTSIDER_FRESH_PERIOD,
    Affiliation,
    AffiliationCache,
)

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def affiliations_after_lookup(*, is_colleague: bool) -> AffiliationCache:
    """Return the cache after one lookup."""
    affiliations = AffiliationCache()
    affiliations.remember("U1", Affiliation(NOW, frozenset({"T1"}), is_colleague))
    return affiliations


@pytest.mark.parametrize(
    ("is_colleague", "lasts"), [(True, COLLEAGUE_FRESH_PERIOD), (False, OUTSIDER_FRESH_PERIOD)]
)
@pytest.mark.parametrize("direction", [1, -1])
def test_colleagues_stay_fresh_longer_than_outsiders(
    is_colleague: bool, lasts: timedelta, direction: int
) -> None:
    affiliations = affiliations_after_lookup(is_colleague=is_colleague)

    assert affiliations.find_fresh("U1", NOW + direction * lasts) is not None
    assert affiliations.find_fresh("U1", NOW + direction * (lasts + SECOND)) is None
    assert affiliations.entries == {}


def test_unknown_and_forgotten_people_have_no_affiliation() -> None:
    affiliations = affiliations_after_lookup(is_colleague=True)
    affiliations.forget("U1")
    affiliations.forget("U2")

    assert affiliations.find_fresh("U1", NOW) is None
    assert affiliations.find_fresh("U2", NOW) is None


def test_oldest_entry_is_dropped_when_there_are_too_many() -> None:
    affiliations = affiliations_after_lookup(is_colleague=True)
    for n in range(MAX_ENTRIES - 1):
        affiliations.remember(f"W{n}", Affiliation(NOW))
    affiliations.remember("U1", Affiliation(NOW, is_colleague=True))
    affiliations.remember("W-last", Affiliation(NOW))

    assert len(affiliations.entries) == MAX_ENTRIES
    assert affiliations.find_fresh("W0", NOW) is None
    assert affiliations.find_fresh("U1", NOW) is not None
