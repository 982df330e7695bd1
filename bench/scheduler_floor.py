"""The floor for the outbox: APScheduler with a job for each person, in memory or in a table."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.child_server import ServerHandle, resident_memory
from bench.stalls import longest_stall

MONTH = timedelta(days=30)
_finished_jobs: list[int] = []


async def record_run(number: int) -> None:
    """Record one run; defined at module level so that a job store can find it by name."""
    _finished_jobs.append(number)


@asynccontextmanager
async def serve_scheduler(count: int, file: str = "") -> AsyncIterator[ServerHandle]:
    """Run a scheduler for `count` people, with its jobs in memory or in this SQLite file.

    Queries: `add` schedules a job for each person and answers the seconds it took, `weight` answers the bytes of memory
    the jobs add, and `stall` makes them all due at once and answers the longest stall of the event loop.
    """
    store = SQLAlchemyJobStore(f"sqlite:///{file}") if file else MemoryJobStore()
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start()

    async def add_jobs(at: datetime) -> float:
        before = time.perf_counter()
        for number in range(count):
            scheduler.add_job(
                record_run, "date", [number], run_date=at, misfire_grace_time=None, id=str(number)
            )
            await asyncio.sleep(0)
        return time.perf_counter() - before

    async def add() -> float:
        return await add_jobs(datetime.now(UTC) + MONTH)

    async def weight() -> float:
        before = resident_memory()
        await add()
        return resident_memory() - before

    async def stall() -> float:
        scheduler.pause()
        await add_jobs(datetime.now(UTC))
        scheduler.resume()
        return await longest_stall(lambda: len(_finished_jobs) == count)

    try:
        yield ServerHandle(queries={"add": add, "weight": weight, "stall": stall})
    finally:
        scheduler.shutdown(wait=False)
