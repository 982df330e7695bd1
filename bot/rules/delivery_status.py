"""Delivery status as owners may read it: it reveals nothing that one person does or doesn't do.

Owners know who is on the list of a wave, and may conspire with all of them but one. So what was sent to people is
shown by the list alone: the number of people to invite, and the first day. What became of an invitation, and what
follows from it, such as a reminder, isn't counted, not even rounded: the remaining person would make the difference.
The one exception is what Slack refuses for five people or more: that reveals that at least five were written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.calendars import programme_calendar
from db.models.programmes import Programme
from db.models.waves import StoredWave

BEHIND_AFTER = timedelta(minutes=15)
"""How long a notice may be overdue before the bot counts as behind."""

RECENT_PERIOD = timedelta(days=14)
"""The period that the status page covers."""


class DeliveryStatus(StrEnum):
    """The status of delivery."""

    OFF = "off"
    HALTED = "halted"
    HALTED_BY_ITSELF = "halted_by_itself"
    BEHIND = "behind"
    WELL = "well"


def assess_delivery(
    programme: Programme, oldest_due: datetime | None, now: datetime, *, is_off: bool
) -> DeliveryStatus:
    """Return the status; of two, the one that must be fixed first."""
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


def recent_period_start(programme: Programme, now: datetime) -> datetime:
    """Return the start of the period that the status page covers: the start of a day of the programme."""
    calendar = programme_calendar(programme)
    return calendar.to_utc(calendar.local_date(now) - RECENT_PERIOD)


def recently_opened_waves(started: Iterable[StoredWave], today: date) -> tuple[StoredWave, ...]:
    """Return the waves that opened in the last two weeks, by opening day and then by start."""
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


def post_wait_cause(reason: str | None, *, is_halted: bool) -> str:
    """Return what a channel post waits for: `halted`, `slack`, `hours`, or its `time`."""
    return "halted" if is_halted else _WAIT_CAUSES.get(reason or "", "time")
