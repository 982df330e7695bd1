"""Allowed hours of proactive messages: for each class of notice, in the person's local time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, is_working_day
from db.models import NoticeClass
from db.models.programmes import Programme

MAX_SEARCH_DAYS = 60
"""How many days ahead an allowed hour is searched for: longer than any feast, short enough to end."""

_EARLIEST, _LATEST = time(6), time(22)


class AllowedDays(StrEnum):
    """The allowed days of somebody's week. The values are stored."""

    MIDDLE = "middle"
    """The second, third and fourth day of their working week, as far as these are worked.

    That is Tuesday to Thursday where the week starts on Monday, and Monday to Wednesday where it starts on Sunday:
    neither the day on which work has piled up nor the day before the weekend. Of a week of three days or fewer, all
    days count.
    """
    WORKING = "working"
    ANY = "any"


@dataclass(frozen=True)
class AllowedHours:
    """The hours of allowed messages: from `begin` until before `end`, on these days."""

    begin: time
    end: time
    days: AllowedDays

    def __post_init__(self) -> None:
        # Nobody is written to at night, whatever an owner sets; and clocks never change in these hours.
        if not _EARLIEST <= self.begin < self.end <= _LATEST:
            raise ValueError("hours begin before they end, and lie between 06:00 and 22:00")


DEFAULT_HOURS: Mapping[NoticeClass, AllowedHours] = {
    NoticeClass.CAMPAIGN: AllowedHours(time(10), time(16), AllowedDays.MIDDLE),
    NoticeClass.OWED: AllowedHours(time(9), time(18), AllowedDays.WORKING),
    # What concerns people's rights doesn't wait for the end of a ten-day feast, only for daytime.
    NoticeClass.DUTY: AllowedHours(time(9), time(20), AllowedDays.ANY),
}
"""The hours where a programme has set no others."""


def campaign_hours(programme: Programme) -> AllowedHours:
    """Return the hours for campaign messages, as the owners set them."""
    begin, end = time.fromisoformat(programme.opens), time.fromisoformat(programme.closes)
    return AllowedHours(begin, end, DEFAULT_HOURS[NoticeClass.CAMPAIGN].days)


def posting_hours(programme: Programme) -> AllowedHours:
    """Return the hours for posts in channels: the same, on every working day."""
    return replace(campaign_hours(programme), days=AllowedDays.WORKING)


@dataclass(frozen=True)
class SlotFound:
    """The first allowed moment."""

    starts_at: datetime


@dataclass(frozen=True)
class NoSlotFound:
    """The search found no allowed moment; `starts_at` is when the hours of its last day start."""

    starts_at: datetime


def is_allowed(now: datetime, calendar: Calendar, hours: AllowedHours) -> bool:
    """Return whether a message may arrive at this moment."""
    local = calendar.to_local(now)
    return hours.begin <= local.time() < hours.end and _is_allowed_day(local.date(), calendar, hours.days)


def find_allowed_slot(
    now: datetime, calendar: Calendar, hours: AllowedHours, *, search_days: int = MAX_SEARCH_DAYS
) -> SlotFound | NoSlotFound:
    """Return the first allowed moment from now on, searching today and the next `search_days` days."""
    if is_allowed(now, calendar, hours):
        return SlotFound(now)
    today = calendar.local_date(now)
    for n in range(search_days + 1):
        begin = calendar.to_utc(today + timedelta(days=n), hours.begin)
        if begin >= now and is_allowed(begin, calendar, hours):
            return SlotFound(begin)
    return NoSlotFound(max(now, begin))


def find_allowed_slot_from(
    day: date, calendar: Calendar, hours: AllowedHours, *, hour: time = time.min
) -> SlotFound | NoSlotFound:
    """Return the first allowed moment of that local date from that hour on, or else of a later date."""
    return find_allowed_slot(calendar.to_utc(day, hour), calendar, hours)


def _is_allowed_day(day: date, calendar: Calendar, days: AllowedDays) -> bool:
    """Return whether messages may arrive on this date."""
    match days:
        case AllowedDays.ANY:
            return True
        case AllowedDays.WORKING:
            return is_working_day(day, calendar)
        case AllowedDays.MIDDLE:
            worked = calendar.week.ordered_days
            middle = worked[1:4] if len(worked) > 3 else worked
            return day.weekday() in middle and is_working_day(day, calendar)
