"""At which hour the bot may speak first: for each class of notice, by the clock on the person's own wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, is_working_day
from db.models import NoticeClass
from db.models.programmes import Programme

LONGEST_SEARCH = 60
"""How many days ahead a decent hour is looked for: longer than any feast, short enough to end."""

_EARLIEST, _LATEST = time(6), time(22)


class Days(StrEnum):
    """On which days of somebody's week. The values are stored."""

    MIDDLE = "middle"
    """The second, third and fourth day of their working week, as far as these are worked.

    That is Tuesday to Thursday where the week begins on Monday, and Monday to Wednesday where it begins on
    Sunday: neither the day on which everything has piled up nor the one on which people leave. A week of
    three days or fewer counts whole.
    """
    WORKING = "working"
    ANY = "any"


@dataclass(frozen=True)
class Hours:
    """When messages may come: from `begin` until before `end`, on these days."""

    begin: time
    end: time
    days: Days

    def __post_init__(self) -> None:
        # Nobody is written to at night, whatever an owner sets; and no clock is ever put forward in these hours.
        if not _EARLIEST <= self.begin < self.end <= _LATEST:
            raise ValueError("hours begin before they end, and lie between 06:00 and 22:00")


HOURS: Mapping[NoticeClass, Hours] = {
    NoticeClass.CAMPAIGN: Hours(time(10), time(16), Days.MIDDLE),
    NoticeClass.OWED: Hours(time(9), time(18), Days.WORKING),
    # What concerns people's rights does not wait until a feast of ten days is over, only until they are up.
    NoticeClass.DUTY: Hours(time(9), time(20), Days.ANY),
}
"""What holds where a programme has set nothing else."""


def campaign_hours(programme: Programme) -> Hours:
    """When the programme may want something of people, as its owners set it."""
    begin, end = time.fromisoformat(programme.opens), time.fromisoformat(programme.closes)
    return Hours(begin, end, HOURS[NoticeClass.CAMPAIGN].days)


def posting_hours(programme: Programme) -> Hours:
    """When the programme may post in a channel: in the same hours, on every working day."""
    return replace(campaign_hours(programme), days=Days.WORKING)


@dataclass(frozen=True)
class Decent:
    """The first decent moment."""

    at: datetime


@dataclass(frozen=True)
class LastResort:
    """No decent moment was found in the whole search; this is when the hours of its last day begin."""

    at: datetime


def is_decent(now: datetime, calendar: Calendar, hours: Hours) -> bool:
    """Whether a message may come at this moment."""
    local = calendar.local(now)
    return hours.begin <= local.time() < hours.end and _is_day(local.date(), calendar, hours.days)


def next_decent(
    now: datetime, calendar: Calendar, hours: Hours, *, search: int = LONGEST_SEARCH
) -> Decent | LastResort:
    """The first decent moment that is not before now, looked for today and on so many days after."""
    if is_decent(now, calendar, hours):
        return Decent(now)
    today = calendar.date_of(now)
    for n in range(search + 1):
        begin = calendar.moment_of(today + timedelta(days=n), hours.begin)
        if begin >= now and is_decent(begin, calendar, hours):
            return Decent(begin)
    return LastResort(max(now, begin))


def decent_on(day: date, calendar: Calendar, hours: Hours, *, hour: time = time.min) -> Decent | LastResort:
    """The first decent moment of that local date, not before that hour; on a later date when it has none."""
    return next_decent(calendar.moment_of(day, hour), calendar, hours)


def _is_day(day: date, calendar: Calendar, days: Days) -> bool:
    """Whether messages may come on this date at all."""
    match days:
        case Days.ANY:
            return True
        case Days.WORKING:
            return is_working_day(day, calendar)
        case Days.MIDDLE:
            worked = calendar.week.ordered
            middle = worked[1:4] if len(worked) > 3 else worked
            return day.weekday() in middle and is_working_day(day, calendar)
