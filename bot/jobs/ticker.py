"""The ticker: runs each job of the timetable at its interval, and lets none of them stop the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import system_now
from bot.jobs.timetable import TimetableEntry
from bot.logs import format_trace
from bot.services import Services

log = structlog.get_logger(__name__)


async def run_job(services: Services, entry: TimetableEntry) -> None:
    """Run a job with one reading of the clock, and log a failure instead of raising it, so that the next tick comes."""
    now = services.clock.now()
    try:
        done = int(await entry.job(services, now) or 0)
    except Exception as problem:  # noqa: BLE001 the outer edge of a tick; the trace omits messages, which may quote people
        log.error(
            "job.failed",
            job=entry.name,
            error=type(problem).__name__,
            trace=format_trace(problem),
        )
    else:
        if done:
            log.info("job.done", job=entry.name, done=done)


class JobScheduler:
    """A scheduler that ticks in machine time, and at once when the calendar's clock is moved by hand."""

    def __init__(self, services: Services, entries: tuple[TimetableEntry, ...]) -> None:
        self._services = services
        self._timetable = entries
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._locks = {entry.name: asyncio.Lock() for entry in entries}
        self._running: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Start to tick. Every job runs once now, for what became due while the process was down."""
        for entry in self._timetable:
            self._scheduler.add_job(
                partial(self._run, entry),
                "interval",
                id=entry.name,
                name=entry.name,
                seconds=entry.interval.total_seconds(),
                next_run_time=system_now(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()
        self._services.clock.on_move(self.run_all_now)

    def run_all_now(self) -> Awaitable[object] | None:
        """Run every job now, because a moved clock may have made more due; the awaitable ends with the last of them."""
        if not self._scheduler.running:
            return None
        return self._track(asyncio.create_task(self._run_all(), name="woken"))

    async def _run_all(self) -> None:
        # One after the other: a sync of the directory passes people over, so due notices are sent before it.
        for entry in self._timetable:
            await self._run(entry)

    async def _run(self, entry: TimetableEntry) -> None:
        self._track(asyncio.current_task())
        # If the clock is moved while a job is running, it runs again afterwards, never twice at the same time.
        async with self._locks[entry.name]:
            await run_job(self._services, entry)

    def _track(self, task: asyncio.Task[Any] | None) -> asyncio.Task[Any]:
        assert task is not None
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def stop(self) -> None:
        """Stop ticking, cancel the running jobs and wait until each has released its resources.

        The database keeps what a job had done so far; the job continues from there at the next start. The database
        is closed only after this.
        """
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        cancelled = set(self._running)
        for task in cancelled:
            if not task.cancelling():  # once only: a second cancellation would interrupt the clean-up
                task.cancel()
        if cancelled:
            await asyncio.wait(cancelled)
