"""A harness for fault injection: notices that are due, bots that can be killed, the journal and the outbox."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import select, update

from bot.settings import CrashPoint
from db.engine.database import Database
from db.models import Person
from db.models.drafts import Draft, DraftStatus
from db.models.notices import Notice, PlannedNotice
from db.queries import outbox
from db.queries.drafts import add_draft
from db.queries.people import find_person, upsert_person_profile
from db.schema.core import drafts
from db.schema.outbox import attempts
from db.schema.outbox import outbox as table
from db.schema.row_mapping import columns_of, map_all
from practice.journal import Journal
from tests.db.samples import CANARY_TEXT, TEAM
from tests.e2e.app_under_test import AppUnderTest, Transport
from tests.e2e.bot_process import POLL_INTERVAL, PROCESS_TIMEOUT, BotProcess
from tests.faults.other_workspace import TableRows

NOW = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
"""A Wednesday morning: an allowed hour for everybody whose time zone is unknown."""
DAY = timedelta(days=1)
THREE_USERS = ("U0MAYA", "U0IVAN", "U0CHEN")
OTHERS = "ANIKA DIEGO SEAN AMARA TOMAS HANNA JUN RUTH PRIYA WILL SALMA BASMA JACK ELENA TARIQ ZOE NOUR"
TWENTY_USERS = (*THREE_USERS, *(f"U0{name}" for name in OTHERS.split(" ")))
USERS_IN_ONE_ZONE = ("U0MAYA", "U0IVAN", "U0AMARA", "U0TOMAS")
"""People who share one time zone."""
_ALL_SHOWN = update(drafts).where(drafts.c.team_id == TEAM).values(shown_version=99)
ENDED = {"sent", "suppressed", "expired", "failed"}


@dataclass
class FastBotProcess(BotProcess):
    """The bot as a process with accelerated time, optionally without some of its guards."""

    removed_guards: tuple[str, ...] = ()

    def command(self) -> Sequence[str]:
        """Return the command line."""
        return (sys.executable, "-m", "tests.faults.mutant_bot", *self.removed_guards)

    def _environment(self, port: int, crash_at: CrashPoint | None) -> dict[str, str]:
        # Everything is logged, because the tests check that no line contains people's words.
        return {**super()._environment(port, crash_at), "LOG_LEVEL": "DEBUG"}


@dataclass
class FaultHarness:
    """The notices that were planned, the bots that send them, and what has become of each."""

    app: AppUnderTest
    folder: Path
    removed_guards: tuple[str, ...] = ()
    bot_count: int = 0
    planned: list[PlannedNotice] = field(default_factory=list)
    transport: Transport = "http"
    other_workspace_rows: TableRows = field(default_factory=dict, repr=False)
    """The rows of the other workspace, which must stay unchanged."""
    clock_went_back: bool = False
    """Whether the calendar was moved back: then its times no longer tell what came first."""

    @property
    def replicas(self) -> int:
        """The number of bots that may run side by side."""
        return 3 if self.app.database_url.startswith("postgresql") else 1

    def new_bot(self) -> FastBotProcess:
        """Return a new bot process with its own log."""
        self.bot_count += 1
        log = self.folder / f"bot-{self.bot_count}.log"
        return FastBotProcess(self.app, log, self.transport, removed_guards=self.removed_guards)

    @asynccontextmanager
    async def run_bots(self, count: int = 1) -> AsyncIterator[list[asyncio.subprocess.Process]]:
        """Run this number of bots side by side; events go to them in turn."""
        async with AsyncExitStack() as bots:
            started = [bots.enter_async_context(self.new_bot().running()) for _ in range(count)]
            yield list(await asyncio.gather(*started))

    def read_logs(self) -> Iterator[tuple[Path, str]]:
        """Return each bot's log file and its content."""
        return ((file, file.read_text()) for file in self.folder.glob("bot-*.log"))

    async def script_faults(self, *rules: dict[str, Any]) -> None:
        """Script Slack's faults, by default those of `chat.postMessage`."""
        scripted = [{"method": "chat.postMessage", **rule} for rule in rules]
        await self.app.person("U0MAYA").does("faults", rules=scripted)

    async def plan_notices(self, users: Sequence[str], each: int = 1, **facts: Any) -> None:
        """Plan `each` notices, due now, for each of these people, about a finished story."""
        planned_before = len(self.planned)
        rows = [
            PlannedNotice(
                facts.get("kind", "landed"),
                user,
                f"{user}:{planned_before + n}",
                NOW,
                facts.get("not_after", NOW + DAY),
                user_id=user,
                subject=f"d-{user}",
            )
            for n in range(each)
            for user in users
        ]
        self.planned += rows
        async with self.open_database() as database, database.write_transaction() as connection:
            for user in users:
                self.app.workspace.world.people.upsert(user, {"dnd": ""})
                if await find_person(connection, TEAM, user) is None:
                    await upsert_person_profile(connection, Person(TEAM, user, CANARY_TEXT, user, NOW))
                    draft = Draft(f"d-{user}", status=DraftStatus.FINISHED, edited=f"{CANARY_TEXT} {user}")
                    await add_draft(connection, TEAM, user, draft, at=NOW)
                    await connection.execute(_ALL_SHOWN)
            await outbox.add_notices(connection, TEAM, rows, NOW)

    async def advance_clock(self, **step: float) -> None:
        """Move the calendar, which wakes the running bots."""
        by = timedelta(**step)
        self.clock_went_back = self.clock_went_back or by < timedelta()
        await self.app.person("U0MAYA").does("clock", advance_seconds=by.total_seconds())

    @asynccontextmanager
    async def open_database(self) -> AsyncIterator[Database]:
        """Open the database, next to the bots that use it."""
        database = await Database.open(self.app.database_url)
        try:
            yield database
        finally:
            await database.close()

    async def list_notices(self) -> tuple[Notice, ...]:
        """Return the outbox of our workspace."""
        async with self.open_database() as database, database.read_transaction() as connection:
            ours = select(*columns_of(Notice, table)).where(table.c.team_id == TEAM)
            return map_all(Notice, await connection.execute(ours))

    async def wait_until_ended(self, within: float = PROCESS_TIMEOUT) -> tuple[Notice, ...]:
        """Wait until every notice has reached a final state, and return them all."""

        async def ended() -> bool:
            return all(map(has_ended, await self.list_notices()))

        await self.wait_until(ended, within)
        return await self.list_notices()

    async def wait_until(self, ready: Callable[[], Awaitable[bool]], within: float = PROCESS_TIMEOUT) -> None:
        """Poll until `ready`, because a separate process can't notify us.

        A poll is never cut short, because it holds the database open.
        """
        last = monotonic() + within
        while not await ready():
            if monotonic() > last:
                left = Counter((one.state, one.reason) for one in await self.list_open_notices())
                raise AssertionError(f"waited in vain; not at an end: {dict(left)}")
            await asyncio.sleep(POLL_INTERVAL)

    async def list_open_notices(self) -> tuple[Notice, ...]:
        """Return the notices that haven't reached a final state."""
        return tuple(one for one in await self.list_notices() if not has_ended(one))

    async def has_all_outcomes(self) -> bool:
        """Return whether every attempt has a stored outcome."""
        open_ones = select(attempts.c.n).where(attempts.c.team_id == TEAM, attempts.c.outcome.is_(None))
        async with self.open_database() as database, database.read_transaction() as connection:
            return (await connection.execute(open_ones)).first() is None

    @property
    def journal(self) -> Journal:
        """The calls of the bot, and what Slack accepted."""
        return self.app.workspace.world.journal

    def list_accepted_posts(self) -> list[dict[str, Any]]:
        """Return every accepted post that has an outbox key."""
        return [
            entry for entry in self.journal.entries_after(0) if entry.get("accepted") and outbox_key(entry)
        ]


async def has_faults_used_up(harness: FaultHarness) -> bool:
    """Return whether all scripted faults have struck, so that Slack has received the call that the last one hit."""
    return all(rule.count == 0 for rule in harness.app.workspace.world.faults.rules)


async def has_posted(harness: FaultHarness, count: int) -> bool:
    """Return whether Slack has accepted at least this number of posts."""
    return len(harness.list_accepted_posts()) >= count


def outbox_key(entry: dict[str, Any]) -> str:
    """Return the outbox key of a post, or an empty string for other calls."""
    if entry.get("method") != "chat.postMessage":
        return ""
    metadata = entry["args"].get("metadata") or {}
    return str(metadata.get("event_payload", {}).get("key", ""))


def has_ended(notice: Notice) -> bool:
    """Return whether a notice has reached a final state."""
    return notice.state in ENDED or (notice.state == "unknown" and notice.lease_until is None)


FaultCase = Callable[[FaultHarness], Awaitable[None]]
"""A scripted fault, and the checks that follow it."""
