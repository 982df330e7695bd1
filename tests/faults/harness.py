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
from db.models.drafts import Draft, Status
from db.models.notices import Notice, Planned
from db.queries import outbox
from db.queries.drafts import add_draft
from db.queries.people import find_person, put_person
from db.schema.core import drafts
from db.schema.outbox import attempts
from db.schema.outbox import outbox as table
from db.schema.row_mapping import all_of, columns_of
from practice.journal import Journal
from tests.db.samples import TEAM, WORDS
from tests.e2e.processes import GUARD, LOOK_AGAIN, Process
from tests.e2e.stage import Stage, Transport
from tests.faults.neighbours import Rows

NOW = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
"""A Wednesday morning: a decent hour for everybody of whom no zone is known."""
DAY = timedelta(days=1)
THREE = ("U0MAYA", "U0IVAN", "U0CHEN")
OTHERS = "ANIKA DIEGO SEAN AMARA TOMAS HANNA JUN RUTH PRIYA WILL SALMA BASMA JACK ELENA TARIQ ZOE NOUR"
TWENTY = (*THREE, *(f"U0{name}" for name in OTHERS.split(" ")))
AT_ONE_HOUR = ("U0MAYA", "U0IVAN", "U0AMARA", "U0TOMAS")
"""On whose walls the clocks say the same."""
_ALL_SHOWN = update(drafts).where(drafts.c.team_id == TEAM).values(shown_version=99)
ENDED = {"sent", "suppressed", "expired", "failed"}


@dataclass
class Swift(Process):
    """The bot as a process that lives faster, perhaps without one of its guards."""

    without: tuple[str, ...] = ()

    def command(self) -> Sequence[str]:
        """What is run."""
        return (sys.executable, "-m", "tests.faults.bot", *self.without)

    def _environment(self, port: int, crash_at: CrashPoint | None) -> dict[str, str]:
        # Everything that can be logged is, for none of it may hold a word.
        return {**super()._environment(port, crash_at), "LOG_LEVEL": "DEBUG"}


@dataclass
class Company:
    """Who is to be told what, and where it stands."""

    stage: Stage
    folder: Path
    without: tuple[str, ...] = ()
    numbers: int = 0
    planned: list[Planned] = field(default_factory=list)
    transport: Transport = "http"
    beside: Rows = field(default_factory=dict, repr=False)
    """The rows of the other workspace, as they have to stay."""
    went_back: bool = False
    """Whether the calendar was put back: then its moments do not tell any more what came first."""

    @property
    def replicas(self) -> int:
        """How many bots may be at work side by side."""
        return 3 if self.stage.database_url.startswith("postgresql") else 1

    def bot(self) -> Swift:
        """A bot, with a log of its own."""
        self.numbers += 1
        log = self.folder / f"bot-{self.numbers}.log"
        return Swift(self.stage, log, self.transport, without=self.without)

    @asynccontextmanager
    async def running(self, count: int = 1) -> AsyncIterator[list[asyncio.subprocess.Process]]:
        """So many bots side by side; events go to each in its turn."""
        async with AsyncExitStack() as bots:
            ways = [bots.enter_async_context(self.bot().running()) for _ in range(count)]
            yield list(await asyncio.gather(*ways))

    def logs(self) -> Iterator[tuple[Path, str]]:
        """All that any of the bots has logged."""
        return ((file, file.read_text()) for file in self.folder.glob("bot-*.log"))

    async def misbehaves(self, *rules: dict[str, Any]) -> None:
        """Script Slack's faults; those of posting where nothing else is said."""
        scripted = [{"method": "chat.postMessage", **rule} for rule in rules]
        await self.stage.person("U0MAYA").does("faults", rules=scripted)

    async def owes(self, users: Sequence[str], each: int = 1, **facts: Any) -> None:
        """Each of these people is to be asked about a finished story, so many times, now."""
        begun = len(self.planned)
        rows = [
            Planned(
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
        async with self.database() as database, database.writing() as connection:
            for user in users:
                self.stage.workspace.world.people.change(user, {"dnd": ""})
                if await find_person(connection, TEAM, user) is None:
                    await put_person(connection, Person(TEAM, user, WORDS, user, NOW))
                    draft = Draft(f"d-{user}", status=Status.FINISHED, edited=f"{WORDS} {user}")
                    await add_draft(connection, TEAM, user, draft, at=NOW)
                    await connection.execute(_ALL_SHOWN)
            await outbox.add_notices(connection, TEAM, rows, NOW)

    async def moves(self, **step: float) -> None:
        """The calendar is moved, and whichever bots there are are woken by it."""
        by = timedelta(**step)
        self.went_back = self.went_back or by < timedelta()
        await self.stage.person("U0MAYA").does("clock", advance_seconds=by.total_seconds())

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """The database, beside whatever bot runs on it."""
        database = await Database.open(self.stage.database_url)
        try:
            yield database
        finally:
            await database.close()

    async def notices(self) -> tuple[Notice, ...]:
        """The outbox as it is."""
        async with self.database() as database, database.reading() as connection:
            ours = select(*columns_of(Notice, table)).where(table.c.team_id == TEAM)
            return all_of(Notice, await connection.execute(ours))

    async def ends(self, within: float = GUARD) -> tuple[Notice, ...]:
        """Wait until nothing is to be done any more, and give what has become of everything."""

        async def ended() -> bool:
            return all(map(has_ended, await self.notices()))

        await self.sees(ended, within)
        return await self.notices()

    async def sees(self, ready: Callable[[], Awaitable[bool]], within: float = GUARD) -> None:
        """Look until it is so: a process of its own cannot tell us. A look is never cut short, for it holds the
        database open."""
        last = monotonic() + within
        while not await ready():
            if monotonic() > last:
                left = Counter((one.state, one.reason) for one in await self.unended())
                raise AssertionError(f"waited in vain; not at an end: {dict(left)}")
            await asyncio.sleep(LOOK_AGAIN)

    async def unended(self) -> tuple[Notice, ...]:
        """The notices about which something is still to be done."""
        return tuple(one for one in await self.notices() if not has_ended(one))

    async def has_outcomes(self) -> bool:
        """Whether whoever tried anything has come back and noted what came of it."""
        open_ones = select(attempts.c.n).where(attempts.c.team_id == TEAM, attempts.c.outcome.is_(None))
        async with self.database() as database, database.reading() as connection:
            return (await connection.execute(open_ones)).first() is None

    @property
    def journal(self) -> Journal:
        """What the bot called, and what Slack accepted."""
        return self.stage.workspace.world.journal

    def posts(self) -> list[dict[str, Any]]:
        """Every post with a key of the outbox that Slack accepted."""
        return [entry for entry in self.journal.since(0) if entry.get("accepted") and key_of(entry)]


async def slack_has_it(company: Company) -> bool:
    """Whether all of the scripted faults have struck, so that Slack has in hand what the last of them is about."""
    return all(rule.count == 0 for rule in company.stage.workspace.world.faults.rules)


async def has_said(company: Company, count: int) -> bool:
    """Whether so many posts stand in Slack."""
    return len(company.posts()) >= count


def key_of(entry: dict[str, Any]) -> str:
    """The key that a post carries; nothing for other calls."""
    if entry.get("method") != "chat.postMessage":
        return ""
    metadata = entry["args"].get("metadata") or {}
    return str(metadata.get("event_payload", {}).get("key", ""))


def has_ended(notice: Notice) -> bool:
    """Whether nothing is to be done about it any more."""
    return notice.state in ENDED or (notice.state == "unknown" and notice.lease_until is None)
