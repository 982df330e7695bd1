"""Deleting, a few at a time, the bot's own files that name people, when their time has come."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.privacy.owner_files import delete_due_files


async def delete_files(services: Services, now: datetime) -> int:
    """Delete the next few files that are due; return how many are gone."""
    return await delete_due_files(services, now)
