"""The re-check of a claim: whether a notice may be sent now, and if not, why, and whether it ever may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.budgets import BudgetLimit, BudgetSpent, ContactHistory, check_budget, is_unresponsive
from bot.rules.calendars import Calendar
from bot.rules.hours import AllowedHours, find_allowed_slot
from db.models import NoticeClass

RECHECK_INTERVAL = timedelta(minutes=15)
"""How soon to check again when the end of the obstacle is unknown."""


class UnsentReason(StrEnum):
    """Why a notice wasn't sent, or not yet. The values are stored, and become sentences elsewhere.

    They are in the order in which they're checked: first the final ones, and of these first the ones that everybody
    may know, so that a row never reveals more about somebody than it must; then the temporary ones.
    """

    INACTIVE = "inactive"
    NOT_A_MEMBER = "not_a_member"
    TOO_LATE = "too_late"
    TAKEN_OFF = "taken_off"
    STOPPED = "stopped"
    ANSWERED = "answered"
    UNRESPONSIVE = "faded"
    WAVE_BUDGET_SPENT = "wave_spent"
    HALTED = "halted"
    PAUSED = "paused"
    TOO_EARLY = "too_early"
    QUIET_HOURS = "quiet_hours"
    DO_NOT_DISTURB = "do_not_disturb"
    WEEK_BUDGET_SPENT = "week_spent"
    DUTY_TODAY = "duty_today"
    RATE_LIMITED = "pace"

    @property
    def is_private(self) -> bool:
        """Whether it must not be shown to an owner about one person: it's their own doing, or reveals it."""
        return self in _PRIVATE_REASONS


_PRIVATE_REASONS = {
    UnsentReason.STOPPED,
    UnsentReason.ANSWERED,
    UnsentReason.UNRESPONSIVE,
    UnsentReason.WAVE_BUDGET_SPENT,  # the budget of somebody who asked for fewer is spent sooner
    UnsentReason.PAUSED,
    UnsentReason.WEEK_BUDGET_SPENT,
}

_IGNORED_REASONS: Mapping[NoticeClass, frozenset[UnsentReason]] = {
    NoticeClass.CAMPAIGN: frozenset({UnsentReason.DUTY_TODAY}),
    # It follows from the person's yes, so no budget and no silence ends it; "stop" takes the yes back.
    NoticeClass.OWED: frozenset(
        {
            UnsentReason.UNRESPONSIVE,
            UnsentReason.WAVE_BUDGET_SPENT,
            UnsentReason.WEEK_BUDGET_SPENT,
            UnsentReason.DUTY_TODAY,
        }
    ),
    # Never dropped while its recipient is there and there is something to say.
    NoticeClass.DUTY: frozenset(
        {
            UnsentReason.TOO_LATE,
            UnsentReason.TAKEN_OFF,
            UnsentReason.STOPPED,
            UnsentReason.UNRESPONSIVE,
            UnsentReason.WAVE_BUDGET_SPENT,
            UnsentReason.PAUSED,
            UnsentReason.WEEK_BUDGET_SPENT,
        }
    ),
}


@dataclass(frozen=True)
class EligibilityFacts:
    """Everything known about a notice and its recipient at the moment of its claim."""

    notice_class: NoticeClass
    calendar: Calendar
    hours: AllowedHours
    is_active: bool = True
    is_member: bool = True
    is_erased: bool = False
    is_stopped: bool = False
    is_taken_off: bool = False
    """Whether an owner has removed the person from what the notice belongs to."""
    is_answered: bool = False
    """Whether it has been answered already, or its kind says that it's no longer wanted."""
    history: ContactHistory = field(default_factory=ContactHistory)
    is_halted: bool = False
    paused_until: date | None = None
    due_on: date | None = None
    """The local date before which it must not arrive, in the person's time zone at the time."""
    not_after: datetime | None = None
    do_not_disturb_until: datetime | None = None
    last_duty_at: datetime | None = None
    rate_limited_until: datetime | None = None


@dataclass(frozen=True)
class SendNow:
    """The notice may be sent now."""


