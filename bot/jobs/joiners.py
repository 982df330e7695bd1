"""Offering an open wave to those who joined lately, when their day comes."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.waves import launch


async def invite_joiners(services: Services, now: datetime) -> int:
    """Everybody whose tenth working day has come; how many."""
    return await launch.invite_joiners(services, now)
