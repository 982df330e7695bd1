"""When it rings, by the calendar: two reminders and no more, once for a pause or a landing, and what was put off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendars import (
    MONDAY_TO_FRIDAY,
    SUNDAY_TO_THURSDAY,
    Calendar,
    WorkingWeek,
    working_days_after,
)
from bot.rules.hours import HOURS, is_decent
from bot.rules.schedule import (
    Due,
    Invited,
    Kind,
    Paused,
    Snooze,
    Snoozed,
    Taken,
    Until,
    first_reminder,
    is_choosable,
    landing_question,
    pause_reminder,
    put_off,
    second_reminder,
    snoozed,
)
from db.models import NoticeClass

CAMPAIGN, OWED = HOURS[NoticeClass.CAMPAIGN], HOURS[NoticeClass.OWED]
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
US = Calendar(ZoneInfo("America/New_York"), MONDAY_TO_FRIDAY, "US")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")

INVITED = Invited("w1", date(2027, 6, 1), closes_on=date(2027, 7, 13))
"""On a Tuesday, to a wave of thirty working days."""


def wall(due: Due | None, calendar: Calendar) -> list[str]:
    """From when until when, as the clock on the wall says."""
    assert due is not None
    return [f"{calendar.local(moment):%Y-%m-%dT%H:%M}" for moment in (due.not_before, due.not_after)]


def at(text: str, calendar: Calendar) -> datetime:
    """The moment at which the clock on that wall says so."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "on", "first", "second"),
    [
        # invited on a Tuesday, a Wednesday and a Thursday
        (BERLIN, date(2027, 6, 1), ["2027-06-08T10:00", "2027-06-10T00:00"], ["2027-06-15T10:00", "2027-06-16T00:00"]),
        (BERLIN, date(2027, 6, 2), ["2027-06-08T10:00", "2027-06-11T00:00"], ["2027-06-15T10:00", "2027-06-17T00:00"]),
        (BERLIN, date(2027, 6, 3), ["2027-06-08T10:00", "2027-06-12T00:00"], ["2027-06-15T10:00", "2027-06-18T00:00"]),
        # a Monday and a Wednesday where the week begins on Sunday
        (RIYADH, date(2027, 6, 7), ["2027-06-14T10:00", "2027-06-16T00:00"], ["2027-06-21T10:00", "2027-06-22T00:00"]),
        (RIYADH, date(2027, 6, 9), ["2027-06-14T10:00", "2027-06-18T00:00"], ["2027-06-21T10:00", "2027-06-24T00:00"]),
        # over Easter, with the clock going forward
        (BERLIN, date(2027, 3, 23), ["2027-03-30T10:00", "2027-04-03T00:00"], ["2027-04-06T10:00", "2027-04-09T00:00"]),
        # over Eid al-Fitr, 9 to 14 March
        (RIYADH, date(2027, 3, 3), ["2027-03-08T10:00", "2027-03-18T00:00"], ["2027-03-22T10:00", "2027-03-24T00:00"]),
        # over Thanksgiving
        (US, date(2027, 11, 23), ["2027-11-30T10:00", "2027-12-03T00:00"], ["2027-12-07T10:00", "2027-12-09T00:00"]),
    ],
)  # fmt: skip
def test_an_invitation_is_followed_by_two_reminders(
    calendar: Calendar, on: date, first: list[str], second: list[str]
) -> None:
    invited = replace(INVITED, on=on, closes_on=on + timedelta(days=50))

    assert wall(first_reminder(invited, calendar, CAMPAIGN), calendar) == first
    assert wall(second_reminder(invited, calendar, CAMPAIGN), calendar) == second


def test_whoever_answered_hears_nothing_more_and_whoever_wants_fewer_one_less() -> None:
    answered, fewer = replace(INVITED, is_answered=True), replace(INVITED, wants_fewer=True)

    assert first_reminder(answered, BERLIN, CAMPAIGN) is None
    assert second_reminder(answered, BERLIN, CAMPAIGN) is None
    assert first_reminder(fewer, BERLIN, CAMPAIGN) == first_reminder(INVITED, BERLIN, CAMPAIGN)
    assert second_reminder(fewer, BERLIN, CAMPAIGN) is None


