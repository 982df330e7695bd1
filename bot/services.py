"""The services that handlers and jobs are given: transactions, locks, the messenger and the company's names."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.crash_points import CrashPoints
from bot.drain import DrainGate
from bot.errors import RepeatedEventSignal
from bot.outgoing import OutgoingQueue, SendCallback
from bot.slack.affiliations import AffiliationCache
from bot.slack.channels import ChannelStateCache
from bot.slack.client import Messenger
from bot.slack.dnd_cache import DndCache
from bot.timings import Timings
from bot.user_locks import UserLocks
from bot.user_ref import UserRef as UserRef
from db.engine.database import Database
from db.models import Workspace
from db.models.programmes import Programme
from db.queries import processed_events


class Services:
    """Everything a handler or job may use, created once in `bot.app`."""

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
        """How long a leaver's data is kept; None keeps it until somebody deletes it."""
        self.programme: Programme | None = None
        """The programme's settings at the last refresh. No permission may be decided from them."""
        self.worker_id = secrets.token_hex(4)
        self.drain_gate = DrainGate()
        self.dnd_cache = DndCache()
        self.affiliations = AffiliationCache()
        self.channel_states = ChannelStateCache()
        self.user_locks = UserLocks()
        self.outgoing = OutgoingQueue()

    @property
    def team(self) -> str:
        """The workspace in which the bot is installed."""
        return self.workspace.team_id

    @property
    def company_names(self) -> tuple[str, ...]:
        """Every name of the company, main name first; the workspace's name if none is set."""
        return self.programme.company_names if self.programme is not None else (self.workspace.name,)

    @property
    def company_name(self) -> str:
        """The company's main name."""
        return self.company_names[0]

    @property
    def segment_names(self) -> Mapping[str, str]:
        """The programme's names for its segments, keyed by segment and language."""
        return self.programme.segment_names if self.programme is not None else {}

    @asynccontextmanager
    async def person_transaction(self, who: UserRef, event: str = "") -> AsyncIterator[AsyncConnection]:
        """Hold the person's lock and a write transaction, committed on leaving, rolled back on error.

        The lock is local to the process: code that writes a draft must call `drafts.lock_person_with_draft` first
        to keep out other replicas. With `event`, its receipt is written in the same transaction; if there was one
        before, RepeatedEventSignal is raised.
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
        """Open a write transaction without a person's lock: for housekeeping, or to mark what was shown."""
        async with self.database.write_transaction(durable=durable) as connection:
            yield connection

    def send_after_commit(self, who: UserRef, send: SendCallback) -> None:
        """Queue a message to this person, to be sent after the commit; the current transaction never awaits it."""
        self.outgoing.enqueue(who, send)
