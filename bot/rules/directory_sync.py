"""When everybody is read from Slack again: once a night, and soon after it failed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.rules.calendars import Calendar
from db.models.programmes import Pass

NIGHT = time(3)
AGAIN = timedelta(hours=1)
SILENT = timedelta(minutes=10)
"""A pass of which nothing was heard for so long died with its process; another one may begin."""


def is_due(latest: Pass | None, now: datetime, calendar: Calendar) -> bool:
    """Whether a pass should begin: none was made, the last one failed, or there was none since this night."""
    if latest is None:
        return True
    if latest.done_at is None:
        return now - latest.touched_at > SILENT
    if latest.problem is not None:
        return now - latest.done_at >= AGAIN
    night = calendar.moment_of(calendar.date_of(now), NIGHT)
    return latest.begun_at < night <= now
