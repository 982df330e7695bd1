"""Where people belong by Slack's word: a colleague is one for a day, anybody else is asked after again soon."""

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
    """What is known after Slack was asked about somebody."""
    affiliations = AffiliationCache()
    affiliations.remember("U1", Affiliation(NOW, frozenset({"T1"}), is_colleague))
    return affiliations


@pytest.mark.parametrize(
    ("is_colleague", "lasts"), [(True, COLLEAGUE_FRESH_PERIOD), (False, OUTSIDER_FRESH_PERIOD)]
)
@pytest.mark.parametrize("direction", [1, -1])
def test_word_of_slack_lasts_longer_for_colleagues(
    is_colleague: bool, lasts: timedelta, direction: int
) -> None:
    affiliations = affiliations_after_lookup(is_colleague=is_colleague)

    assert affiliations.find_fresh("U1", NOW + direction * lasts) is not None
    assert affiliations.find_fresh("U1", NOW + direction * (lasts + SECOND)) is None
    assert affiliations.entries == {}


def test_nobody_is_known_who_was_not_asked_after_or_was_forgotten() -> None:
    affiliations = affiliations_after_lookup(is_colleague=True)
    affiliations.forget("U1")
    affiliations.forget("U2")

    assert affiliations.find_fresh("U1", NOW) is None
    assert affiliations.find_fresh("U2", NOW) is None


def test_oldest_word_goes_when_there_are_too_many() -> None:
    affiliations = affiliations_after_lookup(is_colleague=True)
    for n in range(MAX_ENTRIES - 1):
        affiliations.remember(f"W{n}", Affiliation(NOW))
    affiliations.remember("U1", Affiliation(NOW, is_colleague=True))
    affiliations.remember("W-last", Affiliation(NOW))

    assert len(affiliations.entries) == MAX_ENTRIES
    assert affiliations.find_fresh("W0", NOW) is None
    assert affiliations.find_fresh("U1", NOW) is not None
