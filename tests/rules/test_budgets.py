"""Never a third campaign message in any seven days nor a fifth in a wave, and silence is taken for an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.budgets import (
    FEWER,
    USUAL,
    WEEK,
    Campaign,
    Free,
    History,
    Limit,
    Part,
    Spent,
    budget,
    is_faded,
)

START = datetime(2027, 6, 1, 10, 0, tzinfo=UTC)

HOURS_LATER = st.integers(0, 24 * 120).map(lambda n: START + timedelta(hours=n))
SENT = st.lists(st.builds(Campaign, HOURS_LATER, st.sampled_from(Part)), max_size=8).map(tuple)
HISTORIES = st.builds(History, SENT, st.none() | HOURS_LATER, st.none() | HOURS_LATER, st.booleans())


def day(n: float) -> datetime:
    """So many days after the start."""
    return START + timedelta(days=n)


def sent(*days: float, part: Part = Part.OTHER) -> tuple[Campaign, ...]:
    """Messages that went out on these days."""
    return tuple(Campaign(day(n), part) for n in days)


SERIES = (
    Campaign(day(0), Part.INVITATION),
    Campaign(day(7), Part.FIRST_REMINDER),
    Campaign(day(14), Part.SECOND_REMINDER),
)


@pytest.mark.parametrize(
    ("history", "now", "found"),
    [
        (History(), day(0), Free()),
        (History(sent(0)), day(0), Free()),
        (History(sent(0, 2)), day(2), Spent(Limit.WEEK, day(7))),
        (History(sent(0, 2)), day(6.99), Spent(Limit.WEEK, day(7))),
        (History(sent(0, 2)), day(7), Free()),
        (History(sent(2, 0)), day(6), Spent(Limit.WEEK, day(7))),  # in whatever order they are told
        (History(sent(0, 2, 7)), day(8), Spent(Limit.WEEK, day(9))),
        (History(sent(0), wants_fewer=True), day(3), Spent(Limit.WEEK, day(7))),
        (History(sent(0), wants_fewer=True), day(7), Free()),
        (History(sent(0, 8, 16), wave_opened_at=day(0)), day(24), Free()),
        (History(sent(0, 8, 16, 24), wave_opened_at=day(0)), day(60), Spent(Limit.WAVE, None)),
        (History(sent(0, 8, 16, 24), wave_opened_at=day(1)), day(60), Free()),
        (History(sent(0, 8, 16, 17), wave_opened_at=day(0)), day(18), Spent(Limit.WAVE, None)),
        (History(sent(0, 8), wave_opened_at=day(0), wants_fewer=True), day(60), Spent(Limit.WAVE, None)),
        (History(sent(*range(0, 50, 5))), day(60), Free()),  # no wave has opened
    ],
)
def test_a_budget_is_spent_and_frees_itself(history: History, now: datetime, found: Free | Spent) -> None:
    assert budget(history, now) == found


@given(st.lists(st.integers(1, 24 * 9), max_size=60), st.booleans())
def test_who_sends_only_when_it_is_free_never_sends_too_much(gaps: list[int], wants_fewer: bool) -> None:
    history = History(wave_opened_at=START + timedelta(days=30), wants_fewer=wants_fewer)
    now = START
    for gap in gaps:
        now += timedelta(hours=gap)
        if budget(history, now) == Free():
            history = replace(history, sent=(*history.sent, Campaign(now)))

    allowance = FEWER if wants_fewer else USUAL
    moments = [c.at for c in history.sent]
    assert all(sum(m <= other < m + WEEK for other in moments) <= allowance.week for m in moments)
    assert sum(m >= START + timedelta(days=30) for m in moments) <= allowance.wave


@given(HISTORIES, HOURS_LATER)
def test_a_spent_week_is_free_at_its_moment_and_not_a_second_before(history: History, now: datetime) -> None:
    match budget(history, now):
        case Spent(Limit.WEEK, free_at):
            assert free_at is not None
            assert free_at > now
            assert budget(history, free_at) == Free()
            assert budget(history, free_at - timedelta(seconds=1)) == Spent(Limit.WEEK, free_at)
        case Spent(Limit.WAVE, free_at):
            assert free_at is None
            assert budget(history, now + timedelta(days=1000)) == Spent(Limit.WAVE, None)


@given(HISTORIES, HOURS_LATER)
def test_whoever_wants_fewer_never_gets_more(history: History, now: datetime) -> None:
    usual, fewer = replace(history, wants_fewer=False), replace(history, wants_fewer=True)

    assert budget(usual, now) == Free() or isinstance(budget(fewer, now), Spent)
    assert is_faded(fewer) or not is_faded(usual)


@pytest.mark.parametrize(
    ("history", "faded"),
    [
        (History(), False),
        (History(SERIES[:1]), False),
        (History(SERIES[:2]), False),
        (History(SERIES), True),
        (History((SERIES[0], SERIES[2])), True),  # whose first reminder came to nothing
        (History(SERIES[:2], wants_fewer=True), True),
        (History(SERIES, returned_at=day(13)), False),  # not the whole of it went by without a sign
        (History(SERIES, returned_at=day(14)), False),
        (History(sent(0)), False),
        (History(sent(0, 8)), True),
        (History(sent(0, 8), returned_at=day(4)), False),
        (History((*SERIES[:2], *sent(9))), False),  # one of another kind, and the series is not over
        (History(SERIES, wave_opened_at=day(14 + 89)), True),
        (History(SERIES, wave_opened_at=day(14 + 90)), False),
        (History((*SERIES, *sent(110)), wave_opened_at=day(104)), False),
        (History((*SERIES, *sent(110, 118)), wave_opened_at=day(104)), True),
        (
            History((*SERIES, *sent(20)), wave_opened_at=day(104)),
            True,
        ),  # 90 days after the last, not the first
        (History(SERIES, wave_opened_at=day(0)), True),  # the wave of the series itself
    ],
)
def test_silence_after_a_series_or_two_others_is_an_answer(history: History, faded: bool) -> None:
    assert is_faded(history) is faded


@given(HISTORIES)
def test_nobody_who_has_just_come_back_is_taken_for_silent(history: History) -> None:
    back = replace(history, returned_at=max([c.at for c in history.sent], default=START))

    assert not is_faded(back)


@given(HISTORIES)
def test_nobody_stays_silent_for_a_wave_long_after(history: History) -> None:
    later = replace(
        history, wave_opened_at=max([c.at for c in history.sent], default=START) + timedelta(days=90)
    )

    assert not is_faded(later)
