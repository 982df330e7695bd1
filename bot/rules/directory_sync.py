"""When the directory is synced with Slack: once a night, and again soon after a failure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.rules.calendars import Calendar
from db.models.programmes import DirectorySync

NIGHTLY_AT = time(3)
RETRY_AFTER = timedelta(hours=1)
STALLED_AFTER = timedelta(minutes=10)
"""A sync without progress for this long has died with its process; another may start."""


def is_sync_due(latest: DirectorySync | None, now: datetime, calendar: Calendar) -> bool:
    """Return whether to sync: never synced, the last sync failed or stalled, or none since tonight's time."""
    if latest is None:
        return True
    if latest.done_at is None:
        return now - latest.touched_at > STALLED_AFTER
    if latest.problem is not None:
        return now - latest.done_at >= RETRY_AFTER
    night = calendar.to_utc(calendar.local_date(now), NIGHTLY_AT)
    return latest.started_at < night <= now
