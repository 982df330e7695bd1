"""Showing again what was saved and never shown, because a process died in between."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.stories.reshow import show_unshown


async def retry_unshown(services: Services, now: datetime) -> int:
    """Show what waits; the workflow logs each one by itself."""
    await show_unshown(services)
    return 0
