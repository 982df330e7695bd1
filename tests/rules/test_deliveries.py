"""How delivery stands as owners read it: whatever one person does or leaves undone, it says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendars import Calendar
from bot.rules.deliveries import (
    Delivered,
    Done,
    Standing,
    days_before,
    delivered,
    rounded,
    standing,
    waits_for,
)
from bot.rules.verdicts import Reason
from db.models.notices import Tally
from db.models.programmes import Programme

NOW = datetime(2027, 3, 16, 9, 30, tzinfo=UTC)
DAYS = tuple(date(2027, 3, 2) + timedelta(days=n) for n in range(15))
CAMPAIGNS = ("invitation", "reminder")
PRIVATE = sorted(reason.value for reason in Reason if reason.is_private)
PROGRAMME = Programme("T0QAMAR", "Qamar Labs", NOW)

kinds = st.sampled_from([*CAMPAIGNS, "paused", "landed", "refused"])
wanted_or_not = st.one_of(
    st.just(("sent", None)),
    st.sampled_from(PRIVATE).map(lambda reason: ("suppressed", reason)),
    st.sampled_from(PRIVATE).map(lambda reason: ("expired", reason)),
)
"""What became of a notice, as far as that is up to the person."""
troubles = st.sampled_from(
    [("unknown", "not_found"), ("expired", "too_late"), ("expired", "halted"), ("failed", "user_not_found")]
)


@st.composite
def tallies(draw: st.DrawFn) -> list[Tally]:
    """What has become of some notices to people."""
    ends = st.one_of(wanted_or_not, wanted_or_not, troubles)
    rows = st.tuples(kinds, ends, st.integers(0, 14), st.integers(1, 12))
    return [Tally(kind, *end, True, day, n) for kind, end, day, n in draw(st.lists(rows, max_size=20))]


@given(tallies(), kinds, st.integers(0, 14), wanted_or_not, wanted_or_not)
def test_nobody_can_tell_whether_somebody_wanted_what_was_for_them(
    others: list[Tally], kind: str, day: int, one_way: tuple[str, str], another: tuple[str, str]
) -> None:
    theirs = [Tally(kind, *end, True, day) for end in (one_way, another)]  # type: ignore[arg-type]

    assert delivered([*others, theirs[0]], CAMPAIGNS, DAYS) == delivered(
        [*others, theirs[1]], CAMPAIGNS, DAYS
    )


@given(
    tallies(),
    st.one_of(wanted_or_not, troubles.filter(lambda end: end[0] != "failed")),
    st.integers(0, 14),
    st.sampled_from(["paused", "landed", "again"]),
)
def test_nothing_tells_of_anybodys_own_story(
    others: list[Tally], end: tuple[str, str], day: int, kind: str
) -> None:
    theirs = Tally(kind, *end, True, day)  # type: ignore[arg-type]

    assert delivered([*others, theirs], CAMPAIGNS, DAYS) == delivered(others, CAMPAIGNS, DAYS)


@given(tallies(), st.sampled_from(CAMPAIGNS), wanted_or_not)
def test_nothing_of_a_day_is_told_before_it_is_over(
    others: list[Tally], kind: str, end: tuple[str, str]
) -> None:
    today = Tally(kind, *end, True, len(DAYS) - 1)  # type: ignore[arg-type]

    assert delivered([*others, today], CAMPAIGNS, DAYS) == delivered(others, CAMPAIGNS, DAYS)


@given(tallies(), st.sampled_from(CAMPAIGNS), st.integers(0, 13), wanted_or_not)
def test_one_message_more_or_less_moves_at_most_one_number_by_one_step(
    others: list[Tally], kind: str, day: int, end: tuple[str, str]
) -> None:
    """Whoever asked for fewer, or deleted everything, leaves no message at all."""
    without = delivered(others, CAMPAIGNS, DAYS)
    told = delivered([*others, Tally(kind, *end, True, day)], CAMPAIGNS, DAYS)  # type: ignore[arg-type]

    changed = set(told.done) ^ set(without.done)
    assert replace(told, done=()) == replace(without, done=())
    assert {(one.day, one.kind) for one in changed} <= {(DAYS[day], kind)}
    assert len(told.done) - len(without.done) in (0, 1)


@given(tallies())
def test_no_number_under_five_is_told(some: list[Tally]) -> None:
    told = delivered(some, CAMPAIGNS, DAYS)

    assert all(one.least >= 5 for one in told.done)
    assert all(n is None or n >= 5 for n in (told.unknown, told.expired))


@given(st.integers(0, 10**6))
def test_number_is_rounded_down_and_never_by_more_than_half_of_it_and_a_little(n: int) -> None:
    found = rounded(n)

    assert (found is None) == (n < 5)
    if found is not None:
        assert found <= n < found * 5 / 2
        assert rounded(n + 1) in (found, n + 1)


@pytest.mark.parametrize(
    ("n", "told"), [(4, None), (5, 5), (9, 5), (19, 10), (49, 20), (50, 50), (1999, 1000)]
)
def test_numbers_go_up_in_steps(n: int, told: int | None) -> None:
    assert rounded(n) == told


def test_what_was_dealt_with_is_told_by_day_and_kind_and_what_went_wrong_without_them() -> None:
    some = [
        Tally("invitation", "sent", None, True, 3, 12),
        Tally("invitation", "suppressed", "stopped", True, 3, 9),
        Tally("reminder", "sent", None, True, 6, 4),
        Tally("invitation", "failed", "messages_tab_disabled", True, 3, 2),
        Tally("reminder", "unknown", "not_found", True, 14, 1),
        Tally("reminder", "expired", "halted", True, 13, 7),
        Tally("announcement", "failed", "is_archived", False, 3),
    ]

    assert delivered(some, CAMPAIGNS, DAYS) == Delivered(
        (Done(date(2027, 3, 5), "invitation", 20),), None, 5, ("messages_tab_disabled",)
    )


@pytest.mark.parametrize(
    ("programme", "due_for", "is_off", "found"),
    [
        (PROGRAMME, None, False, Standing.WELL),
        (PROGRAMME, timedelta(minutes=15), False, Standing.WELL),
        (PROGRAMME, timedelta(minutes=16), False, Standing.BEHIND),
        (replace(PROGRAMME, halted_at=NOW, halted_for="owner"), timedelta(days=1), False, Standing.HALTED),
        (replace(PROGRAMME, halted_at=NOW, halted_for="opt_outs"), None, False, Standing.HALTED_BY_ITSELF),
        (replace(PROGRAMME, halted_at=NOW, halted_for="owner"), timedelta(days=1), True, Standing.OFF),
    ],
)
def test_what_has_to_be_mended_first_is_how_it_stands(
    programme: Programme, due_for: timedelta | None, is_off: bool, found: Standing
) -> None:
    oldest = None if due_for is None else NOW - due_for

    assert standing(programme, oldest, NOW, is_off=is_off) is found


def test_days_are_those_of_the_programme() -> None:
    late = datetime(2027, 3, 16, 21, 0, tzinfo=UTC)

    assert days_before(late, 2, Calendar(ZoneInfo("Asia/Dubai"))) == (date(2027, 3, 16), date(2027, 3, 17))


@pytest.mark.parametrize(
    ("reason", "is_halted", "found"),
    [
        (None, False, "time"),
        ("quiet_hours", False, "hours"),
        ("ratelimited", False, "slack"),
        ("quiet_hours", True, "halted"),
        ("unreadable", False, "time"),
    ],
)
def test_what_waits_for_a_channel_says_for_what(reason: str | None, is_halted: bool, found: str) -> None:
    assert waits_for(reason, is_halted=is_halted) == found
