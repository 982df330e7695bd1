"""Publishing figures about people taking part, once a day."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows import participating


async def publish_figures(services: Services, now: datetime) -> int:
    """Return how many waves were counted; nothing before the day is over in the programme's time zone."""
    return await participating.publish_figures(services, now)
