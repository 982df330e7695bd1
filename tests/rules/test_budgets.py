"""Never a third campaign message in any seven days nor a fifth in a wave, and silence counts as an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.budgets import (
    BUDGET_PERIOD,
    REDUCED_ALLOWANCE,
    USUAL_ALLOWANCE,
    BudgetFree,
    BudgetLimit,
    BudgetSpent,
    CampaignMessage,
    CampaignPart,
    ContactHistory,
    check_budget,
    is_unresponsive,
)

START = datetime(2027, 6, 1, 10, 0, tzinfo=UTC)

HOURS_LATER = st.integers(0, 24 * 120).map(lambda n: START + timedelta(hours=n))
SENT = st.lists(st.builds(CampaignMessage, HOURS_LATER, st.sampled_from(CampaignPart)), max_size=8).map(tuple)
HISTORIES = st.builds(ContactHistory, SENT, st.none() | HOURS_LATER, st.none() | HOURS_LATER, st.booleans())


def day_after_start(n: float) -> datetime:
    """Return the moment `n` days after the start."""
    return START + timedelta(days=n)


def campaign_messages(*days: float, part: CampaignPart = CampaignPart.OTHER) -> tuple[CampaignMessage, ...]:
    """Return campaign messages sent on these days."""
    return tuple(CampaignMessage(day_after_start(n), part) for n in days)


SERIES = (
    CampaignMessage(day_after_start(0), CampaignPart.INVITATION),
    CampaignMessage(day_after_start(7), CampaignPart.FIRST_REMINDER),
    CampaignMessage(day_after_start(14), CampaignPart.SECOND_REMINDER),
)


@pytest.mark.parametrize(
    ("history", "now", "found"),
    [
        (ContactHistory(), day_after_start(0), BudgetFree()),
        (ContactHistory(campaign_messages(0)), day_after_start(0), BudgetFree()),
        (
            ContactHistory(campaign_messages(0, 2)),
            day_after_start(2),
            BudgetSpent(BudgetLimit.WEEK, day_after_start(7)),
        ),
        (
            ContactHistory(campaign_messages(0, 2)),
            day_after_start(6.99),
            BudgetSpent(BudgetLimit.WEEK, day_after_start(7)),
        ),
        (ContactHistory(campaign_messages(0, 2)), day_after_start(7), BudgetFree()),
        (
            ContactHistory(campaign_messages(2, 0)),
            day_after_start(6),
            BudgetSpent(BudgetLimit.WEEK, day_after_start(7)),
        ),  # in any order
        (
            ContactHistory(campaign_messages(0, 2, 7)),
            day_after_start(8),
            BudgetSpent(BudgetLimit.WEEK, day_after_start(9)),
        ),
        (
            ContactHistory(campaign_messages(0), wants_fewer=True),
            day_after_start(3),
            BudgetSpent(BudgetLimit.WEEK, day_after_start(7)),
        ),
        (ContactHistory(campaign_messages(0), wants_fewer=True), day_after_start(7), BudgetFree()),
        (
            ContactHistory(campaign_messages(0, 8, 16), wave_opened_at=day_after_start(0)),
            day_after_start(24),
            BudgetFree(),
        ),
        (
            ContactHistory(campaign_messages(0, 8, 16, 24), wave_opened_at=day_after_start(0)),
            day_after_start(60),
            BudgetSpent(BudgetLimit.WAVE, None),
        ),
        (
            ContactHistory(campaign_messages(0, 8, 16, 24), wave_opened_at=day_after_start(1)),
            day_after_start(60),
            BudgetFree(),
        ),
        (
            ContactHistory(campaign_messages(0, 8, 16, 17), wave_opened_at=day_after_start(0)),
            day_after_start(18),
            BudgetSpent(BudgetLimit.WAVE, None),
        ),
        (
            ContactHistory(campaign_messages(0, 8), wave_opened_at=day_after_start(0), wants_fewer=True),
            day_after_start(60),
            BudgetSpent(BudgetLimit.WAVE, None),
        ),
        (
            ContactHistory(campaign_messages(*range(0, 50, 5))),
            day_after_start(60),
            BudgetFree(),
        ),  # no wave has opened
    ],
)
def test_a_budget_is_spent_and_frees_itself(
    history: ContactHistory, now: datetime, found: BudgetFree | BudgetSpent
) -> None:
    assert check_budget(history, now) == found


@given(st.lists(st.integers(1, 24 * 9), max_size=60), st.booleans())
def test_sending_only_within_the_budget_never_sends_too_much(gaps: list[int], wants_fewer: bool) -> None:
    history = ContactHistory(wave_opened_at=START + timedelta(days=30), wants_fewer=wants_fewer)
    now = START
    for gap in gaps:
        now += timedelta(hours=gap)
        if check_budget(history, now) == BudgetFree():
            history = replace(history, sent=(*history.sent, CampaignMessage(now)))

    allowance = REDUCED_ALLOWANCE if wants_fewer else USUAL_ALLOWANCE
    moments = [c.sent_at for c in history.sent]
    assert all(
        sum(m <= other < m + BUDGET_PERIOD for other in moments) <= allowance.per_week for m in moments
    )
    assert sum(m >= START + timedelta(days=30) for m in moments) <= allowance.per_wave


@given(HISTORIES, HOURS_LATER)
def test_a_spent_week_is_free_at_its_moment_and_not_a_second_before(
    history: ContactHistory, now: datetime
) -> None:
    match check_budget(history, now):
        case BudgetSpent(BudgetLimit.WEEK, free_at):
            assert free_at is not None
            assert free_at > now
            assert check_budget(history, free_at) == BudgetFree()
            assert check_budget(history, free_at - timedelta(seconds=1)) == BudgetSpent(
                BudgetLimit.WEEK, free_at
            )
        case BudgetSpent(BudgetLimit.WAVE, free_at):
            assert free_at is None
            assert check_budget(history, now + timedelta(days=1000)) == BudgetSpent(BudgetLimit.WAVE, None)


@given(HISTORIES, HOURS_LATER)
def test_somebody_who_wants_fewer_never_gets_more(history: ContactHistory, now: datetime) -> None:
    usual, fewer = replace(history, wants_fewer=False), replace(history, wants_fewer=True)

    assert check_budget(usual, now) == BudgetFree() or isinstance(check_budget(fewer, now), BudgetSpent)
    assert is_unresponsive(fewer) or not is_unresponsive(usual)


@pytest.mark.parametrize(
    ("history", "faded"),
    [
        (ContactHistory(), False),
        (ContactHistory(SERIES[:1]), False),
        (ContactHistory(SERIES[:2]), False),
        (ContactHistory(SERIES), True),
        (ContactHistory((SERIES[0], SERIES[2])), True),  # whose first reminder came to nothing
        (ContactHistory(SERIES[:2], wants_fewer=True), True),
        (
            ContactHistory(SERIES, returned_at=day_after_start(13)),
            False,
        ),  # not the whole of it went by without a sign
        (ContactHistory(SERIES, returned_at=day_after_start(14)), False),
        (ContactHistory(campaign_messages(0)), False),
        (ContactHistory(campaign_messages(0, 8)), True),
        (ContactHistory(campaign_messages(0, 8), returned_at=day_after_start(4)), False),
        (
            ContactHistory((*SERIES[:2], *campaign_messages(9))),
            False,
        ),  # one of another kind, and the series is not over
        (ContactHistory(SERIES, wave_opened_at=day_after_start(14 + 89)), True),
        (ContactHistory(SERIES, wave_opened_at=day_after_start(14 + 90)), False),
        (ContactHistory((*SERIES, *campaign_messages(110)), wave_opened_at=day_after_start(104)), False),
        (ContactHistory((*SERIES, *campaign_messages(110, 118)), wave_opened_at=day_after_start(104)), True),
        (
            ContactHistory((*SERIES, *campaign_messages(20)), wave_opened_at=day_after_start(104)),
            True,
        ),  # 90 days after the last, not the first
        (ContactHistory(SERIES, wave_opened_at=day_after_start(0)), True),  # the wave of the series itself
    ],
)
def test_silence_after_a_series_or_two_others_is_an_answer(history: ContactHistory, faded: bool) -> None:
    assert is_unresponsive(history) is faded


@given(HISTORIES)
def test_nobody_who_has_just_come_back_is_taken_for_silent(history: ContactHistory) -> None:
    back = replace(history, returned_at=max([c.sent_at for c in history.sent], default=START))

    assert not is_unresponsive(back)


@given(HISTORIES)
def test_nobody_stays_silent_for_a_wave_long_after(history: ContactHistory) -> None:
    later = replace(
        history, wave_opened_at=max([c.sent_at for c in history.sent], default=START) + timedelta(days=90)
    )

    assert not is_unresponsive(later)
