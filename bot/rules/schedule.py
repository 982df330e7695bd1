"""When it rings: the reminders of an invitation, of a paused draft and of a taken story, and whatever was put off.

Each rule takes the dates of the facts, which are the person's own local dates from when they happened. An occurrence
is named after its fact, never after the day on which it happens to be due: that day moves when somebody changes zone,
week or country, and the same reminder must not come twice for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, nth_working_day_after
from bot.rules.hours import AllowedHours, first_allowed_on, next_allowed

LATER_TODAY_DELAY = timedelta(hours=3)
"""How much later "later today" is."""

MAX_PAUSE = timedelta(days=366)
"""How far ahead a date may be chosen; who wants longer wants "stop"."""

# In working days after the invitation, first and last. From the eighth on, the invitation is more than seven days
# ago even for those who work on every day; the two days between the windows keep two reminders apart.
_FIRST_REMINDER_WINDOW = (3, 6)
_SECOND_REMINDER_WINDOW = (8, 10)

_SINGLE_REMINDER_DAYS = 3
"""How many working days after a pause, or after a story was taken, the one reminder of it comes."""

_GRACE_DAYS = 5
"""How many working days later than planned a message may come that somebody is owed."""


class ScheduledKind(StrEnum):
    """What rings. The values are stored."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    PAUSED = "paused"
    LANDED = "landed"
    SNOOZED = "snoozed"


@dataclass(frozen=True)
class ScheduledNotice:
    """That something is to be said: once for its occurrence, from a decent hour of a local date on, until too late."""

    kind: ScheduledKind
    occurrence: str
    due_on: date
    not_before: datetime
    not_after: datetime
    hour: time = time.min
    """The hour before which it must not come; with one, it is bound to its moment and not to the date."""

    @property
    def floating_date(self) -> date | None:
        """The date that goes with its person wherever they are by then."""
        return self.due_on if self.hour == time.min else None


@dataclass(frozen=True)
class InvitationSent:
    """Somebody's invitation to a wave; answered by anything they did with it: begun, put off, paused, "not for me"."""

    wave_id: str
    sent_on: date
    closes_on: date
    is_answered: bool = False
    wants_fewer: bool = False