def test_no_reminder_comes_after_the_wave_has_closed() -> None:
    soon = replace(INVITED, closes_on=date(2027, 6, 8))

    assert wall(first_reminder(soon, BERLIN, CAMPAIGN), BERLIN) == ["2027-06-08T10:00", "2027-06-09T00:00"]
    assert first_reminder(replace(soon, closes_on=date(2027, 6, 7)), BERLIN, CAMPAIGN) is None
    assert second_reminder(soon, BERLIN, CAMPAIGN) is None


def test_a_reminder_without_a_decent_hour_in_its_window_is_left_out() -> None:
    # invited on a Thursday, and working every day: days eight to ten are a Friday, a Saturday and a Sunday
    every_day = Calendar(BERLIN.zone, WorkingWeek(frozenset(range(7))))
    invited = replace(INVITED, on=date(2027, 6, 3))

    assert wall(first_reminder(invited, every_day, CAMPAIGN), every_day)[0] == "2027-06-08T10:00"
    assert second_reminder(invited, every_day, CAMPAIGN) is None


def test_the_same_reminder_keeps_its_occurrence_when_the_person_moves() -> None:
    here, there = (first_reminder(INVITED, c, CAMPAIGN) for c in (BERLIN, RIYADH))

    assert here is not None
    assert there is not None
    assert here.not_before != there.not_before
    assert (here.kind, here.occurrence) == (there.kind, there.occurrence) == (Kind.REMINDER, "w1:1")


@settings(deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.frozensets(st.integers(0, 6), min_size=1).map(WorkingWeek),
    st.sampled_from([None, "DE", "SA", "US"]),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Riyadh"]),
)
def test_three_campaign_messages_never_fall_into_seven_days(
    on: date, week: WorkingWeek, country: str | None, zone: str
) -> None:
    calendar = Calendar(ZoneInfo(zone), week, country)
    latest_invitation = calendar.moment_of(on, CAMPAIGN.end)
    invited = replace(INVITED, on=on, closes_on=on + timedelta(days=400))

    first, second = (rule(invited, calendar, CAMPAIGN) for rule in (first_reminder, second_reminder))

    for n, due in ((3, first), (8, second)):
        if due is not None:
            assert is_decent(due.not_before, calendar, CAMPAIGN)
            assert calendar.date_of(due.not_before) >= working_days_after(on, n, calendar)
    if second is not None:
        assert second.not_before >= latest_invitation + timedelta(days=7)
    if first is not None and second is not None:
        assert second.not_before - first.not_after >= timedelta(days=1)


@pytest.mark.parametrize(
    ("calendar", "on", "window"),
    [
        (BERLIN, date(2027, 6, 1), ["2027-06-04T09:00", "2027-06-12T00:00"]),
        (BERLIN, date(2027, 6, 5), ["2027-06-09T09:00", "2027-06-17T00:00"]),  # on a Saturday
        (BERLIN, date(2027, 10, 28), ["2027-11-02T09:00", "2027-11-10T00:00"]),  # the clock goes back
        (RIYADH, date(2027, 6, 8), ["2027-06-13T09:00", "2027-06-21T00:00"]),
    ],
)
def test_a_pause_and_a_landing_ring_once_after_three_working_days(
    calendar: Calendar, on: date, window: list[str]
) -> None:
    assert wall(pause_reminder(Paused("d1", on), calendar, OWED), calendar) == window
    assert wall(landing_question(Taken("d1", on), calendar, OWED), calendar) == window


def test_a_pause_that_is_over_and_a_landing_that_is_known_do_not_ring() -> None:
    assert pause_reminder(Paused("d1", date(2027, 6, 1), is_over=True), BERLIN, OWED) is None
    assert landing_question(Taken("d1", date(2027, 6, 1), is_answered=True), BERLIN, OWED) is None


def test_each_pause_has_its_own_reminder_and_a_story_only_one_question() -> None:
    days = (date(2027, 6, 1), date(2027, 6, 20))

    pauses = [pause_reminder(Paused("d1", day), BERLIN, OWED) for day in days]
    landings = [landing_question(Taken("d1", day), BERLIN, OWED) for day in days]

    assert [due and due.occurrence for due in pauses] == ["d1:2027-06-01", "d1:2027-06-20"]
    assert [due and due.occurrence for due in landings] == ["d1", "d1"]


