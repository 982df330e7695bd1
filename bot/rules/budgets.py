"""The budget of campaign messages to one person, and when silence counts as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BUDGET_PERIOD = timedelta(days=7)
SILENCE_PERIOD = timedelta(days=90)
"""The pause before another wave may invite somebody who has stopped responding."""

_MAX_UNANSWERED_OTHERS = 2
"""The number of unanswered campaign messages outside a series that count as an answer."""


class CampaignPart(StrEnum):
    """The kind of a campaign message: a part of an invitation's series, or another."""

    INVITATION = "invitation"
    FIRST_REMINDER = "first_reminder"
    SECOND_REMINDER = "second_reminder"
    OTHER = "other"


@dataclass(frozen=True)
class CampaignMessage:
    """A campaign message that was sent; one of unknown fate counts as sent."""

    sent_at: datetime
    part: CampaignPart = CampaignPart.OTHER


@dataclass(frozen=True)
class ContactHistory:
    """The campaign messages that one person has received, and how they reacted."""

    sent: tuple[CampaignMessage, ...] = ()
    returned_at: datetime | None = None
    """When they last pressed a button, wrote to the bot or opened its Home tab or a modal."""
    wave_opened_at: datetime | None = None
    """When the latest wave opened for them."""
    wants_fewer: bool = False


@dataclass(frozen=True)
class MessageAllowance:
    """The number of campaign messages allowed to one person in any seven days, and in a wave."""

    per_week: int
    per_wave: int


USUAL_ALLOWANCE = MessageAllowance(per_week=2, per_wave=4)
REDUCED_ALLOWANCE = MessageAllowance(per_week=1, per_wave=2)
"""The allowance after "fewer": half of each; of the series, the invitation and its first reminder."""


class BudgetLimit(StrEnum):
    """The part of the budget that is spent."""

    WEEK = "week"
    WAVE = "wave"


@dataclass(frozen=True)
class BudgetFree:
    """One more may go out now."""


@dataclass(frozen=True)
class BudgetSpent:
    """No message may go out before `free_at`; when that is None, not before another wave."""

    limit: BudgetLimit
    free_at: datetime | None


def check_budget(history: ContactHistory, now: datetime) -> BudgetFree | BudgetSpent:
    """Return whether one more campaign message fits; the wave's limit comes first, as waiting doesn't help there."""
    allowance = REDUCED_ALLOWANCE if history.wants_fewer else USUAL_ALLOWANCE
    opened = history.wave_opened_at
    if opened is not None and sum(c.sent_at >= opened for c in history.sent) >= allowance.per_wave:
        return BudgetSpent(BudgetLimit.WAVE, None)
    latest = sorted(c.sent_at for c in history.sent)[-allowance.per_week :]
    if len(latest) == allowance.per_week and now < latest[0] + BUDGET_PERIOD:
        return BudgetSpent(BudgetLimit.WEEK, latest[0] + BUDGET_PERIOD)
    return BudgetFree()


def is_unresponsive(history: ContactHistory) -> bool:
    """Return whether the person let a whole series, or two messages of other kinds, pass without reacting.

    That ends when they come back on their own, or when a wave opens 90 days or more after the last of these.
    """
    unanswered = [c for c in history.sent if history.returned_at is None or c.sent_at > history.returned_at]
    if opened := history.wave_opened_at:
        before = [c.sent_at for c in unanswered if c.sent_at < opened]
        if before and opened - max(before) >= SILENCE_PERIOD:
            unanswered = [c for c in unanswered if c.sent_at >= opened]
    parts = [c.part for c in unanswered]
    ends = {CampaignPart.SECOND_REMINDER} | ({CampaignPart.FIRST_REMINDER} if history.wants_fewer else set())
    whole_series = CampaignPart.INVITATION in parts and not ends.isdisjoint(parts)
    return whole_series or parts.count(CampaignPart.OTHER) >= _MAX_UNANSWERED_OTHERS
