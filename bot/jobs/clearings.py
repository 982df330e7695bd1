"""Clearing the database's log of what was erased, until nothing reads from it any more."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.privacy.log_clearing import clear_log


async def clear_erased_log(services: Services, now: datetime) -> int:
    """Clear the log if it is owed; return 1 when that was done."""
    return int(await clear_log(services))
