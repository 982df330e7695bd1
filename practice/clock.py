"""The workspace's calendar clock: real time plus an offset that people change with the page's buttons."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from practice.payloads import GestureError, Json

HOUR = timedelta(hours=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Clock:
    """The practice time, and a way to wait until somebody moves it."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset
        self.version = 1
        self._moved = asyncio.Event()
        self.followed = asyncio.Event()
        self._confirmed_version = 0
        self._confirmed = asyncio.Event()
        self._advance_lock = asyncio.Lock()

    def now(self) -> datetime:
        """Return the practice time in UTC."""
        return datetime.now(UTC) + self.offset

    def unix_seconds(self) -> int:
        """Return the practice time in Unix seconds, as in Slack's event_time."""
        return int(self.now().timestamp())

    def as_response(self) -> Json:
        """Return the answer to GET /clock."""
        return {
            "now": self.now().isoformat(),
            "offset_seconds": self.offset.total_seconds(),
            "version": self.version,
        }

    def advance(self, step: timedelta) -> None:
        """Move the clock forward, or back if the step is negative."""
        self._set(self.offset + step)

    def move_to(self, moment: datetime) -> None:
        """Set the clock to a moment."""
        self._set(moment - datetime.now(UTC))

    def next_moment(self, wanted: str, zone: ZoneInfo) -> datetime:
        """Return the moment of the next "monday 09:00" in a time zone."""
        try:
            day, _, hour = wanted.strip().lower().partition(" ")
            weekday = WEEKDAYS.index(day)
            at = datetime.strptime(hour or "09:00", "%H:%M").time()  # noqa: DTZ007 - a wall clock reading
        except ValueError as problem:
            raise GestureError('to_next reads like "monday 09:00"') from problem
        local = self.now().astimezone(zone)
        date = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
        target = datetime.combine(date, at, zone)
        if target <= local:
            target = datetime.combine(date + timedelta(days=7), at, zone)
        return target.astimezone(UTC)

    async def advance_hourly(self, by: timedelta, on_move: Callable[[], None], max_wait: float) -> None:
        """Move forward hour by hour, letting the app finish what is due at each step."""
        async with self._advance_lock:
            while by > timedelta():
                step = min(by, HOUR)
                self.advance(step)
                on_move()
                await self.wait_until_confirmed(max_wait)
                by -= step

    def confirm_version(self, version: int) -> None:
        """Record that an app following this clock has done everything due at this version."""
        self._confirmed_version = max(version, self._confirmed_version)
        self.followed.set()
        self._confirmed.set()
        self._confirmed = asyncio.Event()

    async def wait_until_confirmed(self, max_wait: float) -> None:
        """Wait until the app has confirmed the latest move; return soon if no app follows the clock."""
        try:
            async with asyncio.timeout(max_wait):
                while self.followed.is_set() and self._confirmed_version < self.version:
                    await self._confirmed.wait()
        except TimeoutError:
            self.followed.clear()  # the app is gone or hangs: don't wait for it at every step

    async def wait_for_change(self, seen_version: int, timeout: float) -> None:  # noqa: ASYNC109 - a long poll answers in time
        """Wait until the clock's version is later than the one seen, or until the timeout."""
        if self.version > seen_version:
            return
        moved = self._moved
        try:
            await asyncio.wait_for(moved.wait(), timeout)
        except TimeoutError:
            return

    def release_waiters(self) -> None:
        """Wake everybody who waits for the clock, because the workspace stops."""
        self._moved.set()

    def _set(self, offset: timedelta) -> None:
        self.offset = offset
        self.version += 1
        self._moved.set()
        self._moved = asyncio.Event()
