"""The one re-check of a claim: whether a notice may go out now, and if not, why not and whether it ever may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.budgets import History, Limit, Spent, budget, is_faded
from bot.rules.calendars import Calendar
from bot.rules.hours import Hours, next_decent
from db.models import NoticeClass

LOOK_AGAIN = timedelta(minutes=15)
"""How soon to look again where nobody knows when it will be over."""


class Reason(StrEnum):
    """Why a notice did not go out, or not yet. The values are stored, and become sentences elsewhere.

    They stand in the order in which they are asked: first what nothing can change, and of that first what
    everybody may know, so that a row never tells of somebody more than it must; then what time will change.
    """

    INACTIVE = "inactive"
    NOT_A_MEMBER = "not_a_member"
    TOO_LATE = "too_late"
    TAKEN_OFF = "taken_off"
    STOPPED = "stopped"
    ANSWERED = "answered"
    FADED = "faded"
    WAVE_SPENT = "wave_spent"
    HALTED = "halted"
    WORKSPACE_OFF = "workspace_off"
    PAUSED = "paused"
    TOO_EARLY = "too_early"
    QUIET_HOURS = "quiet_hours"
    DO_NOT_DISTURB = "do_not_disturb"
    WEEK_SPENT = "week_spent"
    DUTY_TODAY = "duty_today"
    PACE = "pace"

    @property
    def is_private(self) -> bool:
        """Whether an owner may not read it of one person: it is their own doing, or lets that be worked out."""
        return self in _PRIVATE


_PRIVATE = {
    Reason.STOPPED,
    Reason.ANSWERED,
    Reason.FADED,
    Reason.WAVE_SPENT,  # the budget of whoever asked for fewer is spent sooner
    Reason.PAUSED,
    Reason.WEEK_SPENT,
}

_IGNORED: Mapping[NoticeClass, frozenset[Reason]] = {
    NoticeClass.CAMPAIGN: frozenset({Reason.DUTY_TODAY}),
    # It follows from a yes, so no budget and no silence ends it; "stop" takes the yes back.
    NoticeClass.OWED: frozenset({Reason.FADED, Reason.WAVE_SPENT, Reason.WEEK_SPENT, Reason.DUTY_TODAY}),
    # Never dropped while there is somebody to tell, and something to tell them.
    NoticeClass.DUTY: frozenset(
        {
            Reason.TOO_LATE,
            Reason.TAKEN_OFF,
            Reason.STOPPED,
            Reason.FADED,
            Reason.WAVE_SPENT,
            Reason.PAUSED,
            Reason.WEEK_SPENT,
        }
    ),
}


@dataclass(frozen=True)
class Facts:
    """Everything that is known of a notice and of whom it is for, at the moment of its claim."""

    notice_class: NoticeClass
    calendar: Calendar
    hours: Hours
    is_active: bool = True
    is_member: bool = True
    is_erased: bool = False
    is_stopped: bool = False
    is_taken_off: bool = False
    """Whether whoever asked for it to be sent has taken this person off."""
    is_answered: bool = False
    """Whether it has been answered already, or is not wanted any more for a reason of its kind."""
    history: History = field(default_factory=History)
    is_halted: bool = False
    is_installed: bool = True
    paused_until: date | None = None
    on: date | None = None
    """The local date before which it must not come, wherever the person is by then."""
    not_after: datetime | None = None
    undisturbed_until: datetime | None = None
    last_duty_at: datetime | None = None
    paced_until: datetime | None = None


@dataclass(frozen=True)
class Send:
    """It may go out now."""


@dataclass(frozen=True)
class Wait:
    """It may go out later, and is to be asked about again at that moment."""

    until: datetime
    reason: Reason


@dataclass(frozen=True)
class Suppress:
    """It will never go out, for it is not wanted, or there is nobody to tell."""

    reason: Reason


@dataclass(frozen=True)
class Expire:
    """It will never go out, for its time is over, or will be before what holds it back is."""

    reason: Reason


Verdict = Send | Wait | Suppress | Expire


def verdict(facts: Facts, now: datetime) -> Verdict:
    """What becomes of a notice at this moment."""
    ignored = _IGNORED[facts.notice_class]
    for reason, holds in _ends(facts, now):
        if holds and reason not in ignored:
            return Expire(reason) if reason is Reason.TOO_LATE else Suppress(reason)
    waits = [(reason, until) for reason, until in _waits(facts, now) if reason not in ignored]
    if not waits:
        return Send()
    # One look at all of them together, so that it is not woken for each in turn.
    reason, latest = waits[0][0], max(until for _, until in waits)
    until = next_decent(latest, facts.calendar, facts.hours).at
    if facts.not_after is not None and until >= facts.not_after and Reason.TOO_LATE not in ignored:
        # Of several that hold it, one of the person's own is named: what owners may read must not tell it apart.
        return Expire(next((one for one, _ in waits if one.is_private), reason))
    return Wait(until, reason)


def _ends(facts: Facts, now: datetime) -> Iterator[tuple[Reason, bool]]:
    """What ends it for good, in the order in which it is asked, and whether it does."""
    spent = budget(facts.history, now)
    yield Reason.INACTIVE, not facts.is_active
    yield Reason.NOT_A_MEMBER, not facts.is_member
    yield Reason.TOO_LATE, facts.not_after is not None and now >= facts.not_after
    yield Reason.TAKEN_OFF, facts.is_taken_off
    yield Reason.STOPPED, facts.is_stopped
    # No row tells that somebody deleted everything: only a keyed hash does.
    yield Reason.ANSWERED, facts.is_answered or facts.is_erased
    yield Reason.FADED, is_faded(facts.history)
    yield Reason.WAVE_SPENT, isinstance(spent, Spent) and spent.limit is Limit.WAVE


def _waits(facts: Facts, now: datetime) -> Iterator[tuple[Reason, datetime]]:
    """What holds it back for now, in the order in which it is asked, and until when."""
    calendar = facts.calendar
    spent = budget(facts.history, now)
    duty_on = facts.last_duty_at and calendar.date_of(facts.last_duty_at)
    moments: tuple[tuple[Reason, datetime | None], ...] = (
        (Reason.HALTED, now + LOOK_AGAIN if facts.is_halted else None),
        (Reason.WORKSPACE_OFF, None if facts.is_installed else now + LOOK_AGAIN),
        (Reason.PAUSED, calendar.moment_of(facts.paused_until) if facts.paused_until else None),
        (Reason.TOO_EARLY, calendar.moment_of(facts.on) if facts.on else None),
        (Reason.QUIET_HOURS, next_decent(now, calendar, facts.hours).at),
        (Reason.DO_NOT_DISTURB, facts.undisturbed_until),
        (Reason.WEEK_SPENT, spent.free_at if isinstance(spent, Spent) else None),
        (Reason.DUTY_TODAY, calendar.moment_of(duty_on + timedelta(days=1)) if duty_on else None),
        (Reason.PACE, facts.paced_until),
    )
    yield from ((reason, until) for reason, until in moments if until is not None and until > now)
