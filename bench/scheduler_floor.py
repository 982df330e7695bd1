"""What the outbox is measured against: APScheduler with a job for each person, in memory or in a table of its own."""

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
    """What a job does, named so that a store can find it again."""
    _finished_jobs.append(number)


@asynccontextmanager
async def serve_scheduler(count: int, file: str = "") -> AsyncIterator[ServerHandle]:
    """A scheduler for so many people, whose jobs lie in memory or in this SQLite file.

    `add` gives each a job for later and tells how long that took, `weight` what they add to the memory, and `stall`
    lets them all come due at once and tells how long the loop stood still.
    """
    store = SQLAlchemyJobStore(f"sqlite:///{file}") if file else MemoryJobStore()
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone="UTC")
    scheduler.start()

    async def give(at: datetime) -> float:
        before = time.perf_counter()
        for number in range(count):
            scheduler.add_job(
                record_run, "date", [number], run_date=at, misfire_grace_time=None, id=str(number)
            )
            await asyncio.sleep(0)
        return time.perf_counter() - before

    async def add() -> float:
        return await give(datetime.now(UTC) + MONTH)

    async def weight() -> float:
        before = resident_memory()
        await add()
        return resident_memory() - before

    async def stall() -> float:
        scheduler.pause()
        await give(datetime.now(UTC))
        scheduler.resume()
        return await longest_stall(lambda: len(_finished_jobs) == count)

    try:
        yield ServerHandle(queries={"add": add, "weight": weight, "stall": stall})
    finally:
        scheduler.shutdown(wait=False)
