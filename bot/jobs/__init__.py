"""The clock struck: which job runs how often, and the one loop that lets none of them stop the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import system_now
from bot.jobs.clearings import clear_erased_log
from bot.jobs.days import close_day
from bot.jobs.deliver import deliver_due
from bot.jobs.directory_sync import sync_people_if_due
from bot.jobs.files import delete_files
from bot.jobs.joiners import invite_joiners
from bot.jobs.leavers import erase_leavers
from bot.jobs.lists import continue_list_uploads
from bot.jobs.programmes import refresh_settings
from bot.jobs.receipts import prune_receipts
from bot.jobs.reconcile import reconcile_outbox
from bot.jobs.showings import retry_unshown
from bot.jobs.sweeps import delete_pending_messages
from bot.logs import format_trace
from bot.services import Services
from bot.timings import Timings

log = structlog.get_logger(__name__)

Job = Callable[[Services, datetime], Awaitable[int]]
"""What a job does with the moment it is handed, and how much of it there was."""


@dataclass(frozen=True)
class TimetableEntry:
    """One line of the timetable: the job's name, how often it runs, and what it does."""

    name: str
    interval: timedelta
    job: Job


TIMETABLE = (
    TimetableEntry("clear_erased", timedelta(seconds=15), clear_erased_log),
    TimetableEntry("sweep", timedelta(seconds=15), delete_pending_messages),
    TimetableEntry("delete_files", timedelta(minutes=1), delete_files),
    TimetableEntry("read_people", timedelta(seconds=15), sync_people_if_due),
    TimetableEntry("look_at_settings", timedelta(minutes=1), refresh_settings),
    TimetableEntry("read_lists", timedelta(seconds=15), continue_list_uploads),
    TimetableEntry("show_unshown", timedelta(seconds=15), retry_unshown),
    TimetableEntry("close_day", timedelta(minutes=1), close_day),
    TimetableEntry("invite_joiners", timedelta(hours=1), invite_joiners),
    TimetableEntry("forget_leavers", timedelta(hours=1), erase_leavers),
    TimetableEntry("prune_receipts", timedelta(hours=1), prune_receipts),
)


def timetable(timings: Timings) -> tuple[TimetableEntry, ...]:
    """All of it, with the delivery of what is said unasked at its own pace."""
    return (
        TimetableEntry("deliver", timings.tick_interval, deliver_due),
        TimetableEntry("reconcile", timings.tick_interval, reconcile_outbox),
        *TIMETABLE,
    )


async def run_job(services: Services, entry: TimetableEntry) -> None:
    """Run one job now. The clock is read once; whatever happens is logged, and the next tick comes."""
    now = services.clock.now()
    try:
        done = await entry.job(services, now)
    except Exception as problem:  # noqa: BLE001 the outer edge of a tick: the trace is kept without words that stand in it
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
    """Ticks in machine time, and at once when the calendar's clock is moved by hand."""

    def __init__(self, services: Services, entries: tuple[TimetableEntry, ...]) -> None:
        self._services = services
        self._timetable = entries
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._locks = {entry.name: asyncio.Lock() for entry in entries}
        self._running: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Begin to tick; every job runs once at the start, for what waited while nobody was there."""
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
        """Run every job now, for the time has been moved and more may be due; over when the last of them has run."""
        if not self._scheduler.running:
            return None
        return self._track(asyncio.create_task(self._run_all(), name="woken"))

    async def _run_all(self) -> None:
        # One after the other: what is due goes out before people are read anew, who are passed over meanwhile.
        for entry in self._timetable:
            await self._run(entry)

    async def _run(self, entry: TimetableEntry) -> None:
        self._track(asyncio.current_task())
        # A move that comes while a job is running has it run once more, and not two of it side by side.
        async with self._locks[entry.name]:
            await run_job(self._services, entry)

    def _track(self, task: asyncio.Task[Any] | None) -> asyncio.Task[Any]:
        assert task is not None
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def stop(self) -> None:
        """Stop ticking; what a job had begun is left as the database has it, and begun again next time.

        Jobs are cut short, and waited for: each gives back what it held before the database is closed.
        """
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        cut_short = set(self._running)
        for task in cut_short:
            if not task.cancelling():  # once: a second time would cut off the giving back itself
                task.cancel()
        if cut_short:
            await asyncio.wait(cut_short)
