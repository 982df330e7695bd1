"""Closing a day: publishing figures about people taking part, and judging how many people said stop."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.waves import participation


async def close_day(services: Services, now: datetime) -> int:
    """Return how many waves were counted; nothing before the day is over in the programme's time zone."""
    return await participation.close_day(services, now)
