"""What handlers and jobs are given: a turn for one person, transactions, the company's facts, and a voice."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.crash_points import CrashPoints
from bot.errors import RepeatedEventSignal
from bot.slack.affiliations import AffiliationCache
from bot.slack.client import Messenger
from bot.slack.dnd_cache import DndCache
from bot.timings import Timings
from db.engine.database import Database
from db.models import Workspace
from db.models.programmes import Programme
from db.queries import processed_events

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class UserRef:
    """One person in one workspace."""

    team: str
    user: str


@dataclass
class _UserLock:
    """A person's lock and how many wait for it; forgotten when nobody does."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class UserLocks:
    """One at a time for each person: Bolt runs a person's events side by side."""

    def __init__(self) -> None:
        self._locks: dict[UserRef, _UserLock] = {}

    @asynccontextmanager
    async def hold(self, who: UserRef) -> AsyncIterator[None]:
        """The person's seat, as long as the block lasts."""
        seat = self._locks.setdefault(who, _UserLock())
        seat.waiting += 1
        try:
            async with seat.lock:
                yield
        finally:
            seat.waiting -= 1
            if not seat.waiting:
                self._locks.pop(who, None)

    def __len__(self) -> int:
        return len(self._locks)


class DrainGate:
    """Lets things be begun until the process is told to stop, and then waits for what had been begun."""

    def __init__(self) -> None:
        self._in_flight = 0
        self._closed = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def is_closed(self) -> bool:
        """Whether nothing new may be begun."""
        return self._closed.is_set()

    def close(self) -> None:
        """Let nothing new be begun from now on."""
        self._closed.set()

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        """Something that has been begun and is to be finished."""
        self._in_flight += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._empty.set()

    async def sleep(self, pause: timedelta) -> None:
        """Let some machine time go by, but no longer than the gate is open."""
        with suppress(TimeoutError):
            async with asyncio.timeout(pause.total_seconds()):
                await self._closed.wait()

    async def wait_until_drained(self, max_wait: timedelta) -> None:
        """Wait until everything that was begun is finished, but no longer than this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max_wait.total_seconds()):
                await self._empty.wait()


SendCallback = Callable[[], Awaitable[None]]


class OutgoingQueue:
    """Says things after the commit, off the ack's path, in order for each person."""

    def __init__(self) -> None:
        self._queues: dict[UserRef, asyncio.Queue[SendCallback]] = {}
        self._senders: dict[UserRef, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def enqueue(self, who: UserRef, send: SendCallback) -> None:
        """Put one thing at the end of what this person is still to be told."""
        queue = self._queues.get(who)
        if queue is None:
            queue = self._queues[who] = asyncio.Queue()
            task = self._senders[who] = asyncio.create_task(self._send_all(who, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        queue.put_nowait(send)

    def is_sending_to(self, who: UserRef) -> bool:
        """Whether something for this person is still to be said."""
        return who in self._queues

    async def wait_until_sent(self, who: UserRef, max_wait: float) -> None:
        """Wait until this person has been told everything, but no longer than so many seconds."""
        if (task := self._senders.get(who)) is not None:
            await asyncio.wait([task], timeout=max_wait)

    async def _send_all(self, who: UserRef, queue: asyncio.Queue[SendCallback]) -> None:
        while not queue.empty():
            saying = queue.get_nowait()
            try:
                await saying()
            except Exception:  # an unsent reply is sent again by the sweep
                log.exception("voice.failed", team=who.team, user=who.user)
        self._queues.pop(who, None)
        self._senders.pop(who, None)

    async def wait_until_idle(self) -> None:
        """Wait until everything has been said."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))


class Services:
    """Everything a handler or job may use, made once in `app.build`."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        clock: Clock,
        *,
        workspace: Workspace,
        crash: CrashPoints,
        timings: Timings | None = None,
        retention: timedelta | None = None,
    ) -> None:
        self.database = database
        self.messenger = messenger
        self.clock = clock
        self.workspace = workspace
        self.crash_points = crash
        self.timings = timings or Timings()
        self.retention = retention
        """How long what is held of somebody is kept after they left; None for as long as nobody deletes it."""
        self.programme: Programme | None = None
        """What is set, as it was last looked up; nothing that somebody may or may not do is read from here."""
        self.worker_id = secrets.token_hex(4)
        self.drain_gate = DrainGate()
        self.dnd_cache = DndCache()
        self.affiliations = AffiliationCache()
        self.user_locks = UserLocks()
        self.outgoing = OutgoingQueue()

    @property
    def team(self) -> str:
        """The workspace that the bot is installed in."""
        return self.workspace.team_id

    @property
    def company_names(self) -> tuple[str, ...]:
        """Every name of the company, the first one first; the workspace's where none is set."""
        return self.programme.company_names if self.programme is not None else (self.workspace.name,)

    @property
    def company_name(self) -> str:
        """What the company is called."""
        return self.company_names[0]

    @property
    def segment_names(self) -> Mapping[str, str]:
        """The segments' own names, under segment and language."""
        return self.programme.segment_names if self.programme is not None else {}

    @asynccontextmanager
    async def person_transaction(self, who: UserRef, event: str = "") -> AsyncIterator[AsyncConnection]:
        """This person's turn: their seat and a write transaction, committed on leaving, rolled back on error.

        Other replicas are kept out by `drafts.lock_person_with_draft`, with which whoever writes a draft begins.
        With `event`, its receipt is written in the same transaction; Repeated when it had come before.
        """
        async with self.user_locks.hold(who):
            async with self.database.write_transaction() as connection:
                if event and not await processed_events.add_processed_event(
                    connection, who.team, event, self.clock.now()
                ):
                    raise RepeatedEventSignal
                yield connection
            self.crash_points.maybe_crash_at("committed")

    @asynccontextmanager
    async def transaction(self, *, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        """A write transaction that is nobody's turn: keeping house, marking what was shown."""
        async with self.database.write_transaction(durable=durable) as connection:
            yield connection

    def send_after_commit(self, who: UserRef, send: SendCallback) -> None:
        """Say something to this person once the present turn is committed; never awaited by it."""
        self.outgoing.enqueue(who, send)