def schedule_first_reminder(
    invited: InvitationSent, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """The first reminder: three working days after the invitation, at the latest six."""
    return _schedule_reminder(invited, 1, calendar, hours)


def schedule_second_reminder(
    invited: InvitationSent, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """The second and last: eight to ten working days after the invitation; none for whoever wants fewer."""
    return None if invited.wants_fewer else _schedule_reminder(invited, 2, calendar, hours)


def _schedule_reminder(
    invited: InvitationSent, n: int, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """The n-th reminder, in its window as far as the wave is open then."""
    if invited.is_answered:
        return None
    first, last = (
        nth_working_day_after(invited.sent_on, days, calendar)
        for days in (_FIRST_REMINDER_WINDOW if n == 1 else _SECOND_REMINDER_WINDOW)
    )
    window = (first, min(last, invited.closes_on))
    return schedule_within(
        ScheduledKind.REMINDER, f"{invited.wave_id}:{n}", window, calendar=calendar, hours=hours
    )


@dataclass(frozen=True)
class DraftPause:
    """A draft that its author paused on that date; over when they went on, or wanted no reminder."""

    draft_id: str
    paused_on: date
    is_over: bool = False


def schedule_pause_reminder(
    paused: DraftPause, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """The one reminder of a pause, three working days after it. Another pause on another day has its own."""
    if paused.is_over:
        return None
    window = _single_reminder_window(paused.paused_on, calendar)
    return schedule_within(
        ScheduledKind.PAUSED, f"{paused.draft_id}:{paused.paused_on}", window, calendar=calendar, hours=hours
    )


@dataclass(frozen=True)
class StoryTaken:
    """A story that its author took to a place for the first time on that date."""

    draft_id: str
    taken_on: date
    is_answered: bool = False


def schedule_landing_question(
    taken: StoryTaken, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """ "Did it land?", three working days after the story was taken, once for each story."""
    if taken.is_answered:
        return None
    window = _single_reminder_window(taken.taken_on, calendar)
    return schedule_within(ScheduledKind.LANDED, taken.draft_id, window, calendar=calendar, hours=hours)


def _single_reminder_window(day: date, calendar: Calendar) -> tuple[date, date]:
    """The first and the last date for the one reminder of what happened on this day."""
    first = nth_working_day_after(day, _SINGLE_REMINDER_DAYS, calendar)
    return first, nth_working_day_after(first, _GRACE_DAYS, calendar)


class SnoozeChoice(StrEnum):
    """How long something is put off."""

    LATER_TODAY = "later_today"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True)
class SnoozeUntil:
    """Until when something is put off: a local date, and an hour of it where that matters."""

    day: date
    hour: int | None = None

    def __str__(self) -> str:
        """As a part of an occurrence; pressing twice is one."""
        return f"{self.day}" if self.hour is None else f"{self.day}T{self.hour:02}"


def snooze_until(choice: SnoozeChoice, now: datetime, calendar: Calendar, hours: AllowedHours) -> SnoozeUntil:
    """What a choice means at this moment.

    "Later today" is in about three hours, or the next decent day when today has no such hour left. "Next week" is
    the next first day of the person's own working week.
    """
    today = calendar.local_date(now)
    match choice:
        case SnoozeChoice.LATER_TODAY:
            later = calendar.to_local(next_allowed(now + LATER_TODAY_DELAY, calendar, hours).starts_at)
            return SnoozeUntil(today, later.hour) if later.date() == today else SnoozeUntil(later.date())
        case SnoozeChoice.TOMORROW:
            return SnoozeUntil(today + timedelta(days=1))
        case SnoozeChoice.NEXT_WEEK:
            first = calendar.week.ordered_days[0]
            return SnoozeUntil(today + timedelta(days=(first - today.weekday() - 1) % 7 + 1))


def earliest_check(on: date, now: datetime, calendar: Calendar) -> datetime:
    """When something that is meant for a date may be asked about first, by the calendar its person lives by now."""
    return max(now, calendar.to_utc(on))


def is_selectable_date(day: date, now: datetime, calendar: Calendar) -> bool:
    """Whether something may be put off, or the bot be silent, until this date: from tomorrow to a year ahead."""
    today = calendar.local_date(now)
    return today < day <= today + MAX_PAUSE


@dataclass(frozen=True)
class NoticeSnoozed:
    """That somebody put something off; `closes_on` is the last day on which it makes sense, where there is one."""

    subject: str
    until: SnoozeUntil
    closes_on: date | None = None


def schedule_snoozed(
    snooze: NoticeSnoozed, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """What was put off, once more: at the next decent hour of its date, in the zone where the person is by then."""
    until = snooze.until
    last = nth_working_day_after(until.day, _GRACE_DAYS, calendar)
    window = (until.day, min(last, snooze.closes_on or last))
    occurrence, hour = f"{snooze.subject}:{until}", time(until.hour or 0)
    return schedule_within(
        ScheduledKind.SNOOZED, occurrence, window, hour=hour, calendar=calendar, hours=hours
    )


def schedule_within(
    kind: ScheduledKind,
    occurrence: str,
    window: tuple[date, date],
    *,
    calendar: Calendar,
    hours: AllowedHours,
    hour: time = time.min,
) -> ScheduledNotice | None:
    """What is due in a window of local dates, both included; None when no decent hour lies in it."""
    on, last = window
    not_before = first_allowed_on(on, calendar, hours, hour=hour).starts_at
    not_after = calendar.to_utc(last + timedelta(days=1))
    return (
        ScheduledNotice(kind, occurrence, on, not_before, not_after, hour) if not_before < not_after else None
    )
