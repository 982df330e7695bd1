"""When a snoozed notice comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import (
    MONDAY_TO_FRIDAY,
    SUNDAY_TO_THURSDAY,
    Calendar,
)
from bot.rules.hours import DEFAULT_HOURS
from bot.rules.reminder_schedule import (
    NoticeSnoozed,
    ScheduledNotice,
    SnoozeChoice,
    SnoozeUntil,
    is_selectable_date,
    schedule_snoozed,
    snooze_end,
)
from db.models import NoticeClass

OWED = DEFAULT_HOURS[NoticeClass.OWED]
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")


US = Calendar(ZoneInfo("America/New_York"), MONDAY_TO_FRIDAY, "US")


RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")


def local_times(due: ScheduledNotice | None, calendar: Calendar) -> list[str]:
    """Return from and until when the notice may come, in local time."""
    assert due is not None
    return [f"{calendar.to_local(moment):%Y-%m-%dT%H:%M}" for moment in (due.not_before, due.not_after)]


def parse_local(text: str, calendar: Calendar) -> datetime:
    """Return the moment of this local time."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "now", "choice", "until", "due"),
    [
        (
            BERLIN,
            "2027-06-01T10:40",
            SnoozeChoice.LATER_TODAY,
            SnoozeUntil(date(2027, 6, 1), 13),
            "2027-06-01T13:00",
        ),
        (
            BERLIN,
            "2027-06-01T06:00",
            SnoozeChoice.LATER_TODAY,
            SnoozeUntil(date(2027, 6, 1), 9),
            "2027-06-01T09:00",
        ),
        (
            BERLIN,
            "2027-06-01T15:30",
            SnoozeChoice.LATER_TODAY,
            SnoozeUntil(date(2027, 6, 2)),
            "2027-06-02T09:00",
        ),
        (
            BERLIN,
            "2027-06-04T15:30",
            SnoozeChoice.LATER_TODAY,
            SnoozeUntil(date(2027, 6, 7)),
            "2027-06-07T09:00",
        ),
        (
            BERLIN,
            "2027-06-04T10:00",
            SnoozeChoice.TOMORROW,
            SnoozeUntil(date(2027, 6, 5)),
            "2027-06-07T09:00",
        ),
        (
            BERLIN,
            "2027-06-03T23:30",
            SnoozeChoice.TOMORROW,
            SnoozeUntil(date(2027, 6, 4)),
            "2027-06-04T09:00",
        ),
        (
            BERLIN,
            "2027-06-03T10:00",
            SnoozeChoice.NEXT_WEEK,
            SnoozeUntil(date(2027, 6, 7)),
            "2027-06-07T09:00",
        ),
        (
            BERLIN,
            "2027-06-07T10:00",
            SnoozeChoice.NEXT_WEEK,
            SnoozeUntil(date(2027, 6, 14)),
            "2027-06-14T09:00",
        ),
        (
            BERLIN,
            "2027-03-25T10:00",
            SnoozeChoice.NEXT_WEEK,
            SnoozeUntil(date(2027, 3, 29)),
            "2027-03-30T09:00",
        ),
        (
            RIYADH,
            "2027-06-03T10:00",
            SnoozeChoice.TOMORROW,
            SnoozeUntil(date(2027, 6, 4)),
            "2027-06-06T09:00",
        ),
        (
            RIYADH,
            "2027-06-03T10:00",
            SnoozeChoice.NEXT_WEEK,
            SnoozeUntil(date(2027, 6, 6)),
            "2027-06-06T09:00",
        ),
    ],
)
def test_snoozed_notice_comes_at_the_next_allowed_hour_of_its_date(
    calendar: Calendar, now: str, choice: SnoozeChoice, until: SnoozeUntil, due: str
) -> None:
    found = snooze_end(choice, parse_local(now, calendar), calendar, OWED)

    assert found == until
    assert local_times(schedule_snoozed(NoticeSnoozed("w1", found), calendar, OWED), calendar)[0] == due


def test_snoozed_notice_follows_the_person_into_another_time_zone() -> None:
    until = snooze_end(SnoozeChoice.TOMORROW, parse_local("2027-06-07T12:00", RIYADH), RIYADH, OWED)
    in_new_york = replace(RIYADH, zone=US.zone)

    here, there = (
        schedule_snoozed(NoticeSnoozed("w1", until), calendar, OWED) for calendar in (RIYADH, in_new_york)
    )

    assert local_times(here, RIYADH)[0] == local_times(there, in_new_york)[0] == "2027-06-08T09:00"
    assert here is not None
    assert there is not None
    assert here.occurrence == there.occurrence == "w1:2027-06-08"


def test_pressing_twice_snoozes_once_and_pressing_again_later_once_more() -> None:
    moments = ("2027-06-01T09:10", "2027-06-01T09:11", "2027-06-01T12:10")

    untils = [snooze_end(SnoozeChoice.LATER_TODAY, parse_local(now, BERLIN), BERLIN, OWED) for now in moments]

    assert [str(until) for until in untils] == ["2027-06-01T12", "2027-06-01T12", "2027-06-01T15"]


def test_notice_snoozed_beyond_the_end_of_the_wave_is_not_scheduled() -> None:
    snooze = NoticeSnoozed("w1", SnoozeUntil(date(2027, 6, 12)), closes_on=date(2027, 6, 14))

    assert local_times(schedule_snoozed(snooze, BERLIN, OWED), BERLIN) == [
        "2027-06-14T09:00",
        "2027-06-15T00:00",
    ]
    assert schedule_snoozed(replace(snooze, closes_on=date(2027, 6, 13)), BERLIN, OWED) is None


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
    assert is_selectable_date(day, datetime(2027, 6, 1, 22, 0, tzinfo=UTC), RIYADH) is choosable
