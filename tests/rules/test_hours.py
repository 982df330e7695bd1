"""Allowed hours, by the calendars of Berlin, New York, Lord Howe and Riyadh, and the laws of waiting."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendars import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, Calendar, WorkingWeek, parse_week
from bot.rules.hours import (
    DEFAULT_HOURS,
    AllowedDays,
    AllowedHours,
    NoSlotFound,
    SlotFound,
    find_allowed_slot,
    find_allowed_slot_from,
    is_allowed,
)
from db.models import NoticeClass

CAMPAIGN, OWED, DUTY = (DEFAULT_HOURS[c] for c in (NoticeClass.CAMPAIGN, NoticeClass.OWED, NoticeClass.DUTY))

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
NEW_YORK = Calendar(ZoneInfo("America/New_York"), MONDAY_TO_FRIDAY, "US")
LORD_HOWE = Calendar(ZoneInfo("Australia/Lord_Howe"), MONDAY_TO_FRIDAY, "AU")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")
PLACES = (BERLIN, NEW_YORK, LORD_HOWE, RIYADH)

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WEEKS = st.frozensets(st.integers(0, 6), min_size=1).map(WorkingWeek)
ZONES = ["Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "UTC"]
CALENDARS = st.sampled_from(PLACES) | st.builds(
    Calendar,
    st.sampled_from(ZONES).map(ZoneInfo),
    WEEKS,
    st.sampled_from([None, "EG", "NZ", "XX"]),
)
ANY_HOURS = st.sampled_from(list(DEFAULT_HOURS.values())) | st.builds(
    lambda begin, length, days: AllowedHours(time(begin), time(min(begin + length, 22)), days),
    st.integers(6, 21),
    st.integers(1, 16),
    st.sampled_from(AllowedDays),
)


def parse_local(text: str, calendar: Calendar) -> datetime:
    """Return the first moment of this local time."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "local", "campaign", "owed", "duty"),
    [
        (BERLIN, "2027-06-01T09:59", False, True, True),  # a Tuesday
        (BERLIN, "2027-06-01T10:00", True, True, True),
        (BERLIN, "2027-06-01T15:59", True, True, True),
        (BERLIN, "2027-06-01T16:00", False, True, True),
        (BERLIN, "2027-06-01T18:00", False, False, True),
        (BERLIN, "2027-06-01T20:00", False, False, False),
        (BERLIN, "2027-06-01T08:59", False, False, False),
        (BERLIN, "2027-06-07T12:00", False, True, True),  # a Monday
        (BERLIN, "2027-06-04T12:00", False, True, True),  # a Friday
        (BERLIN, "2027-06-05T12:00", False, False, True),  # a Saturday
        (BERLIN, "2027-05-06T12:00", False, False, True),  # Ascension Day, a Thursday
        (RIYADH, "2027-06-06T12:00", False, True, True),  # a Sunday, the first day of the week there
        (RIYADH, "2027-06-07T12:00", True, True, True),
        (RIYADH, "2027-06-09T12:00", True, True, True),
        (RIYADH, "2027-06-10T12:00", False, True, True),  # a Thursday, the last one
        (RIYADH, "2027-06-11T12:00", False, False, True),  # a Friday
        (RIYADH, "2027-03-10T12:00", False, False, True),  # Eid al-Fitr, a Wednesday
        (NEW_YORK, "2027-11-25T12:00", False, False, True),  # Thanksgiving
        (NEW_YORK, "2027-11-24T12:00", True, True, True),
    ],
)
def test_each_class_has_its_hours(
    calendar: Calendar, local: str, campaign: bool, owed: bool, duty: bool
) -> None:
    now = parse_local(local, calendar)

    assert [is_allowed(now, calendar, hours) for hours in (CAMPAIGN, OWED, DUTY)] == [campaign, owed, duty]


@pytest.mark.parametrize(
    ("week", "middle"),
    [
        ("mon-fri", "tue wed thu"),
        ("sun-thu", "mon tue wed"),
        ("mon-thu", "tue wed thu"),
        ("mon-sat", "tue wed thu"),
        ("sat-thu", "sun mon tue"),
        ("mon-sun", "tue wed thu"),
        ("tue-thu", "tue wed thu"),
        ("mon, tue", "mon tue"),
        ("wed", "wed"),
        ("mon, wed-fri", "wed thu fri"),
    ],
)
def test_the_middle_of_a_week_is_its_second_to_fourth_day(week: str, middle: str) -> None:
    calendar = Calendar(ZoneInfo("UTC"), parse_week(week))
    days = [date(2027, 6, 7) + timedelta(days=n) for n in range(7)]

    found = {d.weekday() for d in days if is_allowed(calendar.to_utc(d, time(12)), calendar, CAMPAIGN)}

    assert WorkingWeek(frozenset(found)) == parse_week(middle)


