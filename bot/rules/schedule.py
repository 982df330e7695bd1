"""When it rings: the reminders of an invitation, of a paused draft and of a taken story, and whatever was put off.

Each rule takes the dates of the facts, which are the person's own local dates from when they happened. An occurrence
is named after its fact, never after the day on which it happens to be due: that day moves when somebody changes zone,
week or country, and the same reminder must not come twice for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, working_days_after
from bot.rules.hours import Hours, decent_on, next_decent

LATER = timedelta(hours=3)
"""How much later "later today" is."""

LONGEST_PAUSE = timedelta(days=366)
"""How far ahead a date may be chosen; who wants longer wants "stop"."""

# In working days after the invitation, first and last. From the eighth on, the invitation is more than seven days
# ago even for those who work on every day; the two days between the windows keep two reminders apart.
_FIRST = (3, 6)
_SECOND = (8, 10)

_ONCE = 3
"""How many working days after a pause, or after a story was taken, the one reminder of it comes."""

_GRACE = 5
"""How many working days later than planned a message may come that somebody is owed."""


class Kind(StrEnum):
    """What rings. The values are stored."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    PAUSED = "paused"
    LANDED = "landed"
    SNOOZED = "snoozed"


@dataclass(frozen=True)
class Due:
    """That something is to be said: once for its occurrence, from a decent hour of a local date on, until too late."""

    kind: Kind
    occurrence: str
    on: date
    not_before: datetime
    not_after: datetime
    hour: time = time.min
    """The hour before which it must not come; with one, it is bound to its moment and not to the date."""

    @property
    def dated(self) -> date | None:
        """The date that goes with its person wherever they are by then."""
        return self.on if self.hour == time.min else None


@dataclass(frozen=True)
class Invited:
    """Somebody's invitation to a wave; answered by anything they did with it: begun, put off, paused, "not for me"."""

    wave: str
    on: date
    closes_on: date
    is_answered: bool = False
    wants_fewer: bool = False


def first_reminder(invited: Invited, calendar: Calendar, hours: Hours) -> Due | None:
    """The first reminder: three working days after the invitation, at the latest six."""
    return _reminder(invited, 1, calendar, hours)


def second_reminder(invited: Invited, calendar: Calendar, hours: Hours) -> Due | None:
    """The second and last: eight to ten working days after the invitation; none for whoever wants fewer."""
    return None if invited.wants_fewer else _reminder(invited, 2, calendar, hours)


def _reminder(invited: Invited, n: int, calendar: Calendar, hours: Hours) -> Due | None:
    """The n-th reminder, in its window as far as the wave is open then."""
    if invited.is_answered:
        return None
    first, last = (working_days_after(invited.on, days, calendar) for days in (_FIRST if n == 1 else _SECOND))
    window = (first, min(last, invited.closes_on))
    return due(Kind.REMINDER, f"{invited.wave}:{n}", window, calendar=calendar, hours=hours)


@dataclass(frozen=True)
class Paused:
    """A draft that its author paused on that date; over when they went on, or wanted no reminder."""

    draft_id: str
    on: date
    is_over: bool = False


def pause_reminder(paused: Paused, calendar: Calendar, hours: Hours) -> Due | None:
    """The one reminder of a pause, three working days after it. Another pause on another day has its own."""
    if paused.is_over:
        return None
    window = _once_after(paused.on, calendar)
    return due(Kind.PAUSED, f"{paused.draft_id}:{paused.on}", window, calendar=calendar, hours=hours)


@dataclass(frozen=True)
class Taken:
    """A story that its author took to a place for the first time on that date."""

    draft_id: str
    on: date
    is_answered: bool = False


def landing_question(taken: Taken, calendar: Calendar, hours: Hours) -> Due | None:
    """ "Did it land?", three working days after the story was taken, once for each story."""
    if taken.is_answered:
        return None
    window = _once_after(taken.on, calendar)
    return due(Kind.LANDED, taken.draft_id, window, calendar=calendar, hours=hours)


def _once_after(day: date, calendar: Calendar) -> tuple[date, date]:
    """The first and the last date for the one reminder of what happened on this day."""
    first = working_days_after(day, _ONCE, calendar)
    return first, working_days_after(first, _GRACE, calendar)


class Snooze(StrEnum):
    """How long something is put off."""

    LATER_TODAY = "later_today"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True)
class Until:
    """Until when something is put off: a local date, and an hour of it where that matters."""

    on: date
    hour: int | None = None

    def __str__(self) -> str:
        """As a part of an occurrence; pressing twice is one."""
        return f"{self.on}" if self.hour is None else f"{self.on}T{self.hour:02}"


def put_off(choice: Snooze, now: datetime, calendar: Calendar, hours: Hours) -> Until:
    """What a choice means at this moment.

    "Later today" is in about three hours, or the next decent day when today has no such hour left. "Next week" is
    the next first day of the person's own working week.
    """
    today = calendar.date_of(now)
    match choice:
        case Snooze.LATER_TODAY:
            later = calendar.local(next_decent(now + LATER, calendar, hours).at)
            return Until(today, later.hour) if later.date() == today else Until(later.date())
        case Snooze.TOMORROW:
            return Until(today + timedelta(days=1))
        case Snooze.NEXT_WEEK:
            first = calendar.week.ordered[0]
            return Until(today + timedelta(days=(first - today.weekday() - 1) % 7 + 1))


def first_chance(on: date, now: datetime, calendar: Calendar) -> datetime:
    """When something that is meant for a date may be asked about first, by the calendar its person lives by now."""
    return max(now, calendar.moment_of(on))


def is_choosable(day: date, now: datetime, calendar: Calendar) -> bool:
    """Whether something may be put off, or the bot be silent, until this date: from tomorrow to a year ahead."""
    today = calendar.date_of(now)
    return today < day <= today + LONGEST_PAUSE


@dataclass(frozen=True)
class Snoozed:
    """That somebody put something off; `closes_on` is the last day on which it makes sense, where there is one."""

    what: str
    until: Until
    closes_on: date | None = None


def snoozed(snooze: Snoozed, calendar: Calendar, hours: Hours) -> Due | None:
    """What was put off, once more: at the next decent hour of its date, in the zone where the person is by then."""
    until = snooze.until
    last = working_days_after(until.on, _GRACE, calendar)
    window = (until.on, min(last, snooze.closes_on or last))
    occurrence, hour = f"{snooze.what}:{until}", time(until.hour or 0)
    return due(Kind.SNOOZED, occurrence, window, hour=hour, calendar=calendar, hours=hours)


def due(
    kind: Kind,
    occurrence: str,
    window: tuple[date, date],
    *,
    calendar: Calendar,
    hours: Hours,
    hour: time = time.min,
) -> Due | None:
    """What is due in a window of local dates, both included; None when no decent hour lies in it."""
    on, last = window
    not_before = decent_on(on, calendar, hours, hour=hour).at
    not_after = calendar.moment_of(last + timedelta(days=1))
    return Due(kind, occurrence, on, not_before, not_after, hour) if not_before < not_after else None
