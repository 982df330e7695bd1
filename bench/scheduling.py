"""What the outbox is measured against: APScheduler with a job for each person, all in memory, all due at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.answering import Served
from bench.stalls import longest_stall


@asynccontextmanager
async def scheduling(count: int) -> AsyncIterator[Served]:
    """A scheduler with so many people's jobs; `stall` lets them all come due and tells how long the loop stood."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.start()
    said: list[int] = []

    async def say(number: int) -> None:
        said.append(number)

    async def stall() -> float:
        scheduler.pause()
        for number in range(count):
            scheduler.add_job(
                say, "date", [number], run_date=datetime.now(UTC), misfire_grace_time=None, id=str(number)
            )
        scheduler.resume()
        return await longest_stall(lambda: len(said) == count)

    try:
        yield Served(asked={"stall": stall})
    finally:
        scheduler.shutdown(wait=False)
