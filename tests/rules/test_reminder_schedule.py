"""The schedule by the calendar: two reminders and no more, and one notice for a pause or a landing."""

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
    nth_working_day_after,
)
from bot.rules.hours import DEFAULT_HOURS, is_allowed
from bot.rules.reminder_schedule import (
    DraftPause,
    InvitationSent,
    ScheduledKind,
    ScheduledNotice,
    StoryTaken,
    schedule_first_reminder,
    schedule_landing_question,
    schedule_pause_reminder,
    schedule_second_reminder,
)
from db.models import NoticeClass

CAMPAIGN, OWED = DEFAULT_HOURS[NoticeClass.CAMPAIGN], DEFAULT_HOURS[NoticeClass.OWED]
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
US = Calendar(ZoneInfo("America/New_York"), MONDAY_TO_FRIDAY, "US")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")

INVITED = InvitationSent("w1", date(2027, 6, 1), closes_on=date(2027, 7, 13))
"""Sent on a Tuesday, for a wave of thirty working days."""


def local_times(due: ScheduledNotice | None, calendar: Calendar) -> list[str]:
    """Return from and until when the notice may come, in local time."""
    assert due is not None
    return [f"{calendar.to_local(moment):%Y-%m-%dT%H:%M}" for moment in (due.not_before, due.not_after)]


def parse_local(text: str, calendar: Calendar) -> datetime:
    """Return the moment of this local time."""
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
    invited = replace(INVITED, sent_on=on, closes_on=on + timedelta(days=50))

    assert local_times(schedule_first_reminder(invited, calendar, CAMPAIGN), calendar) == first
    assert local_times(schedule_second_reminder(invited, calendar, CAMPAIGN), calendar) == second


def test_somebody_who_answered_gets_no_reminder_and_somebody_who_wants_fewer_gets_one() -> None:
    answered, fewer = replace(INVITED, is_answered=True), replace(INVITED, wants_fewer=True)

    assert schedule_first_reminder(answered, BERLIN, CAMPAIGN) is None
    assert schedule_second_reminder(answered, BERLIN, CAMPAIGN) is None
    assert schedule_first_reminder(fewer, BERLIN, CAMPAIGN) == schedule_first_reminder(
        INVITED, BERLIN, CAMPAIGN
    )
    assert schedule_second_reminder(fewer, BERLIN, CAMPAIGN) is None


def test_no_reminder_comes_after_the_wave_has_closed() -> None:
    soon = replace(INVITED, closes_on=date(2027, 6, 8))

    assert local_times(schedule_first_reminder(soon, BERLIN, CAMPAIGN), BERLIN) == [
        "2027-06-08T10:00",
        "2027-06-09T00:00",
    ]
    assert schedule_first_reminder(replace(soon, closes_on=date(2027, 6, 7)), BERLIN, CAMPAIGN) is None
    assert schedule_second_reminder(soon, BERLIN, CAMPAIGN) is None


def test_a_reminder_without_an_allowed_hour_in_its_window_is_left_out() -> None:
    # Invited on a Thursday, working every day: days eight to ten are a Friday, a Saturday and a Sunday.
    every_day = Calendar(BERLIN.zone, WorkingWeek(frozenset(range(7))))
    invited = replace(INVITED, sent_on=date(2027, 6, 3))

    assert (
        local_times(schedule_first_reminder(invited, every_day, CAMPAIGN), every_day)[0] == "2027-06-08T10:00"
    )
    assert schedule_second_reminder(invited, every_day, CAMPAIGN) is None


def test_the_same_reminder_keeps_its_occurrence_when_the_person_moves() -> None:
    here, there = (schedule_first_reminder(INVITED, c, CAMPAIGN) for c in (BERLIN, RIYADH))

    assert here is not None
    assert there is not None
    assert here.not_before != there.not_before
    assert (here.kind, here.occurrence) == (there.kind, there.occurrence) == (ScheduledKind.REMINDER, "w1:1")


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
    latest_invitation = calendar.to_utc(on, CAMPAIGN.end)
    invited = replace(INVITED, sent_on=on, closes_on=on + timedelta(days=400))

    first, second = (
        rule(invited, calendar, CAMPAIGN) for rule in (schedule_first_reminder, schedule_second_reminder)
    )

    for n, due in ((3, first), (8, second)):
        if due is not None:
            assert is_allowed(due.not_before, calendar, CAMPAIGN)
            assert calendar.local_date(due.not_before) >= nth_working_day_after(on, n, calendar)
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
def test_a_pause_and_a_landing_have_one_notice_after_three_working_days(
    calendar: Calendar, on: date, window: list[str]
) -> None:
    assert local_times(schedule_pause_reminder(DraftPause("d1", on), calendar, OWED), calendar) == window
    assert local_times(schedule_landing_question(StoryTaken("d1", on), calendar, OWED), calendar) == window


def test_a_pause_that_is_over_and_a_landing_that_is_known_have_no_notice() -> None:
    assert schedule_pause_reminder(DraftPause("d1", date(2027, 6, 1), is_over=True), BERLIN, OWED) is None
    assert (
        schedule_landing_question(StoryTaken("d1", date(2027, 6, 1), is_answered=True), BERLIN, OWED) is None
    )


def test_each_pause_has_its_own_reminder_and_a_story_only_one_question() -> None:
    days = (date(2027, 6, 1), date(2027, 6, 20))

    pauses = [schedule_pause_reminder(DraftPause("d1", day), BERLIN, OWED) for day in days]
    landings = [schedule_landing_question(StoryTaken("d1", day), BERLIN, OWED) for day in days]

    assert [due and due.occurrence for due in pauses] == ["d1:2027-06-01", "d1:2027-06-20"]
    assert [due and due.occurrence for due in landings] == ["d1", "d1"]
