"""Showing again what was saved and never shown, because a process died in between."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.stories.show import show_unshown


async def show_again(services: Services, now: datetime) -> int:
    """Show what waits; the workflow logs each one by itself."""
    await show_unshown(services)
    return 0
