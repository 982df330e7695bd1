"""At which hour the bot may speak first: for each class of notice, by the clock on the person's own wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, is_working_day
from db.models import NoticeClass
from db.models.programmes import Programme

MAX_SEARCH_DAYS = 60
"""How many days ahead a decent hour is looked for: longer than any feast, short enough to end."""

_EARLIEST, _LATEST = time(6), time(22)


class AllowedDays(StrEnum):
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
class AllowedHours:
    """When messages may come: from `begin` until before `end`, on these days."""

    begin: time
    end: time
    days: AllowedDays

    def __post_init__(self) -> None:
        # Nobody is written to at night, whatever an owner sets; and no clock is ever put forward in these hours.
        if not _EARLIEST <= self.begin < self.end <= _LATEST:
            raise ValueError("hours begin before they end, and lie between 06:00 and 22:00")


DEFAULT_HOURS: Mapping[NoticeClass, AllowedHours] = {
    NoticeClass.CAMPAIGN: AllowedHours(time(10), time(16), AllowedDays.MIDDLE),
    NoticeClass.OWED: AllowedHours(time(9), time(18), AllowedDays.WORKING),
    # What concerns people's rights does not wait until a feast of ten days is over, only until they are up.
    NoticeClass.DUTY: AllowedHours(time(9), time(20), AllowedDays.ANY),
}
"""What holds where a programme has set nothing else."""


def campaign_hours(programme: Programme) -> AllowedHours:
    """When the programme may want something of people, as its owners set it."""
    begin, end = time.fromisoformat(programme.opens), time.fromisoformat(programme.closes)
    return AllowedHours(begin, end, DEFAULT_HOURS[NoticeClass.CAMPAIGN].days)


def posting_hours(programme: Programme) -> AllowedHours:
    """When the programme may post in a channel: in the same hours, on every working day."""
    return replace(campaign_hours(programme), days=AllowedDays.WORKING)


@dataclass(frozen=True)
class SlotFound:
    """The first decent moment."""

    starts_at: datetime


@dataclass(frozen=True)
class NoSlotFound:
    """No decent moment was found in the whole search; this is when the hours of its last day begin."""

    starts_at: datetime


def is_allowed(now: datetime, calendar: Calendar, hours: AllowedHours) -> bool:
    """Whether a message may come at this moment."""
    local = calendar.to_local(now)
    return hours.begin <= local.time() < hours.end and _is_allowed_day(local.date(), calendar, hours.days)


def next_allowed(
    now: datetime, calendar: Calendar, hours: AllowedHours, *, search_days: int = MAX_SEARCH_DAYS
) -> SlotFound | NoSlotFound:
    """The first decent moment that is not before now, looked for today and on so many days after."""
    if is_allowed(now, calendar, hours):
        return SlotFound(now)
    today = calendar.local_date(now)
    for n in range(search_days + 1):
        begin = calendar.to_utc(today + timedelta(days=n), hours.begin)
        if begin >= now and is_allowed(begin, calendar, hours):
            return SlotFound(begin)
    return NoSlotFound(max(now, begin))


def first_allowed_on(
    day: date, calendar: Calendar, hours: AllowedHours, *, hour: time = time.min
) -> SlotFound | NoSlotFound:
    """The first decent moment of that local date, not before that hour; on a later date when it has none."""
    return next_allowed(calendar.to_utc(day, hour), calendar, hours)


def _is_allowed_day(day: date, calendar: Calendar, days: AllowedDays) -> bool:
    """Whether messages may come on this date at all."""
    match days:
        case AllowedDays.ANY:
            return True
        case AllowedDays.WORKING:
            return is_working_day(day, calendar)
        case AllowedDays.MIDDLE:
            worked = calendar.week.ordered_days
            middle = worked[1:4] if len(worked) > 3 else worked
            return day.weekday() in middle and is_working_day(day, calendar)
