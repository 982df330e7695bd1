"""Taking in what is set for the programme, for another process may have changed it."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.programme.settings import look_up


async def look_at_settings(services: Services, now: datetime) -> int:
    """Look them up again."""
    await look_up(services)
    return 0
