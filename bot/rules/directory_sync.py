"""When everybody is read from Slack again: once a night, and soon after it failed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.rules.calendars import Calendar
from db.models.programmes import DirectorySync

NIGHTLY_AT = time(3)
RETRY_AFTER = timedelta(hours=1)
STALLED_AFTER = timedelta(minutes=10)
"""A pass of which nothing was heard for so long died with its process; another one may begin."""


def is_sync_due(latest: DirectorySync | None, now: datetime, calendar: Calendar) -> bool:
    """Whether a pass should begin: none was made, the last one failed, or there was none since this night."""
    if latest is None:
        return True
    if latest.done_at is None:
        return now - latest.touched_at > STALLED_AFTER
    if latest.problem is not None:
        return now - latest.done_at >= RETRY_AFTER
    night = calendar.to_utc(calendar.local_date(now), NIGHTLY_AT)
    return latest.started_at < night <= now
