"""Moments as people read them: in the person's own zone, in the words of their language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.i18n import Texts


def format_local_date(at: datetime, texts: Texts, tz: str | None) -> str:
    """The date on which this was, where the person lives."""
    return format_date(at.astimezone(_zone_or_utc(tz)).date(), texts)


def format_date(day: date, texts: Texts) -> str:
    """A date that is the same everywhere."""
    return texts.label("date-day", day=str(day.day), month=day.month, year=str(day.year))


def format_local_datetime(at: datetime, texts: Texts, tz: str | None) -> str:
    """The date and the time of day."""
    local = at.astimezone(_zone_or_utc(tz))
    return texts.label(
        "date-moment", date=format_local_date(at, texts, tz), time=f"{local.hour:02}:{local.minute:02}"
    )


def _zone_or_utc(tz: str | None) -> ZoneInfo:
    """The person's zone; UTC for one that is missing or that nobody knows."""
    try:
        return ZoneInfo(tz or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
