"""Deleting, a few at a time, the bot's messages that carried the words of somebody erased."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.privacy.erasure import sweep


async def sweep_messages(services: Services, now: datetime) -> int:
    """Delete the next few; how many are gone."""
    return await sweep(services)
