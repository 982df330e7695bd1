"""The timetable: every job runs, none stops another, and a moved clock wakes them all."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import StoppedClock
from bot.jobs import Entry, Ticker, run, timetable
from bot.jobs.receipts import KEPT, prune_receipts
from bot.services import Services
from bot.timings import Timings
from db.queries import processed_events
from tests.workflows.companies import NOW, TEAM, Company

GUARD = 10
LONG = timedelta(days=1)


class Bell:
    """A job that writes down the moments it was handed."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.moments: list[datetime] = []
        self._rung = asyncio.Semaphore(0)
        self._problem = problem

    async def job(self, services: Services, now: datetime) -> int:
        """Ring."""
        self.moments.append(now)
        self._rung.release()
        if self._problem is not None:
            raise self._problem
        return 1

    async def rung(self) -> None:
        """Wait until it has rung once more."""
        async with asyncio.timeout(GUARD):
            await self._rung.acquire()


async def test_every_job_runs_at_the_start_and_again_when_the_clock_is_moved(company: Company) -> None:
    services = await company()
    clock = services.clock
    assert isinstance(clock, StoppedClock)
    first, second = Bell(), Bell()
    ticker = Ticker(services, (Entry("first", LONG, first.job), Entry("second", LONG, second.job)))
    ticker.start()
    await first.rung()
    await second.rung()

    clock.move(NOW + timedelta(days=5))
    await first.rung()
    await second.rung()
    await ticker.stop()

    assert first.moments == second.moments == [NOW, NOW + timedelta(days=5)]


async def test_job_that_fails_is_logged_without_its_words_and_stops_nobody(company: Company) -> None:
    services = await company()
    bell = Bell(ValueError("zanzibar-canary"))

    with capture_logs() as logs:
        await run(services, Entry("bell", LONG, bell.job))
        await run(services, Entry("bell", LONG, bell.job))

    assert len(bell.moments) == 2
    assert [log["job"] for log in logs if log["log_level"] == "error"] == ["bell", "bell"]
    assert "zanzibar-canary" not in str(logs)


async def test_stopped_ticker_ignores_the_clock(company: Company) -> None:
    services = await company()
    clock = services.clock
    assert isinstance(clock, StoppedClock)
    bell = Bell()
    ticker = Ticker(services, (Entry("bell", LONG, bell.job),))
    ticker.start()
    await bell.rung()

    await ticker.stop()
    clock.move(NOW + timedelta(days=5))

    assert bell.moments == [NOW]


async def test_job_cut_short_has_given_back_what_it_held_when_the_ticker_has_stopped(
    company: Company,
) -> None:
    # Given a job that reads, and takes its time to leave
    services, held = await company(), asyncio.Event()
    left: list[str] = []

    async def job(services: Services, now: datetime) -> int:
        try:
            async with services.database.reading():
                held.set()
                await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            left.append("reading")
        return 0

    ticker = Ticker(services, (Entry("job", LONG, job),))
    ticker.start()
    async with asyncio.timeout(GUARD):
        await held.wait()
    # When the ticker is stopped
    await ticker.stop()
    # Then the job has left
    assert left == ["reading"]


@pytest.mark.parametrize(
    ("age", "kept"), [(KEPT - timedelta(seconds=1), True), (KEPT + timedelta(seconds=1), False)]
)
async def test_receipt_is_forgotten_after_a_week(company: Company, age: timedelta, kept: bool) -> None:
    services = await company()
    async with services.transaction() as connection:
        await processed_events.add_receipt(connection, TEAM, "Ev1", NOW - age)

    await prune_receipts(services, NOW)

    async with services.transaction() as connection:
        assert await processed_events.add_receipt(connection, TEAM, "Ev1", NOW) is not kept


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
