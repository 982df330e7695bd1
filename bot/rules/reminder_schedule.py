"""The schedule of notices: reminders of an invitation and a paused draft, the landing question, and snoozed ones.

Each rule takes the dates of the facts, as the person's local dates when they happened. An occurrence is named after its
fact, never after its due day: that day moves when somebody changes time zone, week or country, and the same reminder
must not come twice because of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, nth_working_day_after
from bot.rules.hours import AllowedHours, find_allowed_slot, find_allowed_slot_from

LATER_TODAY_DELAY = timedelta(hours=3)
"""The delay of "later today"."""

MAX_PAUSE = timedelta(days=366)
"""How far ahead a date may be chosen; for longer than that there is "stop"."""

# In working days after the invitation, first and last. From the eighth on, the invitation is more than seven days
# ago even for those who work on every day; the two days between the windows keep two reminders apart.
_FIRST_REMINDER_WINDOW = (3, 6)
_SECOND_REMINDER_WINDOW = (8, 10)

_SINGLE_REMINDER_DAYS = 3
"""The number of working days from a pause, or from taking a story, to its one reminder."""

_GRACE_DAYS = 5
"""The number of working days by which an owed message may be late."""


class ScheduledKind(StrEnum):
    """The kind of a scheduled notice. The values are stored."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    PAUSED = "paused"
    LANDED = "landed"
    SNOOZED = "snoozed"


@dataclass(frozen=True)
class ScheduledNotice:
    """A notice to send once for its occurrence, from an allowed hour of a local date until it's too late."""

    kind: ScheduledKind
    occurrence: str
    due_on: date
    not_before: datetime
    not_after: datetime
    hour: time = time.min
    """The hour before which it must not come; a notice with one is bound to its moment, not to its date."""

    @property
    def floating_date(self) -> date | None:
        """The date that follows the person into another time zone."""
        return self.due_on if self.hour == time.min else None


@dataclass(frozen=True)
class InvitationSent:
    """An invitation to a wave; anything done with it is an answer: started, snoozed, paused, "not for me"."""

    wave_id: str
    sent_on: date
    closes_on: date
    is_answered: bool = False
    wants_fewer: bool = False


def schedule_first_reminder(
    invited: InvitationSent, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """Schedule the first reminder: three working days after the invitation, six at the latest."""
    return _schedule_reminder(invited, 1, calendar, hours)


def schedule_second_reminder(
    invited: InvitationSent, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """Schedule the second and last: eight to ten working days after the invitation; none if they want fewer."""
    return None if invited.wants_fewer else _schedule_reminder(invited, 2, calendar, hours)


def _schedule_reminder(
    invited: InvitationSent, n: int, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """Schedule the n-th reminder in its window, as far as the wave is open then."""
    if invited.is_answered:
        return None
    first, last = (
        nth_working_day_after(invited.sent_on, days, calendar)
        for days in (_FIRST_REMINDER_WINDOW if n == 1 else _SECOND_REMINDER_WINDOW)
    )
    window = (first, min(last, invited.closes_on))
    return schedule_notice_in_window(
        ScheduledKind.REMINDER, f"{invited.wave_id}:{n}", window, calendar=calendar, hours=hours
    )


@dataclass(frozen=True)
class DraftPause:
    """A pause of a draft on that date; over when its author resumed, or wants no reminder."""

    draft_id: str
    paused_on: date
    is_over: bool = False


def schedule_pause_reminder(
    paused: DraftPause, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """Schedule the one reminder of a pause, three working days after it; a pause on another day has another."""
    if paused.is_over:
        return None
    window = _single_reminder_window(paused.paused_on, calendar)
    return schedule_notice_in_window(
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
    """Schedule "Did it land?", three working days after the story was taken, once for each story."""
    if taken.is_answered:
        return None
    window = _single_reminder_window(taken.taken_on, calendar)
    return schedule_notice_in_window(
        ScheduledKind.LANDED, taken.draft_id, window, calendar=calendar, hours=hours
    )


def _single_reminder_window(day: date, calendar: Calendar) -> tuple[date, date]:
    """Return the first and last date for the one reminder of what happened on this day."""
    first = nth_working_day_after(day, _SINGLE_REMINDER_DAYS, calendar)
    return first, nth_working_day_after(first, _GRACE_DAYS, calendar)


class SnoozeChoice(StrEnum):
    """How long a notice is snoozed."""

    LATER_TODAY = "later_today"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True)
class SnoozeUntil:
    """The end of a snooze: a local date, and an hour where that matters."""

    day: date
    hour: int | None = None

    def __str__(self) -> str:
        """Return the part of an occurrence; pressing twice gives the same one."""
        return f"{self.day}" if self.hour is None else f"{self.day}T{self.hour:02}"


def snooze_end(choice: SnoozeChoice, now: datetime, calendar: Calendar, hours: AllowedHours) -> SnoozeUntil:
    """Return the end of a snooze by a choice made at this moment.

    "Later today" is in about three hours, or the next allowed day when today has no such hour left. "Next week" is
    the next first day of the person's own working week.
    """
    today = calendar.local_date(now)
    match choice:
        case SnoozeChoice.LATER_TODAY:
            later = calendar.to_local(find_allowed_slot(now + LATER_TODAY_DELAY, calendar, hours).starts_at)
            return SnoozeUntil(today, later.hour) if later.date() == today else SnoozeUntil(later.date())
        case SnoozeChoice.TOMORROW:
            return SnoozeUntil(today + timedelta(days=1))
        case SnoozeChoice.NEXT_WEEK:
            first = calendar.week.ordered_days[0]
            return SnoozeUntil(today + timedelta(days=(first - today.weekday() - 1) % 7 + 1))


def earliest_check(on: date, now: datetime, calendar: Calendar) -> datetime:
    """Return when a notice for a date may be checked first, by the calendar its recipient lives by now."""
    return max(now, calendar.to_utc(on))


def is_selectable_date(day: date, now: datetime, calendar: Calendar) -> bool:
    """Return whether a snooze or a quiet time may end on this date: from tomorrow to a year ahead."""
    today = calendar.local_date(now)
    return today < day <= today + MAX_PAUSE


@dataclass(frozen=True)
class NoticeSnoozed:
    """A snooze of a notice; `closes_on` is the last day on which the notice makes sense, if there is one."""

    subject: str
    until: SnoozeUntil
    closes_on: date | None = None


def schedule_snoozed(
    snooze: NoticeSnoozed, calendar: Calendar, hours: AllowedHours
) -> ScheduledNotice | None:
    """Schedule a snoozed notice for the next allowed hour of its date, in the person's time zone by then."""
    until = snooze.until
    last = nth_working_day_after(until.day, _GRACE_DAYS, calendar)
    window = (until.day, min(last, snooze.closes_on or last))
    occurrence, hour = f"{snooze.subject}:{until}", time(until.hour or 0)
    return schedule_notice_in_window(
        ScheduledKind.SNOOZED, occurrence, window, hour=hour, calendar=calendar, hours=hours
    )


def schedule_notice_in_window(
    kind: ScheduledKind,
    occurrence: str,
    window: tuple[date, date],
    *,
    calendar: Calendar,
    hours: AllowedHours,
    hour: time = time.min,
) -> ScheduledNotice | None:
    """Schedule a notice in a window of local dates, both included; None when it has no allowed hour."""
    on, last = window
    not_before = find_allowed_slot_from(on, calendar, hours, hour=hour).starts_at
    not_after = calendar.to_utc(last + timedelta(days=1))
    return (
        ScheduledNotice(kind, occurrence, on, not_before, not_after, hour) if not_before < not_after else None
    )
