"""Dates and times as people read them: in their own time zone and language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.i18n import Texts


def format_local_date(at: datetime, texts: Texts, tz: str | None) -> str:
    """Return the date on which this was, in the person's time zone."""
    return format_date(at.astimezone(_zone_or_utc(tz)).date(), texts)


def format_date(day: date, texts: Texts) -> str:
    """Return a date that is the same in every time zone."""
    return texts.label("date-day", day=str(day.day), month=day.month, year=str(day.year))


def format_local_datetime(at: datetime, texts: Texts, tz: str | None) -> str:
    """Return the date and time of day in the person's time zone."""
    local = at.astimezone(_zone_or_utc(tz))
    return texts.label(
        "date-moment", date=format_local_date(at, texts, tz), time=f"{local.hour:02}:{local.minute:02}"
    )


def _zone_or_utc(tz: str | None) -> ZoneInfo:
    """Return the person's time zone; UTC for one that is missing or unknown."""
    try:
        return ZoneInfo(tz or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
