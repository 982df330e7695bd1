"""Clearing the database's log of erased words: right after an erasure, and again until it succeeds."""

from __future__ import annotations

import structlog

from bot.services import Services
from db.queries.log_clearing import find_uncleared_log, mark_log_cleared

log = structlog.get_logger(__name__)


async def clear_database_log_if_needed(services: Services) -> bool:
    """Clear the log if an erasure has left words in it; return whether that was done.

    The outstanding erasure is read before the log is cleared: another one in between stays outstanding.
    """
    async with services.database.read_transaction() as connection:
        owed = await find_uncleared_log(connection, services.team)
    if owed is None:
        return False
    if not await services.database.clear_log():
        log.warning("erasure.in_log", since=owed.uncleared_since.isoformat())
        return False
    async with services.transaction(durable=False) as connection:
        await mark_log_cleared(connection, services.team, owed.erased_at)
    return True
