"""A company with notices due, bots that are killed, and what the journal and the outbox say afterwards."""

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
from db.queries.people import find_person, upsert_person
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
"""A Wednesday morning: a decent hour for everybody of whom no zone is known."""
DAY = timedelta(days=1)
THREE_USERS = ("U0MAYA", "U0IVAN", "U0CHEN")
OTHERS = "ANIKA DIEGO SEAN AMARA TOMAS HANNA JUN RUTH PRIYA WILL SALMA BASMA JACK ELENA TARIQ ZOE NOUR"
TWENTY_USERS = (*THREE_USERS, *(f"U0{name}" for name in OTHERS.split(" ")))
USERS_IN_ONE_ZONE = ("U0MAYA", "U0IVAN", "U0AMARA", "U0TOMAS")
"""On whose walls the clocks say the same."""
_ALL_SHOWN = update(drafts).where(drafts.c.team_id == TEAM).values(shown_version=99)
ENDED = {"sent", "suppressed", "expired", "failed"}


@dataclass
class FastBotProcess(BotProcess):
    """The bot as a process that lives faster, perhaps without one of its guards."""

    removed_guards: tuple[str, ...] = ()

    def command(self) -> Sequence[str]:
        """What is run."""
        return (sys.executable, "-m", "tests.faults.mutant_bot", *self.removed_guards)

    def _environment(self, port: int, crash_at: CrashPoint | None) -> dict[str, str]:
        # Everything that can be logged is, for none of it may hold a word.
        return {**super()._environment(port, crash_at), "LOG_LEVEL": "DEBUG"}


@dataclass
class FaultHarness:
    """Who is to be told what, and where it stands."""

    app: AppUnderTest
    folder: Path
    removed_guards: tuple[str, ...] = ()
    bot_count: int = 0
    planned: list[PlannedNotice] = field(default_factory=list)
    transport: Transport = "http"
    other_workspace_rows: TableRows = field(default_factory=dict, repr=False)
    """The rows of the other workspace, as they have to stay."""
    clock_went_back: bool = False
    """Whether the calendar was put back: then its moments do not tell any more what came first."""

    @property
    def replicas(self) -> int:
        """How many bots may be at work side by side."""
        return 3 if self.app.database_url.startswith("postgresql") else 1

    def new_bot(self) -> FastBotProcess:
        """A bot, with a log of its own."""
        self.bot_count += 1
        log = self.folder / f"bot-{self.bot_count}.log"
        return FastBotProcess(self.app, log, self.transport, removed_guards=self.removed_guards)

    @asynccontextmanager
    async def run_bots(self, count: int = 1) -> AsyncIterator[list[asyncio.subprocess.Process]]:
        """So many bots side by side; events go to each in its turn."""
        async with AsyncExitStack() as bots:
            ways = [bots.enter_async_context(self.new_bot().running()) for _ in range(count)]
            yield list(await asyncio.gather(*ways))

    def read_logs(self) -> Iterator[tuple[Path, str]]:
        """All that any of the bots has logged."""
        return ((file, file.read_text()) for file in self.folder.glob("bot-*.log"))

    async def script_faults(self, *rules: dict[str, Any]) -> None:
        """Script Slack's faults; those of posting where nothing else is said."""
        scripted = [{"method": "chat.postMessage", **rule} for rule in rules]
        await self.app.person("U0MAYA").does("faults", rules=scripted)

    async def plan_notices(self, users: Sequence[str], each: int = 1, **facts: Any) -> None:
        """Each of these people is to be asked about a finished story, so many times, now."""
        begun = len(self.planned)
        rows = [
            PlannedNotice(
                facts.get("kind", "landed"),
                user,
                f"{user}:{begun + n}",
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
                    await upsert_person(connection, Person(TEAM, user, CANARY_TEXT, user, NOW))
                    draft = Draft(f"d-{user}", status=DraftStatus.FINISHED, edited=f"{CANARY_TEXT} {user}")
                    await add_draft(connection, TEAM, user, draft, at=NOW)
                    await connection.execute(_ALL_SHOWN)
            await outbox.add_notices(connection, TEAM, rows, NOW)

    async def advance_clock(self, **step: float) -> None:
        """The calendar is moved, and whichever bots there are are woken by it."""
        by = timedelta(**step)
        self.clock_went_back = self.clock_went_back or by < timedelta()
        await self.app.person("U0MAYA").does("clock", advance_seconds=by.total_seconds())

    @asynccontextmanager
    async def open_database(self) -> AsyncIterator[Database]:
        """The database, beside whatever bot runs on it."""
        database = await Database.open(self.app.database_url)
        try:
            yield database
        finally:
            await database.close()

    async def list_notices(self) -> tuple[Notice, ...]:
        """The outbox as it is."""
        async with self.open_database() as database, database.read_transaction() as connection:
            ours = select(*columns_of(Notice, table)).where(table.c.team_id == TEAM)
            return map_all(Notice, await connection.execute(ours))

    async def wait_until_ended(self, within: float = PROCESS_TIMEOUT) -> tuple[Notice, ...]:
        """Wait until nothing is to be done any more, and give what has become of everything."""

        async def ended() -> bool:
            return all(map(has_ended, await self.list_notices()))

        await self.wait_until(ended, within)
        return await self.list_notices()

    async def wait_until(self, ready: Callable[[], Awaitable[bool]], within: float = PROCESS_TIMEOUT) -> None:
        """Look until it is so: a process of its own cannot tell us. A look is never cut short, for it holds the
        database open."""
        last = monotonic() + within
        while not await ready():
            if monotonic() > last:
                left = Counter((one.state, one.reason) for one in await self.list_open_notices())
                raise AssertionError(f"waited in vain; not at an end: {dict(left)}")
            await asyncio.sleep(POLL_INTERVAL)

    async def list_open_notices(self) -> tuple[Notice, ...]:
        """The notices about which something is still to be done."""
        return tuple(one for one in await self.list_notices() if not has_ended(one))

    async def has_all_outcomes(self) -> bool:
        """Whether whoever tried anything has come back and noted what came of it."""
        open_ones = select(attempts.c.n).where(attempts.c.team_id == TEAM, attempts.c.outcome.is_(None))
        async with self.open_database() as database, database.read_transaction() as connection:
            return (await connection.execute(open_ones)).first() is None

    @property
    def journal(self) -> Journal:
        """What the bot called, and what Slack accepted."""
        return self.app.workspace.world.journal

    def list_accepted_posts(self) -> list[dict[str, Any]]:
        """Every post with a key of the outbox that Slack accepted."""
        return [
            entry for entry in self.journal.entries_after(0) if entry.get("accepted") and outbox_key(entry)
        ]


async def has_faults_used_up(harness: FaultHarness) -> bool:
    """Whether all of the scripted faults have struck, so that Slack has in hand what the last of them is about."""
    return all(rule.count == 0 for rule in harness.app.workspace.world.faults.rules)


async def has_posted(harness: FaultHarness, count: int) -> bool:
    """Whether so many posts stand in Slack."""
    return len(harness.list_accepted_posts()) >= count


def outbox_key(entry: dict[str, Any]) -> str:
    """The key that a post carries; nothing for other calls."""
    if entry.get("method") != "chat.postMessage":
        return ""
    metadata = entry["args"].get("metadata") or {}
    return str(metadata.get("event_payload", {}).get("key", ""))


def has_ended(notice: Notice) -> bool:
    """Whether nothing is to be done about it any more."""
    return notice.state in ENDED or (notice.state == "unknown" and notice.lease_until is None)


FaultCase = Callable[[FaultHarness], Awaitable[None]]
