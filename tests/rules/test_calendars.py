"""Working weeks, holidays and local dates, by the calendar of the places people work in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendars import (
    MONDAY_TO_FRIDAY,
    SUNDAY_TO_THURSDAY,
    Calendar,
    WorkingWeek,
    has_known_holidays,
    is_holiday,
    is_working_day,
    nth_working_day_after,
    parse_week,
    person_calendar,
    public_holidays,
    zone_or_default,
)
from db.models import Person
from db.models.programmes import EmployeeRecord, Programme

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), MONDAY_TO_FRIDAY, "DE")
RIYADH = Calendar(ZoneInfo("Asia/Riyadh"), SUNDAY_TO_THURSDAY, "SA")
WEEKS = st.frozensets(st.integers(0, 6), min_size=1).map(WorkingWeek)
ZONES = available_timezones()
DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(WEEKS)
def test_a_week_is_read_back_as_it_was_stored(week: WorkingWeek) -> None:
    assert parse_week(str(week)) == week


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Monday to Friday", "mon tue wed thu fri"),
        ("Mon-Fri", "mon tue wed thu fri"),
        ("Sun–Thu", "sun mon tue wed thu"),
        ("sunday - thursday", "sun mon tue wed thu"),
        ("thu, sun, mon, wed, tue", "sun mon tue wed thu"),
        ("Saturday to Thursday", "sat sun mon tue wed thu"),
        ("Mon-Thu", "mon tue wed thu"),
        ("Mon, Wed and Fri", "mon wed fri"),
        ("mon-tue thurs-fri", "mon tue thu fri"),
        ("wed", "wed"),
        ("Mon-Sun", "mon tue wed thu fri sat sun"),
    ],
)
def test_a_week_is_understood_as_people_write_it(text: str, stored: str) -> None:
    assert str(parse_week(text)) == stored


@pytest.mark.parametrize(
    "text", ["", "  ", "weekdays", "m-f", "mo-fr", "mon-wed-fri", "mon-", "1-5", "الأحد"]
)
def test_a_week_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="week"):
        parse_week(text)


@pytest.mark.parametrize("days", [frozenset(), frozenset({7}), frozenset({-1, 2})])
def test_a_week_without_weekdays_cannot_be_made(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        WorkingWeek(days)


@pytest.mark.parametrize(
    ("name", "default", "zone"),
    [
        ("Europe/Berlin", "Asia/Riyadh", "Europe/Berlin"),
        (None, "Asia/Riyadh", "Asia/Riyadh"),
        ("", "Asia/Riyadh", "Asia/Riyadh"),
        ("Mars/Olympus", "Asia/Riyadh", "Asia/Riyadh"),
        ("Europe", "Asia/Riyadh", "Asia/Riyadh"),
        ("../../etc/passwd", "Asia/Riyadh", "Asia/Riyadh"),
        ("/etc/localtime", "Asia/Riyadh", "Asia/Riyadh"),
        ("Europe/Ber\0lin", "Asia/Riyadh", "Asia/Riyadh"),
        ("Mars/Olympus", "Mars/Base", "UTC"),
    ],
)
def test_an_unknown_zone_gives_way_to_the_default(name: str | None, default: str, zone: str) -> None:
    assert zone_or_default(name, default).key == zone


@settings(deadline=None)  # the first read from disk takes its time
@given(st.text())
def test_no_name_of_a_zone_breaks_anything(name: str) -> None:
    assert zone_or_default(name, "Asia/Riyadh").key in ZONES


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Europe/Berlin", datetime(2027, 6, 30, 21, 59, tzinfo=UTC), date(2027, 6, 30)),
        ("Europe/Berlin", datetime(2027, 6, 30, 22, 0, tzinfo=UTC), date(2027, 7, 1)),
        ("America/New_York", datetime(2027, 1, 1, 4, 59, tzinfo=UTC), date(2026, 12, 31)),
        ("Pacific/Kiritimati", datetime(2027, 1, 1, 10, 0, tzinfo=UTC), date(2027, 1, 2)),
    ],
)
def test_a_moment_has_a_local_date(zone: str, moment: datetime, day: date) -> None:
    assert Calendar(ZoneInfo(zone)).local_date(moment) == day


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without its zone"):
        BERLIN.to_local(datetime(2027, 1, 1))  # noqa: DTZ001 it is what is refused


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"),
    [
        # an ordinary day; an hour that is skipped; an hour that comes twice
        ("Europe/Berlin", date(2027, 7, 1), time(10), datetime(2027, 7, 1, 8, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        # midnight that does not exist: the day begins at one
        ("Africa/Cairo", date(2027, 4, 30), time(0), datetime(2027, 4, 29, 22, 0, tzinfo=UTC)),
        # half an hour back, at two in the morning
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), datetime(2027, 4, 3, 14, 45, tzinfo=UTC)),
    ],
)
def test_an_hour_of_a_day_has_its_moment(zone: str, day: date, hour: time, moment: datetime) -> None:
    assert Calendar(ZoneInfo(zone)).to_utc(day, hour) == moment


@pytest.mark.parametrize(
    ("day", "country", "is_one"),
    [
        (date(2027, 10, 3), "DE", True),
        (date(2027, 10, 3), "de", True),
        (date(2027, 11, 1), "DE", False),  # a holiday in some of its states only
        (date(2027, 7, 4), "US", True),
        (date(2027, 12, 31), "US", True),  # New Year's Day of the next year, observed
        (date(2027, 9, 23), "SA", True),
        (date(2027, 12, 25), "SA", False),
        (date(2027, 12, 25), "XX", False),
        (date(2027, 12, 25), "", False),
        (date(2027, 12, 25), None, False),
    ],
)
def test_a_holiday_is_known_by_its_country(day: date, country: str | None, is_one: bool) -> None:
    assert is_holiday(day, country) is is_one


def test_the_feasts_that_follow_the_moon_are_holidays_in_riyadh() -> None:
    assert {date(2027, 3, 10), date(2027, 5, 16)} <= public_holidays("SA", 2027)


@pytest.mark.parametrize(
    ("code", "known"), [("SA", True), ("gb", True), ("UK", False), ("HolidayBase", False)]
)
def test_a_country_is_named_by_its_two_letters(code: str, known: bool) -> None:
    assert has_known_holidays(code) is known


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (BERLIN, date(2027, 6, 4), True),  # a Friday
        (BERLIN, date(2027, 6, 6), False),  # a Sunday
        (RIYADH, date(2027, 6, 4), False),
        (RIYADH, date(2027, 6, 6), True),
        (BERLIN, date(2027, 5, 17), False),  # Whit Monday
        (RIYADH, date(2027, 9, 23), False),  # the national day, a Thursday
    ],
)
def test_a_day_is_worked_by_week_and_holidays(calendar: Calendar, day: date, works: bool) -> None:
    assert is_working_day(day, calendar) is works


@pytest.mark.parametrize(
    ("calendar", "day", "n", "then"),
    [
        (BERLIN, date(2027, 6, 1), 3, date(2027, 6, 4)),
        (BERLIN, date(2027, 6, 3), 3, date(2027, 6, 8)),
        (BERLIN, date(2027, 6, 5), 1, date(2027, 6, 7)),  # from a Saturday
        (BERLIN, date(2027, 3, 25), 1, date(2027, 3, 30)),  # over Easter
        (BERLIN, date(2027, 6, 5), 0, date(2027, 6, 5)),
        (RIYADH, date(2027, 6, 3), 3, date(2027, 6, 8)),
        (RIYADH, date(2027, 3, 8), 1, date(2027, 3, 15)),  # over Eid al-Fitr
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(
    calendar: Calendar, day: date, n: int, then: date
) -> None:
    assert nth_working_day_after(day, n, calendar) == then


@settings(deadline=None)  # so does the first look into a country's calendar
@given(DATES, st.integers(1, 30), WEEKS, st.sampled_from([None, "DE", "SA", "XX"]))
def test_between_a_day_and_its_nth_working_day_lie_n_of_them(
    day: date, n: int, week: WorkingWeek, country: str | None
) -> None:
    calendar = Calendar(ZoneInfo("UTC"), week, country)

    then = nth_working_day_after(day, n, calendar)

    between = [day + timedelta(days=i) for i in range(1, (then - day).days + 1)]
    assert is_working_day(then, calendar)
    assert sum(is_working_day(d, calendar) for d in between) == n


@pytest.mark.parametrize(
    ("country", "week", "lived_by"),
    [
        (None, None, (SUNDAY_TO_THURSDAY, "EG")),
        ("EG", None, (SUNDAY_TO_THURSDAY, "EG")),
        ("DE", None, (MONDAY_TO_FRIDAY, "DE")),
        ("SA", None, (SUNDAY_TO_THURSDAY, "SA")),
        ("DE", "mon tue wed", (parse_week("mon tue wed"), "DE")),
        (None, "mon tue wed", (parse_week("mon tue wed"), "EG")),
        ("XX", None, (SUNDAY_TO_THURSDAY, "EG")),
    ],
)
def test_somebody_in_another_country_works_the_days_that_are_usual_there_unless_listed_otherwise(
    country: str | None, week: str | None, lived_by: tuple[WorkingWeek, str]
) -> None:
    at = datetime(2027, 3, 1, tzinfo=UTC)
    programme = Programme("T1", "Qamar Labs", at, week=str(SUNDAY_TO_THURSDAY), country="EG")
    maya = Person("T1", "U1", "maya", "Maya", at, tz="Europe/Berlin")

    calendar = person_calendar(maya, EmployeeRecord("T1", "U1", None, None, country, week, at), programme)

    assert (calendar.week, calendar.country) == lived_by
