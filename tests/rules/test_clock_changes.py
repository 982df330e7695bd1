"""A wave in the week of a clock change, by the calendars of Berlin, New York, Lord Howe and Riyadh."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, Calendar
from bot.rules.hours import DEFAULT_HOURS
from bot.rules.reminder_schedule import (
    InvitationSent,
    NoticeSnoozed,
    ScheduledNotice,
    SnoozeChoice,
    schedule_first_reminder,
    schedule_second_reminder,
    schedule_snoozed,
    snooze_end,
)
from bot.rules.waves import WavePeriod, latest_closing_date, schedule_invitation
from db.models import NoticeClass

CAMPAIGN, OWED = DEFAULT_HOURS[NoticeClass.CAMPAIGN], DEFAULT_HOURS[NoticeClass.OWED]
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
NEW_YORK = Calendar(ZoneInfo("America/New_York"), MONDAY_TO_FRIDAY, "US")
LORD_HOWE = Calendar(ZoneInfo("Australia/Lord_Howe"), MONDAY_TO_FRIDAY, "AU")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")


@pytest.mark.parametrize(
    ("calendar", "opens_on", "moments"),
    [
        # forward on 29 March, with Good Friday and Easter Monday after it; back on 25 October
        (BERLIN, "2026-03-26", "2026-03-26T09:00 2026-03-31T08:00 2026-04-09T08:00 2026-03-30T07:00"),
        (BERLIN, "2026-10-22", "2026-10-22T08:00 2026-10-27T09:00 2026-11-03T09:00 2026-10-26T08:00"),
        # forward on 8 March, back on 1 November
        (NEW_YORK, "2026-03-05", "2026-03-05T15:00 2026-03-10T14:00 2026-03-17T14:00 2026-03-09T13:00"),
        (NEW_YORK, "2026-10-29", "2026-10-29T14:00 2026-11-03T15:00 2026-11-10T15:00 2026-11-02T14:00"),
        # half an hour back on 5 April, between two holidays; half an hour forward on 4 October
        (LORD_HOWE, "2026-04-02", "2026-04-01T23:00 2026-04-08T23:30 2026-04-15T23:30 2026-04-06T22:30"),
        (LORD_HOWE, "2026-10-01", "2026-09-30T23:30 2026-10-05T23:00 2026-10-12T23:00 2026-10-04T22:00"),
        # never; but Friday and Saturday are not worked, and the middle of the week is Monday to Wednesday
        (RIYADH, "2026-04-01", "2026-04-01T07:00 2026-04-06T07:00 2026-04-13T07:00 2026-04-05T06:00"),
        (RIYADH, "2026-10-21", "2026-10-21T07:00 2026-10-26T07:00 2026-11-02T07:00 2026-10-25T06:00"),
    ],
)
def test_wave_keeps_to_local_time_when_the_clocks_change(
    calendar: Calendar, opens_on: str, moments: str
) -> None:
    day = date.fromisoformat(opens_on)
    wave = WavePeriod("w1", day, latest_closing_date(day, calendar))
    invited = InvitationSent("w1", day, wave.closes_on)
    # Snoozed by a day, on the last working day before the clocks change.
    weekend = next(
        day + timedelta(days=n) for n in range(7) if _is_last_allowed_day(day + timedelta(days=n), calendar)
    )
    tomorrow = snooze_end(
        SnoozeChoice.TOMORROW, calendar.to_utc(weekend) + timedelta(hours=12), calendar, OWED
    )

    found = (
        schedule_invitation(wave, None, calendar, CAMPAIGN),
        schedule_first_reminder(invited, calendar, CAMPAIGN),
        schedule_second_reminder(invited, calendar, CAMPAIGN),
        schedule_snoozed(NoticeSnoozed("w1", tomorrow, wave.closes_on), calendar, OWED),
    )

    assert [_start_of(due) for due in found] == [_parse_moment(moment) for moment in moments.split()]


def _is_last_allowed_day(day: date, calendar: Calendar) -> bool:
    return day.weekday() == calendar.week.ordered_days[-1]


def _start_of(due: ScheduledNotice | None) -> datetime | None:
    return None if due is None else due.not_before


def _parse_moment(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)
