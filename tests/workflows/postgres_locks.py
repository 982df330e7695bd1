"""Waiting until a PostgreSQL session waits for a lock."""

from __future__ import annotations

import asyncio

from db.engine.database import Database

TIMEOUT = 10.0


async def wait_for_lock_waiters(database: Database, count: int) -> None:
    """Until so many transactions wait for another one, as PostgreSQL tells it."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with asyncio.timeout(TIMEOUT):
        found = -1
        while found != count:
            async with database.read_transaction() as connection:
                found = (await connection.exec_driver_sql(asked)).scalar_one()
