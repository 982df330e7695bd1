"""PostgreSQL for the benchmarks, from the same server as the tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.people import fill_drafts
from db.engine.database import Database
from tests.postgres import PostgresServer, start_postgres


@asynccontextmanager
async def running_server() -> AsyncIterator[PostgresServer]:
    """Run a server until the block exits, started and stopped in a thread because it brings its own event loop."""
    postgres = start_postgres()
    server = await asyncio.to_thread(postgres.__enter__)
    try:
        yield server
    finally:
        await asyncio.to_thread(postgres.__exit__, None, None, None)


@asynccontextmanager
async def database_with_drafts(server: PostgresServer, count: int) -> AsyncIterator[str]:
    """Return the URL of a fresh database in which `count` people have an open draft."""
    async with server.fresh_database() as url:
        database = await Database.open(url)
        try:
            await fill_drafts(database, count)
        finally:
            await database.close()
        yield url
