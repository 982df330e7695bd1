"""Deleting, a few at a time, the bot's messages that carried the words of somebody erased."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.privacy import erasure


async def delete_pending_messages(services: Services, now: datetime) -> int:
    """Delete the next few; how many are gone."""
    return await erasure.delete_pending_messages(services)
