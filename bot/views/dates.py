"""Moments as people read them: in the person's own zone, in the words of their language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.i18n import Texts


def day(at: datetime, texts: Texts, tz: str | None) -> str:
    """The date on which this was, where the person lives."""
    return on(at.astimezone(_zone(tz)).date(), texts)


def on(day: date, texts: Texts) -> str:
    """A date that is the same everywhere."""
    return texts.label("date-day", day=str(day.day), month=day.month, year=str(day.year))


def moment(at: datetime, texts: Texts, tz: str | None) -> str:
    """The date and the time of day."""
    local = at.astimezone(_zone(tz))
    return texts.label("date-moment", date=day(at, texts, tz), time=f"{local.hour:02}:{local.minute:02}")


def _zone(tz: str | None) -> ZoneInfo:
    """The person's zone; UTC for one that is missing or that nobody knows."""
    try:
        return ZoneInfo(tz or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
