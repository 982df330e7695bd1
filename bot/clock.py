"""The clocks, the only readers of the time: calendar time, which may be moved, and machine time, which may not."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp
import structlog

log = structlog.get_logger(__name__)

POLL_TIMEOUT = timedelta(seconds=40)
"""The longest time the other clock may take to answer; it holds a request for 25 seconds."""
RETRY_PAUSE = timedelta(seconds=1)
"""The pause before the next request to a clock that didn't answer."""


WakeCallback = Callable[[], Awaitable[object] | None]
"""Called when the time has been moved; the returned awaitable ends when all work due by then is done."""


class ClockError(Exception):
    """The clock at CLOCK_URL doesn't answer like one."""


def system_now() -> datetime:
    """Return the machine's own time, for signatures and timestamps that Slack checks."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Return seconds that only ever grow, for leases, time-outs and the watchdog."""
    return time.monotonic()


class Clock(Protocol):
    """A source of calendar time."""

    def now(self) -> datetime:
        """Return the current time, aware and in UTC."""

    def on_move(self, wake: WakeCallback) -> None:
        """Register a callback for every move of the time by hand."""


class SystemClock:
    """The machine's own time, which nobody moves by hand."""

    def now(self) -> datetime:
        """Return the current time, aware and in UTC."""
        return system_now()

    def on_move(self, wake: WakeCallback) -> None:
        """Do nothing: nobody moves the machine's clock."""


class StoppedClock:
    """A clock for tests that changes only when it's moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._wakes: list[WakeCallback] = []

    def now(self) -> datetime:
        """Return the time to which the clock was set."""
        return self._at

    def on_move(self, wake: WakeCallback) -> None:
        """Register a callback for every move of the clock."""
        self._wakes.append(wake)

    def move(self, to: datetime) -> None:
        """Set the clock to another time, and call the callbacks."""
        self._at = to
        for wake in self._wakes:
            wake()


class RemoteClock:
    """The time of a practice workspace: the machine's, plus the offset that the workspace reports.

    It reports back when all work that a move set off is done, so that the workspace's time can wait for it.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._offset = timedelta()
        self._version = 0
        self._done = 0
        self._wakes: list[WakeCallback] = []
        self._poll_task: asyncio.Task[None] | None = None
        self._report_tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def now(self) -> datetime:
        """Return the current time, aware and in UTC."""
        return system_now() + self._offset

    def on_move(self, wake: WakeCallback) -> None:
        """Register a callback for every move of the workspace's clock."""
        self._wakes.append(wake)

    async def start(self) -> None:
        """Read the workspace's time once, then follow it in the background."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=POLL_TIMEOUT.total_seconds())
        )
        try:
            await self._poll({})
        except (aiohttp.ClientError, TimeoutError, ClockError) as error:
            await self.stop()
            raise ClockError(f"CLOCK_URL: no clock answers at {self._url}.") from error
        self._done = self._version
        self._poll_task = asyncio.create_task(self._poll_forever(), name="clock")
        log.info("clock.followed", offset_seconds=self._offset.total_seconds())

    async def stop(self) -> None:
        """Stop following the workspace, and keep the last offset."""
        for task in filter(None, (self._poll_task, *self._report_tasks)):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._session is not None:
            await self._session.close()

    async def _poll_forever(self) -> None:
        while True:
            try:
                await self._poll({"seen": str(self._version), "done": str(self._done)})
            except (aiohttp.ClientError, TimeoutError, ClockError) as error:
                log.warning("clock.unanswered", reason=type(error).__name__)
                await asyncio.sleep(RETRY_PAUSE.total_seconds())

    async def _poll(self, query: dict[str, str]) -> None:
        assert self._session is not None
        async with self._session.get(self._url, params=query) as answer:
            if answer.status != 200:
                raise ClockError(f"The clock answered {answer.status}.")
            try:
                reading = await answer.json()
                offset, version = timedelta(seconds=float(reading["offset_seconds"])), int(reading["version"])
            except (KeyError, TypeError, ValueError, OverflowError) as error:
                raise ClockError("The clock's answer is not a time.") from error
        moved, self._offset, self._version = version != self._version, offset, version
        if moved and query:
            log.info("clock.moved", offset_seconds=offset.total_seconds())
            started = [work for wake in self._wakes if (work := wake()) is not None]
            report = asyncio.create_task(self._report_done(version, started), name="clock-move")
            self._report_tasks.add(report)
            report.add_done_callback(self._report_tasks.discard)

    async def _report_done(self, version: int, started: list[Awaitable[object]]) -> None:
        """Wait for all work that this move set off, and report that it's done."""
        await asyncio.gather(*started, return_exceptions=True)
        self._done = max(self._done, version)
        assert self._session is not None
        # If this report is lost, the next poll repeats it.
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.get(self._url, params={"done": str(self._done)}) as answer:
                await answer.read()
