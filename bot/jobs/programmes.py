"""Taking in what is set for the programme, for another process may have changed it."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.programme.settings import refresh_programme


async def refresh_settings(services: Services, now: datetime) -> int:
    """Look them up again."""
    await refresh_programme(services)
    return 0
