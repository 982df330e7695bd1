"""Calendars: time zones, working weeks and holidays, and counting in working days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from holidays import country_holidays, list_supported_countries

from db.models import Person
from db.models.programmes import EmployeeRecord, Programme

WEEKDAY_CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The weekdays as they are stored, numbered as `date.weekday()` numbers them."""

_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RANGE_PATTERN = re.compile(r"\s*(?:[-–—]|\bto\b)\s*")
_FRIDAY = 4
_SEPARATOR_PATTERN = re.compile(r"[\s,;+&]+|\band\b")


@dataclass(frozen=True)
class WorkingWeek:
    """The weekdays on which somebody works, Monday being 0; at least one."""

    days: frozenset[int]

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise ValueError("a working week has one to seven weekdays, numbered from 0")

    @property
    def ordered_days(self) -> tuple[int, ...]:
        """The days in working order: the first is the one after the longest rest (for some weeks that's Sunday)."""
        return _order_days(self.days)

    def __str__(self) -> str:
        """Return the stored form: the days in working order, "sun mon tue wed thu"; `parse_week` reads it back."""
        return " ".join(WEEKDAY_CODES[day] for day in self.ordered_days)


@cache
def _order_days(days: frozenset[int]) -> tuple[int, ...]:
    rests = {day: next(n for n in range(1, 8) if (day - n) % 7 in days) for day in days}
    first = max(sorted(days), key=rests.__getitem__)
    return tuple(sorted(days, key=lambda day: (day - first) % 7))


MONDAY_TO_FRIDAY = WorkingWeek(frozenset({0, 1, 2, 3, 4}))
SUNDAY_TO_THURSDAY = WorkingWeek(frozenset({6, 0, 1, 2, 3}))


@lru_cache(maxsize=1024)
def parse_week(text: str) -> WorkingWeek:
    """Parse a working week as stored or as people write it: "Sun-Thu", "Monday to Friday", "mon, wed".

    Raise ValueError for anything else.
    """
    days: set[int] = set()
    for part in filter(None, _SEPARATOR_PATTERN.split(_RANGE_PATTERN.sub("-", text.strip().lower()))):
        ends = [_weekday(name) for name in part.split("-")]
        if len(ends) > 2:
            raise ValueError(f"not a run of weekdays: {part!r}")
        days |= {(ends[0] + n) % 7 for n in range((ends[-1] - ends[0]) % 7 + 1)}
    return WorkingWeek(frozenset(days))


def _weekday(name: str) -> int:
    """Return the number of a weekday, written out or abbreviated to three letters or more."""
    for number, full in enumerate(_WEEKDAY_NAMES):
        if len(name) >= 3 and full.startswith(name):
            return number
    raise ValueError(f"not a weekday: {name!r}")


@dataclass(frozen=True)
class Calendar:
    """The calendar somebody lives by: their time zone, working week, and the country of their holidays."""

    zone: ZoneInfo
    week: WorkingWeek = MONDAY_TO_FRIDAY
    country: str | None = None

    def to_local(self, moment: datetime) -> datetime:
        """Return their local time at this moment."""
        if moment.tzinfo is None:
            raise ValueError("a moment without its zone")
        return moment.astimezone(self.zone)

    def local_date(self, moment: datetime) -> date:
        """Return their local date at this moment."""
        return self.to_local(moment).date()

    def to_utc(self, day: date, hour: time = time.min) -> datetime:
        """Return the first moment with this local time: the earlier of two, or one after the gap if there's none."""
        return datetime.combine(day, hour, self.zone).astimezone(UTC)


def zone_or_default(name: str | None, default: str = "UTC") -> ZoneInfo:
    """Return the zone of this name, else of the default, else UTC: either may be missing or unknown."""
    for candidate in (name, default):
        try:
            if candidate:
                return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue  # Slack may be ahead of our zone data, and one odd zone must not stop the others' messages
    return ZoneInfo("UTC")


def person_calendar(person: Person, listing: EmployeeRecord | None, programme: Programme | None) -> Calendar:
    """Return the person's own calendar as far as it's known, otherwise the programme's.

    Somebody listed in another country than the programme's works the days that are usual there, unless the list names
    their week: otherwise a programme in Cairo would have Berlin work on Sundays.
    """
    own, general = listing and listing.country, programme and programme.country
    country = next((code for code in (own, general) if code and has_known_holidays(code)), None)
    week = (listing and listing.week) or (programme and programme.week if country == general else None)
    return Calendar(
        zone_or_default(person.tz, programme.tz if programme else "UTC"),
        parse_week(week) if week else usual_week(country),
        country,
    )


def programme_calendar(programme: Programme) -> Calendar:
    """Return the programme's own calendar, by which a wave opens and closes."""
    return Calendar(zone_or_default(programme.tz), parse_week(programme.week), programme.country)


@cache
def usual_week(country: str | None) -> WorkingWeek:
    """Return Sunday to Thursday where the weekend starts on Friday, Monday to Friday elsewhere."""
    if country is None:
        return MONDAY_TO_FRIDAY
    rests_from = Locale.parse(f"und_{country}").weekend_start
    return SUNDAY_TO_THURSDAY if rests_from == _FRIDAY else MONDAY_TO_FRIDAY


@lru_cache(maxsize=1024)
def has_known_holidays(code: str) -> bool:
    """Return whether holidays are known for this country, given by its two letters in ISO 3166."""
    return code.upper() in list_supported_countries(include_aliases=False)


@lru_cache(maxsize=1024)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Return the public holidays of a whole country in a year; none for an unknown country.

    Regional holidays are left out. Feasts that follow the moon are predicted, and sometimes a day off.
    """
    return frozenset(country_holidays(country.upper(), years=year) if has_known_holidays(country) else ())


def is_holiday(day: date, country: str | None) -> bool:
    """Return whether the day is a public holiday there; without a country no day is one."""
    return country is not None and day in public_holidays(country, day.year)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Return whether somebody with this calendar works on that date."""
    return day.weekday() in calendar.week.days and not is_holiday(day, calendar.country)


def nth_working_day_after(day: date, n: int, calendar: Calendar) -> date:
    """Return the n-th working day after this date, which itself isn't counted; the date itself for 0."""
    while n > 0:
        day += timedelta(days=1)
        n -= is_working_day(day, calendar)
    return day
