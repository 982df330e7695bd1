"""Waves: their length by the calendar, their joiners, when they pause, and nothing told of anybody's own doing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendars import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, Calendar
from bot.rules.hours import HOURS, Days
from bot.rules.reminders import Kind
from bot.rules.waves import (
    Candidate,
    Hidden,
    LeftOut,
    Wave,
    announced_on,
    invitation,
    is_open,
    latest_close,
    left_out,
    must_pause,
    roll,
    told,
    will_be_announced_on,
)
from db.models import NoticeClass, Person

CAMPAIGN = HOURS[NoticeClass.CAMPAIGN]
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")
WAVE = Wave("w1", date(2027, 6, 1), date(2027, 7, 12))


def person(n: int = 0) -> Person:
    """A colleague with a segment."""
    return Person(f"T{0}", f"U{n}", f"name{n}", f"Name {n}", datetime(2027, 1, 1, tzinfo=UTC), segment="tech")


@pytest.mark.parametrize(
    ("opens_on", "calendar", "closes_on"),
    [
        (date(2027, 6, 1), BERLIN, date(2027, 7, 12)),
        (date(2027, 6, 1), RIYADH, date(2027, 7, 12)),
        (date(2027, 3, 1), BERLIN, date(2027, 4, 13)),  # Easter takes two days
        (date(2027, 3, 1), RIYADH, date(2027, 4, 15)),  # Eid al-Fitr takes four
    ],
)
def test_a_wave_is_open_for_thirty_working_days_at_most(
    opens_on: date, calendar: Calendar, closes_on: date
) -> None:
    assert latest_close(opens_on, calendar) == closes_on


@pytest.mark.parametrize(
    ("day", "open_then"),
    [
        (date(2027, 5, 31), False),
        (date(2027, 6, 1), True),
        (date(2027, 7, 12), True),
        (date(2027, 7, 13), False),
    ],
)
def test_a_wave_is_open_on_its_first_and_last_day(day: date, open_then: bool) -> None:
    assert is_open(WAVE, day) is open_then


@pytest.mark.parametrize(
    ("starts_on", "local"),
    [
        (None, "2027-06-01T10:00"),
        (date(2020, 1, 1), "2027-06-01T10:00"),
        (date(2027, 5, 20), "2027-06-02T10:00"),  # a Thursday; Wednesday is the tenth working day
        (date(2027, 6, 14), "2027-06-29T10:00"),  # Monday to Friday, twice; then the middle of the week
        (date(2027, 6, 26), "2027-07-13T10:00"),
    ],
)
def test_a_joiner_is_invited_on_the_tenth_working_day(starts_on: date | None, local: str) -> None:
    found = invitation(replace(WAVE, closes_on=date(2027, 7, 20)), starts_on, BERLIN, CAMPAIGN)

    assert found is not None
    assert f"{BERLIN.local(found.not_before):%Y-%m-%dT%H:%M}" == local
    assert f"{BERLIN.local(found.not_after):%Y-%m-%dT%H:%M}" == "2027-07-21T00:00"
    assert (found.kind, found.occurrence) == (Kind.INVITATION, "w1")


def test_whoever_joins_too_late_is_left_for_the_next_wave() -> None:
    assert invitation(WAVE, date(2027, 6, 28), BERLIN, CAMPAIGN) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, None),
        ({"is_bot": True}, LeftOut.BOT),
        ({"is_stranger": True}, LeftOut.STRANGER),
        ({"deleted": True}, LeftOut.DEACTIVATED),
        ({"is_guest": True}, LeftOut.GUEST),
        ({"segment": None}, LeftOut.NO_SEGMENT),
        ({"deleted": True, "is_guest": True, "segment": None}, LeftOut.DEACTIVATED),
    ],
)
@pytest.mark.parametrize("by_own_doing", [True, False])
def test_somebody_is_left_out_for_what_slack_knows(
    changed: dict[str, object], reason: LeftOut | None, by_own_doing: bool
) -> None:
    candidate = Candidate(replace(person(), **changed), by_own_doing=by_own_doing)

    assert left_out(candidate) is reason


def test_whom_the_owner_chose_out_or_does_not_mean_is_not_invited() -> None:
    chosen_out, not_meant = Candidate(person(1), is_chosen_out=True), Candidate(person(2), is_meant=False)

    assert roll([chosen_out, not_meant]).left_out == ((person(1), LeftOut.CHOSEN_OUT),)


@pytest.mark.parametrize(
    ("number", "out_of", "shown"),
    [(0, 40, Hidden()), (4, 40, Hidden()), (5, 40, 5), (35, 40, 35), (36, 40, Hidden()), (5, 5, Hidden())],
)
def test_a_number_of_people_is_told_only_when_it_points_at_nobody(
    number: int, out_of: int, shown: int | Hidden
) -> None:
    assert told(number, out_of) == shown


CROWDS = st.lists(
    st.builds(
        Candidate,
        st.builds(
            lambda n, deleted, segment: replace(person(n), deleted=deleted, segment=segment),
            st.integers(0, 999),
            st.booleans(),
            st.sampled_from([None, "tech", "gtm"]),
        ),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    min_size=2,
    max_size=40,
)


@given(CROWDS, st.data())
def test_two_rolls_around_one_refusal_do_not_tell_whose_it_was(
    crowd: list[Candidate], data: st.DataObject
) -> None:
    calm = [i for i, c in enumerate(crowd) if not c.by_own_doing and not c.person.deleted]
    if len(calm) < 2:
        return
    one, other = data.draw(st.lists(st.sampled_from(calm), min_size=2, max_size=2, unique=True))

    before = roll(crowd)
    afters = [
        roll(replace(c, by_own_doing=c.by_own_doing or i == refuser) for i, c in enumerate(crowd))
        for refuser in (one, other)
    ]

    assert afters[0] == afters[1]
    assert (before.listed, before.left_out) == (afters[0].listed, afters[0].left_out)


@pytest.mark.parametrize("meant", [range(40), range(6), range(1, 6), range(0)])
def test_how_many_refused_is_told_of_the_whole_workspace_whomever_the_owner_means(meant: range) -> None:
    crowd = [Candidate(person(n), is_meant=n in meant, by_own_doing=n < 6) for n in range(40)]

    assert roll(crowd).by_own_doing == 6


def test_whoever_is_left_out_anyway_is_not_counted_among_those_who_refused() -> None:
    gone = [Candidate(replace(person(n), deleted=True), by_own_doing=True) for n in range(40, 50)]
    crowd = [Candidate(person(n), by_own_doing=n < 6) for n in range(40)]

    assert roll([*crowd, *gone]).by_own_doing == 6


@pytest.mark.parametrize(
    ("opt_outs", "sent", "pauses"),
    [
        (0, 0, False),
        (2, 3, False),  # two are not enough, however few were sent
        (3, 59, True),
        (3, 60, False),  # exactly five of a hundred
        (3, 0, True),
        (5, 100, False),
        (6, 100, True),
    ],
)
def test_a_wave_pauses_when_too_many_say_stop(opt_outs: int, sent: int, pauses: bool) -> None:
    assert must_pause(opt_outs, sent) is pauses


@pytest.mark.parametrize(
    ("opens_on", "calendar", "announced"),
    [
        (date(2027, 6, 2), BERLIN, date(2027, 6, 1)),
        (date(2027, 6, 7), BERLIN, date(2027, 6, 4)),  # over a weekend
        (date(2027, 3, 30), BERLIN, date(2027, 3, 25)),  # over Easter
        (date(2027, 6, 6), RIYADH, date(2027, 6, 3)),  # a Sunday, after a Thursday
    ],
)
def test_a_wave_is_announced_on_the_working_day_before(
    opens_on: date, calendar: Calendar, announced: date
) -> None:
    assert announced_on(opens_on, calendar) == announced


@pytest.mark.parametrize(
    ("now", "calendar", "announced"),
    [
        (datetime(2027, 6, 1, 12, tzinfo=UTC), BERLIN, date(2027, 6, 4)),  # days before
        (datetime(2027, 6, 4, 13, 59, tzinfo=UTC), BERLIN, date(2027, 6, 4)),  # a minute is left of its hours
        (datetime(2027, 6, 4, 14, tzinfo=UTC), BERLIN, None),  # then a weekend lies before that Monday
        (datetime(2027, 6, 6, 13, 1, tzinfo=UTC), RIYADH, None),
        (datetime(2027, 6, 7, 9, tzinfo=UTC), BERLIN, None),  # it is open already
    ],
)
def test_a_wave_that_is_started_too_late_is_not_announced(
    now: datetime, calendar: Calendar, announced: date | None
) -> None:
    hours = replace(CAMPAIGN, days=Days.WORKING)

    assert will_be_announced_on(date(2027, 6, 7), now, calendar, hours) == announced
