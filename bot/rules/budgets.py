"""How much the programme may want of one person, across all campaign messages; and when silence is an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)
NEW_WAVE = timedelta(days=90)
"""How long somebody who has fallen silent is left alone before another wave may ask again."""

_OTHERS = 2
"""How many unanswered campaign messages outside a series are an answer."""


class Part(StrEnum):
    """What a campaign message was: a part of an invitation's series, or another kind."""

    INVITATION = "invitation"
    FIRST_REMINDER = "first_reminder"
    SECOND_REMINDER = "second_reminder"
    OTHER = "other"


@dataclass(frozen=True)
class Campaign:
    """A campaign message that went out, or may have: what nobody knows the fate of counts as sent."""

    at: datetime
    part: Part = Part.OTHER


@dataclass(frozen=True)
class History:
    """What one person has had from the programme, and how they took it."""

    sent: tuple[Campaign, ...] = ()
    returned_at: datetime | None = None
    """When they last pressed, wrote or opened anything of the bot's."""
    wave_opened_at: datetime | None = None
    """When the latest wave opened for them."""
    wants_fewer: bool = False


@dataclass(frozen=True)
class Allowance:
    """How many campaign messages one person may get in any seven days, and in a wave."""

    week: int
    wave: int


USUAL = Allowance(week=2, wave=4)
FEWER = Allowance(week=1, wave=2)
"""What "fewer" means: half of it all; of the series, the invitation and its first reminder."""


class Limit(StrEnum):
    """Which part of the budget is spent."""

    WEEK = "week"
    WAVE = "wave"


@dataclass(frozen=True)
class Free:
    """One more may go out now."""


@dataclass(frozen=True)
class Spent:
    """None may go out now; again from `free_at` on, or in another wave when there is no such moment in this one."""

    limit: Limit
    free_at: datetime | None


def budget(history: History, now: datetime) -> Free | Spent:
    """Whether one more campaign message fits: the wave is asked first, for waiting does not help there."""
    allowance = FEWER if history.wants_fewer else USUAL
    opened = history.wave_opened_at
    if opened is not None and sum(c.at >= opened for c in history.sent) >= allowance.wave:
        return Spent(Limit.WAVE, None)
    latest = sorted(c.at for c in history.sent)[-allowance.week :]
    if len(latest) == allowance.week and now < latest[0] + WEEK:
        return Spent(Limit.WEEK, latest[0] + WEEK)
    return Free()


def is_faded(history: History) -> bool:
    """Whether they let a whole series, or two messages of other kinds, go by without a sign.

    It ends when they come back by themselves, or when a wave opens 90 days or more after the last of these.
    """
    unanswered = [c for c in history.sent if history.returned_at is None or c.at > history.returned_at]
    if opened := history.wave_opened_at:
        before = [c.at for c in unanswered if c.at < opened]
        if before and opened - max(before) >= NEW_WAVE:
            unanswered = [c for c in unanswered if c.at >= opened]
    parts = [c.part for c in unanswered]
    ends = {Part.SECOND_REMINDER} | ({Part.FIRST_REMINDER} if history.wants_fewer else set())
    whole_series = Part.INVITATION in parts and not ends.isdisjoint(parts)
    return whole_series or parts.count(Part.OTHER) >= _OTHERS
