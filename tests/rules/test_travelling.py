"""A snoozed notice follows a traveller: to their local date, and to an allowed hour in the new time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendars import MONDAY_TO_FRIDAY, Calendar, WorkingWeek
from bot.rules.eligibility import Decision, EligibilityFacts, WaitUntil, decide
from bot.rules.hours import DEFAULT_HOURS, find_allowed_slot, is_allowed
from bot.rules.reminder_schedule import (
    NoticeSnoozed,
    SnoozeChoice,
    SnoozeUntil,
    earliest_check,
    schedule_snoozed,
    snooze_end,
)
from db.models import NoticeClass

OWED = DEFAULT_HOURS[NoticeClass.OWED]
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")

ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Pacific/Apia",
        "Pacific/Honolulu",
        "Australia/Lord_Howe",
        "Asia/Riyadh",
    ]
)
CALENDARS = st.builds(
    Calendar,
    ZONES.map(ZoneInfo),
    st.frozensets(st.integers(0, 6), min_size=1).map(WorkingWeek),
    st.sampled_from([None, "DE", "SA", "NZ"]),
)
MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 360), CALENDARS, ZONES, st.integers(0, 24 * 60 * 400))
def test_snoozed_notice_reaches_a_traveller_on_the_chosen_date_at_the_first_allowed_hour(
    now: datetime, days: int, calendar: Calendar, zone: str, minutes: int
) -> None:
    # A notice snoozed to a date, and somebody who is in another time zone from some moment on
    on = calendar.local_date(now) + timedelta(days=days)
    due = schedule_snoozed(NoticeSnoozed("w1", SnoozeUntil(on)), calendar, OWED)
    assert due is not None
    assert due.floating_date == on
    there, landed_at = replace(calendar, zone=ZoneInfo(zone)), now + timedelta(minutes=minutes)
    checked_at = min(due.not_before, earliest_check(on, landed_at, there))

    # It's checked then, and again after each wait
    at, found = max(checked_at, landed_at), decision_on(on, there, max(checked_at, landed_at))
    while isinstance(found, WaitUntil):
        at, found = found.until, decision_on(on, there, found.until)

    assert there.local_date(at) >= on
    assert is_allowed(at, there, OWED)
    assert at == find_allowed_slot(max(landed_at, there.to_utc(on)), there, OWED).starts_at


def decision_on(on: date, calendar: Calendar, now: datetime) -> Decision:
    """Decide at this moment on an owed notice due on that date."""
    return decide(EligibilityFacts(NoticeClass.OWED, calendar, OWED, due_on=on), now)


def test_notice_snoozed_to_an_hour_of_today_is_bound_to_its_moment_and_to_no_date() -> None:
    until = snooze_end(SnoozeChoice.LATER_TODAY, datetime(2027, 6, 1, 8, 40, tzinfo=UTC), BERLIN, OWED)

    due = schedule_snoozed(NoticeSnoozed("w1", until), BERLIN, OWED)

    assert due is not None
    assert due.floating_date is None
