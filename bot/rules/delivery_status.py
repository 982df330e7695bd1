"""How delivery stands, as owners may read it: nothing that one person does or leaves undone can be worked out from it.

Owners know who stands on the list of a wave, and can be in league with all of them but one. So what went to people is
told by the list alone: how many were to be invited, from which day on. What became of an invitation, and whatever
follows from it, such as a reminder, is not counted, not even rounded: the one who is left would make the difference.
What Slack refuses to five people or more is the one exception: its name tells that so many were written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.calendars import programme_calendar
from db.models.programmes import Programme
from db.models.waves import StoredWave

BEHIND_AFTER = timedelta(minutes=15)
"""How long something may have been due before the bot is behind."""

RECENT_PERIOD = timedelta(days=14)
"""How far back it is told what went out."""


class DeliveryStatus(StrEnum):
    """How it stands."""

    OFF = "off"
    HALTED = "halted"
    HALTED_BY_ITSELF = "halted_by_itself"
    BEHIND = "behind"
    WELL = "well"


def assess_delivery(
    programme: Programme, oldest_due: datetime | None, now: datetime, *, is_off: bool
) -> DeliveryStatus:
    """How it stands; of two things the one that has to be mended first."""
    if is_off:
        return DeliveryStatus.OFF
    if programme.halted_at is not None:
        return (
            DeliveryStatus.HALTED_BY_ITSELF if programme.halted_for == "opt_outs" else DeliveryStatus.HALTED
        )
    return (
        DeliveryStatus.BEHIND
        if oldest_due is not None and now - oldest_due > BEHIND_AFTER
        else DeliveryStatus.WELL
    )


def recent_since(programme: Programme, now: datetime) -> datetime:
    """From which moment on it is told what went out: the first of a day of the programme's."""
    calendar = programme_calendar(programme)
    return calendar.to_utc(calendar.local_date(now) - RECENT_PERIOD)


def recently_opened_waves(started: Iterable[StoredWave], today: date) -> tuple[StoredWave, ...]:
    """Return the waves that opened in the last two weeks; those that opened on one day as they were started."""
    found = (wave for wave in started if today - RECENT_PERIOD <= wave.opens_on <= today)
    return tuple(sorted(found, key=lambda wave: (wave.opens_on, wave.started_at or wave.created_at, wave.id)))


_WAIT_CAUSES: Mapping[str, str] = {
    "halted": "halted",
    "workspace_off": "slack",
    "ratelimited": "slack",
    "unconnected": "slack",
    "pace": "slack",
    "quiet_hours": "hours",
}


def wait_cause(reason: str | None, *, is_halted: bool) -> str:
    """What something waits for that is to be said in a channel: `halted`, `slack`, `hours`, or its `time`."""
    return "halted" if is_halted else _WAIT_CAUSES.get(reason or "", "time")
