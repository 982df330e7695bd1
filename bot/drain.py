"""The drain gate: new work is refused once the process stops, and work in flight may finish."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta


class DrainGate:
    """Admits work until it is closed, and waits for what is in flight."""

    def __init__(self) -> None:
        self._in_flight = 0
        self._closed = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def is_closed(self) -> bool:
        """Whether no new work may start."""
        return self._closed.is_set()

    def close(self) -> None:
        """Admit no new work from now on."""
        self._closed.set()

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        """Count the block as work in flight, which may finish after the gate is closed."""
        self._in_flight += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._empty.set()

    async def sleep(self, pause: timedelta) -> None:
        """Sleep for this long in machine time, or until the gate is closed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(pause.total_seconds()):
                await self._closed.wait()

    async def wait_until_drained(self, max_wait: timedelta) -> None:
        """Wait until nothing is in flight, but no longer than this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max_wait.total_seconds()):
                await self._empty.wait()
