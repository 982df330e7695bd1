"""Halting by itself, when too many people have said stop."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows import halting


async def watch_stops(services: Services, now: datetime) -> int:
    """Whether it had to halt."""
    return await halting.halt_if_too_many_stop(services, now)
