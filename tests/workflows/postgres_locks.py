"""A wait for transactions that are blocked by a lock in PostgreSQL."""

from __future__ import annotations

import asyncio

from db.engine.database import Database

TIMEOUT = 10.0


async def wait_for_lock_waiters(database: Database, count: int) -> None:
    """Wait until PostgreSQL reports this number of transactions that wait for a lock."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with asyncio.timeout(TIMEOUT):
        found = -1
        while found != count:
            async with database.read_transaction() as connection:
                found = (await connection.exec_driver_sql(asked)).scalar_one()
