"""The calendar of the workspace: real time plus an offset that people move with the page's buttons."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from practice.payloads import GestureError, Json

HOUR = timedelta(hours=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Clock:
    """Tells the practice time, and wakes whoever waits for it to be moved."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset
        self.version = 1
        self._moved = asyncio.Event()
        self.is_followed = asyncio.Event()
        self._done = 0
        self._dealt = asyncio.Event()
        self._walking = asyncio.Lock()

    def now(self) -> datetime:
        """Give the practice time, in UTC."""
        return datetime.now(UTC) + self.offset

    def seconds(self) -> int:
        """Give the practice time as Slack's event_time counts it."""
        return int(self.now().timestamp())

    def as_answer(self) -> Json:
        """Give what GET /clock answers."""
        return {
            "now": self.now().isoformat(),
            "offset_seconds": self.offset.total_seconds(),
            "version": self.version,
        }

    def advance(self, step: timedelta) -> None:
        """Move the clock on (or back, when the step is negative)."""
        self._set(self.offset + step)

    def move_to(self, moment: datetime) -> None:
        """Set the clock to a moment."""
        self._set(moment - datetime.now(UTC))

    def move_to_next(self, wanted: str, zone: ZoneInfo) -> None:
        """Move on to the next "monday 09:00" on the wall clocks of a zone."""
        self.move_to(self.next(wanted, zone))

    def next(self, wanted: str, zone: ZoneInfo) -> datetime:
        """Give the moment of the next "monday 09:00" on the wall clocks of a zone."""
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

    async def walk(self, by: timedelta, moved: Callable[[], None], patience: float) -> None:
        """Move on as time goes by: an hour at a time, each after the app has dealt with the one before."""
        async with self._walking:
            while by > timedelta():
                step = min(by, HOUR)
                self.advance(step)
                moved()
                await self.until_dealt_with(patience)
                by -= step

    def dealt_with(self, version: int) -> None:
        """Note that an app which follows this clock has done all that was due by this version."""
        self._done = max(version, self._done)
        self.is_followed.set()
        self._dealt.set()
        self._dealt = asyncio.Event()

    async def until_dealt_with(self, patience: float) -> None:
        """Return when the app has dealt with the latest move, or soon if no app says that it does."""
        try:
            async with asyncio.timeout(patience):
                while self.is_followed.is_set() and self._done < self.version:
                    await self._dealt.wait()
        except TimeoutError:
            self.is_followed.clear()  # it is gone, or hangs: nobody waits for it at every step

    async def wait_after(self, seen: int, timeout: float) -> None:  # noqa: ASYNC109 - a long poll answers in time
        """Return when the clock has a later version than the one seen, or when time is up."""
        if self.version > seen:
            return
        moved = self._moved
        try:
            await asyncio.wait_for(moved.wait(), timeout)
        except TimeoutError:
            return

    def release(self) -> None:
        """Let everybody who waits go home (the workspace stops)."""
        self._moved.set()

    def _set(self, offset: timedelta) -> None:
        self.offset = offset
        self.version += 1
        self._moved.set()
        self._moved = asyncio.Event()