@pytest.mark.parametrize(
    ("calendar", "now", "choice", "until", "rings"),
    [
        (BERLIN, "2027-06-01T10:40", Snooze.LATER_TODAY, Until(date(2027, 6, 1), 13), "2027-06-01T13:00"),
        (BERLIN, "2027-06-01T06:00", Snooze.LATER_TODAY, Until(date(2027, 6, 1), 9), "2027-06-01T09:00"),
        (BERLIN, "2027-06-01T15:30", Snooze.LATER_TODAY, Until(date(2027, 6, 2)), "2027-06-02T09:00"),
        (BERLIN, "2027-06-04T15:30", Snooze.LATER_TODAY, Until(date(2027, 6, 7)), "2027-06-07T09:00"),
        (BERLIN, "2027-06-04T10:00", Snooze.TOMORROW, Until(date(2027, 6, 5)), "2027-06-07T09:00"),
        (BERLIN, "2027-06-03T23:30", Snooze.TOMORROW, Until(date(2027, 6, 4)), "2027-06-04T09:00"),
        (BERLIN, "2027-06-03T10:00", Snooze.NEXT_WEEK, Until(date(2027, 6, 7)), "2027-06-07T09:00"),
        (BERLIN, "2027-06-07T10:00", Snooze.NEXT_WEEK, Until(date(2027, 6, 14)), "2027-06-14T09:00"),
        (BERLIN, "2027-03-25T10:00", Snooze.NEXT_WEEK, Until(date(2027, 3, 29)), "2027-03-30T09:00"),
        (RIYADH, "2027-06-03T10:00", Snooze.TOMORROW, Until(date(2027, 6, 4)), "2027-06-06T09:00"),
        (RIYADH, "2027-06-03T10:00", Snooze.NEXT_WEEK, Until(date(2027, 6, 6)), "2027-06-06T09:00"),
    ],
)
def test_what_is_put_off_rings_at_the_next_decent_hour_of_its_date(
    calendar: Calendar, now: str, choice: Snooze, until: Until, rings: str
) -> None:
    found = put_off(choice, at(now, calendar), calendar, OWED)

    assert found == until
    assert wall(snoozed(Snoozed("w1", found), calendar, OWED), calendar)[0] == rings


def test_what_is_put_off_follows_the_person_into_another_zone() -> None:
    until = put_off(Snooze.TOMORROW, at("2027-06-07T12:00", RIYADH), RIYADH, OWED)
    in_new_york = replace(RIYADH, zone=US.zone)

    here, there = (snoozed(Snoozed("w1", until), calendar, OWED) for calendar in (RIYADH, in_new_york))

    assert wall(here, RIYADH)[0] == wall(there, in_new_york)[0] == "2027-06-08T09:00"
    assert here is not None
    assert there is not None
    assert here.occurrence == there.occurrence == "w1:2027-06-08"


def test_pressing_twice_puts_off_once_and_pressing_again_later_once_more() -> None:
    moments = ("2027-06-01T09:10", "2027-06-01T09:11", "2027-06-01T12:10")

    untils = [put_off(Snooze.LATER_TODAY, at(now, BERLIN), BERLIN, OWED) for now in moments]

    assert [str(until) for until in untils] == ["2027-06-01T12", "2027-06-01T12", "2027-06-01T15"]


def test_what_is_put_off_beyond_the_end_of_the_wave_does_not_ring() -> None:
    snooze = Snoozed("w1", Until(date(2027, 6, 12)), closes_on=date(2027, 6, 14))

    assert wall(snoozed(snooze, BERLIN, OWED), BERLIN) == ["2027-06-14T09:00", "2027-06-15T00:00"]
    assert snoozed(replace(snooze, closes_on=date(2027, 6, 13)), BERLIN, OWED) is None


@pytest.mark.parametrize(
    ("day", "choosable"),
    [
        (date(2027, 6, 1), False),
        (date(2027, 6, 2), False),  # today in Riyadh, where it is past midnight
        (date(2027, 6, 3), True),
        (date(2028, 6, 2), True),
        (date(2028, 6, 4), False),
        (date.max, False),
    ],
)
def test_a_date_may_be_chosen_from_tomorrow_to_a_year_ahead(day: date, choosable: bool) -> None:
    assert is_choosable(day, datetime(2027, 6, 1, 22, 0, tzinfo=UTC), RIYADH) is choosable