@dataclass(frozen=True)
class WaitUntil:
    """The notice may be sent later; check it again at that moment."""

    until: datetime
    reason: UnsentReason


@dataclass(frozen=True)
class SuppressNotice:
    """The notice will never be sent: it isn't wanted, or has no recipient."""

    reason: UnsentReason


@dataclass(frozen=True)
class ExpireNotice:
    """The notice will never be sent: its time is over, or will be before it may be sent."""

    reason: UnsentReason


Decision = SendNow | WaitUntil | SuppressNotice | ExpireNotice


def decide(facts: EligibilityFacts, now: datetime) -> Decision:
    """Decide what to do with a notice at this moment."""
    ignored = _IGNORED_REASONS[facts.notice_class]
    for reason, holds in _final_reasons(facts, now):
        if holds and reason not in ignored:
            return ExpireNotice(reason) if reason is UnsentReason.TOO_LATE else SuppressNotice(reason)
    waits = [(reason, until) for reason, until in _temporary_reasons(facts, now) if reason not in ignored]
    if not waits:
        return SendNow()
    # All of them together, so that it isn't checked again after each.
    reason, latest = waits[0][0], max(until for _, until in waits)
    until = find_allowed_slot(latest, facts.calendar, facts.hours).starts_at
    if facts.not_after is not None and until >= facts.not_after and UnsentReason.TOO_LATE not in ignored:
        # Of several reasons a private one is named: what owners may read must not distinguish it.
        return ExpireNotice(next((one for one, _ in waits if one.is_private), reason))
    return WaitUntil(until, reason)


def _final_reasons(facts: EligibilityFacts, now: datetime) -> Iterator[tuple[UnsentReason, bool]]:
    """Yield the final reasons in the order of checking, and whether each holds."""
    spent = check_budget(facts.history, now)
    yield UnsentReason.INACTIVE, not facts.is_active
    yield UnsentReason.NOT_A_MEMBER, not facts.is_member
    yield UnsentReason.TOO_LATE, facts.not_after is not None and now >= facts.not_after
    yield UnsentReason.TAKEN_OFF, facts.is_taken_off
    yield UnsentReason.STOPPED, facts.is_stopped
    # No row reveals that somebody deleted everything: only a keyed hash does.
    yield UnsentReason.ANSWERED, facts.is_answered or facts.is_erased
    yield UnsentReason.UNRESPONSIVE, is_unresponsive(facts.history)
    yield UnsentReason.WAVE_BUDGET_SPENT, isinstance(spent, BudgetSpent) and spent.limit is BudgetLimit.WAVE


def _temporary_reasons(facts: EligibilityFacts, now: datetime) -> Iterator[tuple[UnsentReason, datetime]]:
    """Yield the temporary reasons that hold, in the order of checking, and until when."""
    calendar = facts.calendar
    spent = check_budget(facts.history, now)
    duty_on = facts.last_duty_at and calendar.local_date(facts.last_duty_at)
    moments: tuple[tuple[UnsentReason, datetime | None], ...] = (
        (UnsentReason.HALTED, now + RECHECK_INTERVAL if facts.is_halted else None),
        (UnsentReason.PAUSED, calendar.to_utc(facts.paused_until) if facts.paused_until else None),
        (UnsentReason.TOO_EARLY, calendar.to_utc(facts.due_on) if facts.due_on else None),
        (UnsentReason.QUIET_HOURS, find_allowed_slot(now, calendar, facts.hours).starts_at),
        (UnsentReason.DO_NOT_DISTURB, facts.do_not_disturb_until),
        (UnsentReason.WEEK_BUDGET_SPENT, spent.free_at if isinstance(spent, BudgetSpent) else None),
        (UnsentReason.DUTY_TODAY, calendar.to_utc(duty_on + timedelta(days=1)) if duty_on else None),
        (UnsentReason.RATE_LIMITED, facts.rate_limited_until),
    )
    yield from ((reason, until) for reason, until in moments if until is not None and until > now)