@pytest.mark.parametrize(
    ("calendar", "hours", "now", "then"),
    [
        # the clock goes forward on Sunday, 28 March, and is Easter Sunday at that; back on 31 October
        (BERLIN, OWED, "2027-03-25T18:00", "2027-03-30T09:00"),
        (BERLIN, DUTY, "2027-03-27T20:00", "2027-03-28T09:00"),
        (BERLIN, DUTY, "2027-10-30T20:00", "2027-10-31T09:00"),
        (BERLIN, CAMPAIGN, "2027-10-28T16:00", "2027-11-02T10:00"),
        # forward on 14 March, back on 7 November
        (NEW_YORK, DUTY, "2027-03-13T20:00", "2027-03-14T09:00"),
        (NEW_YORK, OWED, "2027-11-05T18:00", "2027-11-08T09:00"),
        # half an hour back on 4 April, forward on 3 October
        (LORD_HOWE, DUTY, "2027-04-03T20:00", "2027-04-04T09:00"),
        (LORD_HOWE, CAMPAIGN, "2027-10-01T12:00", "2027-10-05T10:00"),
        # never; but the week turns on Friday, and a feast is long
        (RIYADH, OWED, "2027-06-10T18:00", "2027-06-13T09:00"),
        (RIYADH, CAMPAIGN, "2027-06-09T16:00", "2027-06-14T10:00"),
        (RIYADH, CAMPAIGN, "2027-03-08T16:00", "2027-03-15T10:00"),
        (RIYADH, DUTY, "2027-03-10T07:00", "2027-03-10T09:00"),
    ],
)
def test_a_notice_waits_for_the_next_allowed_local_hour(
    calendar: Calendar, hours: AllowedHours, now: str, then: str
) -> None:
    found = find_allowed_slot(parse_local(now, calendar), calendar, hours)

    assert found == SlotFound(parse_local(then, calendar))


@pytest.mark.parametrize(
    ("calendar", "night", "length"),
    [
        (BERLIN, "2027-03-27T20:00", timedelta(hours=12)),
        (BERLIN, "2027-10-30T20:00", timedelta(hours=14)),
        (LORD_HOWE, "2027-04-03T20:00", timedelta(hours=13, minutes=30)),
        (LORD_HOWE, "2027-10-02T20:00", timedelta(hours=12, minutes=30)),
        (RIYADH, "2027-03-27T20:00", timedelta(hours=13)),
    ],
)
def test_a_night_is_shorter_or_longer_when_the_clock_is_changed(
    calendar: Calendar, night: str, length: timedelta
) -> None:
    now = parse_local(night, calendar)

    assert find_allowed_slot(now, calendar, DUTY).starts_at - now == length


def test_somebody_who_flew_the_day_before_is_written_to_by_the_clock_of_the_new_place() -> None:
    snoozed_until = date(2027, 6, 8)
    in_riyadh = find_allowed_slot_from(snoozed_until, RIYADH, OWED).starts_at
    in_new_york = Calendar(NEW_YORK.zone, RIYADH.week, RIYADH.country)

    assert in_riyadh == datetime(2027, 6, 8, 6, 0, tzinfo=UTC)
    assert not is_allowed(in_riyadh, in_new_york, OWED)  # two in the morning
    assert find_allowed_slot(in_riyadh, in_new_york, OWED) == SlotFound(
        datetime(2027, 6, 8, 13, 0, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("calendar", "day", "then"),
    [
        (BERLIN, date(2027, 6, 8), "2027-06-08T09:00"),
        (BERLIN, date(2027, 6, 5), "2027-06-07T09:00"),  # a Saturday
        (RIYADH, date(2027, 9, 23), "2027-09-26T09:00"),  # the national day, before the weekend
    ],
)
def test_a_chosen_date_starts_at_its_first_allowed_hour(calendar: Calendar, day: date, then: str) -> None:
    assert find_allowed_slot_from(day, calendar, OWED) == SlotFound(parse_local(then, calendar))


def test_a_day_that_the_calendar_of_a_place_left_out_is_passed_over() -> None:
    samoa = Calendar(ZoneInfo("Pacific/Apia"), parse_week("fri"))

    assert find_allowed_slot_from(date(2011, 12, 30), samoa, OWED) == SlotFound(
        parse_local("2012-01-06T09:00", samoa)
    )


def test_a_search_without_success_says_so() -> None:
    friday = parse_local("2027-06-04T19:00", BERLIN)

    assert find_allowed_slot(friday, BERLIN, OWED, search_days=2) == NoSlotFound(
        parse_local("2027-06-06T09:00", BERLIN)
    )
    assert find_allowed_slot(friday, BERLIN, OWED, search_days=0) == NoSlotFound(friday)
    assert find_allowed_slot(friday, BERLIN, OWED, search_days=3) == SlotFound(
        parse_local("2027-06-07T09:00", BERLIN)
    )


@pytest.mark.parametrize(("begin", "end"), [(5, 12), (10, 23), (16, 10), (12, 12)])
def test_hours_at_night_or_without_length_cannot_be_set(begin: int, end: int) -> None:
    with pytest.raises(ValueError, match="between 06:00 and 22:00"):
        AllowedHours(time(begin), time(end), AllowedDays.ANY)


@settings(deadline=None)
@given(MOMENTS, CALENDARS, ANY_HOURS)
def test_the_next_allowed_moment_is_allowed_not_past_and_its_own_next(
    now: datetime, calendar: Calendar, hours: AllowedHours
) -> None:
    found = find_allowed_slot(now, calendar, hours)

    assert isinstance(found, SlotFound)
    assert found.starts_at >= now
    assert is_allowed(found.starts_at, calendar, hours)
    assert find_allowed_slot(found.starts_at, calendar, hours) == found


@settings(deadline=None)
@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)), CALENDARS, ANY_HOURS)
def test_asking_later_never_gives_an_earlier_moment(
    now: datetime, later: timedelta, calendar: Calendar, hours: AllowedHours
) -> None:
    assert (
        find_allowed_slot(now, calendar, hours).starts_at
        <= find_allowed_slot(now + later, calendar, hours).starts_at
    )


@settings(deadline=None)
@given(MOMENTS, st.floats(0, 1, exclude_max=True), CALENDARS, ANY_HOURS)
def test_no_allowed_moment_comes_before_the_next_one(
    now: datetime, part: float, calendar: Calendar, hours: AllowedHours
) -> None:
    between = now + (find_allowed_slot(now, calendar, hours).starts_at - now) * part

    assert (
        between == now
        or between == find_allowed_slot(now, calendar, hours).starts_at
        or not is_allowed(between, calendar, hours)
    )
