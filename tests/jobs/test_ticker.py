"""The ticker: every job runs, none stops another, and a moved clock runs them all."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import StoppedClock
from bot.jobs.ticker import JobScheduler, run_job
from bot.jobs.timetable import TimetableEntry, timetable
from bot.services import Services
from bot.timings import Timings
from bot.workflows.inbox.receipts import RECEIPT_RETENTION, prune_receipts
from db.queries import processed_events
from tests.workflows.recording_services import NOW, TEAM, ServicesFactory

TIMEOUT_SECONDS = 10
LONG = timedelta(days=1)


class RecordingJob:
    """A job that records the times it was given."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.moments: list[datetime] = []
        self._runs = asyncio.Semaphore(0)
        self._problem = problem

    async def job(self, services: Services, now: datetime) -> int:
        """Record this run."""
        self.moments.append(now)
        self._runs.release()
        if self._problem is not None:
            raise self._problem
        return 1

    async def wait_for_run(self) -> None:
        """Wait for one more run."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await self._runs.acquire()


async def test_every_job_runs_at_the_start_and_again_when_the_clock_is_moved(
    make_services: ServicesFactory,
) -> None:
    services = await make_services()
    clock = services.clock
    assert isinstance(clock, StoppedClock)
    first, second = RecordingJob(), RecordingJob()
    ticker = JobScheduler(
        services, (TimetableEntry("first", LONG, first.job), TimetableEntry("second", LONG, second.job))
    )
    ticker.start()
    await first.wait_for_run()
    await second.wait_for_run()

    clock.move(NOW + timedelta(days=5))
    await first.wait_for_run()
    await second.wait_for_run()
    await ticker.stop()

    assert first.moments == second.moments == [NOW, NOW + timedelta(days=5)]


async def test_failing_job_is_logged_without_its_message_and_stops_no_other(
    make_services: ServicesFactory,
) -> None:
    services = await make_services()
    recorder = RecordingJob(ValueError("zanzibar-canary"))

    with capture_logs() as logs:
        await run_job(services, TimetableEntry("recorder", LONG, recorder.job))
        await run_job(services, TimetableEntry("recorder", LONG, recorder.job))

    assert len(recorder.moments) == 2
    assert [log["job"] for log in logs if log["log_level"] == "error"] == ["recorder", "recorder"]
    assert "zanzibar-canary" not in str(logs)


async def test_stopped_ticker_ignores_the_clock(make_services: ServicesFactory) -> None:
    services = await make_services()
    clock = services.clock
    assert isinstance(clock, StoppedClock)
    recorder = RecordingJob()
    ticker = JobScheduler(services, (TimetableEntry("recorder", LONG, recorder.job),))
    ticker.start()
    await recorder.wait_for_run()

    await ticker.stop()
    clock.move(NOW + timedelta(days=5))

    assert recorder.moments == [NOW]


async def test_cancelled_job_has_released_its_connection_when_the_ticker_has_stopped(
    make_services: ServicesFactory,
) -> None:
    # Given a job in a read transaction that is slow to leave it
    services, reading = await make_services(), asyncio.Event()
    left: list[str] = []

    async def job(services: Services, now: datetime) -> int:
        try:
            async with services.database.read_transaction():
                reading.set()
                await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            left.append("reading")
        return 0

    ticker = JobScheduler(services, (TimetableEntry("job", LONG, job),))
    ticker.start()
    async with asyncio.timeout(TIMEOUT_SECONDS):
        await reading.wait()
    # When the ticker is stopped
    await ticker.stop()
    # Then the job has left
    assert left == ["reading"]


@pytest.mark.parametrize(
    ("age", "kept"),
    [(RECEIPT_RETENTION - timedelta(seconds=1), True), (RECEIPT_RETENTION + timedelta(seconds=1), False)],
)
async def test_receipt_is_forgotten_after_a_week(
    make_services: ServicesFactory, age: timedelta, kept: bool
) -> None:
    services = await make_services()
    async with services.transaction() as connection:
        await processed_events.add_processed_event(connection, TEAM, "Ev1", NOW - age)

    await prune_receipts(services, NOW)

    async with services.transaction() as connection:
        assert await processed_events.add_processed_event(connection, TEAM, "Ev1", NOW) is not kept


def test_timetable_names_every_job_once() -> None:
    names = [entry.name for entry in timetable(Timings())]

    assert sorted(names) == [
        "clear_erased",
        "close_day",
        "delete_files",
        "deliver",
        "forget_leavers",
        "invite_joiners",
        "look_at_settings",
        "prune_receipts",
        "read_lists",
        "read_people",
        "reconcile",
        "show_unshown",
        "sweep",
    ]
