"""The only asker of the time: calendar time, which may be moved, and machine time, which may not."""

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
"""The longest the other clock may take to answer: it holds a question for 25 seconds."""
RETRY_PAUSE = timedelta(seconds=1)
"""How long to wait before asking a clock again that did not answer."""


WakeCallback = Callable[[], Awaitable[object] | None]
"""What is called when the time has been moved; what it gives is over when all that follows from it is done."""


class ClockError(Exception):
    """The clock we were told to follow does not answer like one."""


def system_now() -> datetime:
    """Return what the machine's own clock says, for signatures and stamps that Slack checks."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Return seconds that only ever grow, for leases, time-outs and the watchdog."""
    return time.monotonic()


class Clock(Protocol):
    """Says what time it is in the calendar."""

    def now(self) -> datetime:
        """Return the moment, aware and in UTC."""

    def on_move(self, wake: WakeCallback) -> None:
        """Have `run_all_now` called whenever the time is moved by hand."""


class SystemClock:
    """The machine's own time, which nobody moves by hand."""

    def now(self) -> datetime:
        """Return the moment, aware and in UTC."""
        return system_now()

    def on_move(self, wake: WakeCallback) -> None:
        """Nobody moves this clock: there is never a reason to call."""


class StoppedClock:
    """A clock that stands where it was put, for tests."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._wakes: list[WakeCallback] = []

    def now(self) -> datetime:
        """Return the moment at which the clock stands."""
        return self._at

    def on_move(self, wake: WakeCallback) -> None:
        """Have `run_all_now` called whenever the clock is put to another moment."""
        self._wakes.append(wake)

    def move(self, to: datetime) -> None:
        """Put the clock to another moment."""
        self._at = to
        for wake in self._wakes:
            wake()


class RemoteClock:
    """The time of a practice workspace: the machine's, moved by as much as the workspace says.

    It tells the workspace when everything that a move set off is done, so that time need not run away from it.
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
        """Return the moment, aware and in UTC."""
        return system_now() + self._offset

    def on_move(self, wake: WakeCallback) -> None:
        """Have `run_all_now` called as soon as the workspace moves its clock."""
        self._wakes.append(wake)

    async def start(self) -> None:
        """Take over the workspace's time once, then keep following it."""
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
        """Stop following; the clock keeps the offset it had."""
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
                told = await answer.json()
                offset, version = timedelta(seconds=float(told["offset_seconds"])), int(told["version"])
            except (KeyError, TypeError, ValueError, OverflowError) as error:
                raise ClockError("The clock's answer is not a time.") from error
        moved, self._offset, self._version = version != self._version, offset, version
        if moved and query:
            log.info("clock.moved", offset_seconds=offset.total_seconds())
            begun = [work for wake in self._wakes if (work := wake()) is not None]
            dealing = asyncio.create_task(self._report_done(version, begun), name="clock-move")
            self._report_tasks.add(dealing)
            dealing.add_done_callback(self._report_tasks.discard)

    async def _report_done(self, version: int, started: list[Awaitable[object]]) -> None:
        """Wait until all is done that this move set off, and say so."""
        await asyncio.gather(*started, return_exceptions=True)
        self._done = max(self._done, version)
        assert self._session is not None
        # Whoever misses it reads it again in the next question.
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.get(self._url, params={"done": str(self._done)}) as answer:
                await answer.read()
