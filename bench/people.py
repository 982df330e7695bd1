"""Databases of people with open drafts, as when many are in the middle of a story."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.bolt import TEAM
from bot.content import starter_bank
from bot.conversation.dealing import deal_cards
from db.engine.database import Database
from db.models import Person, ShownDraft
from db.models.drafts import ChosenAnswer, Draft, DraftStep, PersonMessage, Question, WrittenAnswer
from db.queries import drafts, people
from db.schema.migrate import migrate

SAMPLE_TEXT = (
    "I make sure the sensors in our clinics never go quiet, and colleagues come to me when a graph looks odd. "
    "The first year I mostly broke things, and somebody patient showed me how they are mended."
)


@dataclass(frozen=True)
class Writer:
    """A person in the middle of a story, with the first page of cards in front of them."""

    user: str
    channel: str
    ts: str
    draft: str
    cards: tuple[str, ...]


def writer(number: int) -> Writer:
    """Return the n-th writer."""
    dealt = deal_cards(starter_bank(), number % 10, number).cards
    return Writer(
        f"U0BENCH{number:05}",
        f"D0BENCH{number:05}",
        f"17000{number:05}.000100",
        f"draft{number:011x}",
        dealt[:5],
    )


def writers(count: int, first: int = 0) -> list[Writer]:
    """Return `count` writers, starting with the one numbered `first`."""
    return [writer(number) for number in range(first, first + count)]


FillDatabase = Callable[[Database], Awaitable[None]]


class DatabaseTemplates:
    """Prepared databases, each built once and copied so that benchmarks don't affect each other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copies = 0

    async def database_with_drafts(self, count: int) -> str:
        """Return the URL of a fresh database in which `count` people have an open draft."""
        return await self.fresh_copy(f"people-{count}", partial(fill_drafts, count=count))

    async def fresh_copy(self, name: str, fill: FillDatabase) -> str:
        """Return the URL of a fresh copy of the named database, which is built and filled on first use."""
        template = self._folder / f"{name}.db"
        if not template.exists():
            await self._create_template(template, fill)
        self._copies += 1
        copy = self._folder / f"copy-{self._copies}.db"
        await asyncio.to_thread(shutil.copyfile, template, copy)
        return _sqlite_url(copy)

    async def _create_template(self, template: Path, fill: FillDatabase) -> None:
        empty = self._folder / "empty.db"
        if not empty.exists():
            await migrate(_sqlite_url(empty))
        shutil.copyfile(empty, template)
        database = await Database.open(_sqlite_url(template))
        try:
            await fill(database)
            # Once the write-ahead log is merged, the file alone is the whole database and can be copied.
            await database.clear_log()
        finally:
            await database.close()

    def scratch_file(self) -> str:
        """Return a path for another program's database, deleted together with the copies."""
        self._copies += 1
        return str(self._folder / f"copy-{self._copies}.db")

    def delete_copies(self) -> None:
        """Delete every copy made so far: some are large."""
        for copy in self._folder.glob("copy-*"):
            copy.unlink()


def _sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def fill_drafts(database: Database, count: int) -> None:
    """Add `count` people, each with an open draft that has been shown."""
    now = datetime.now(UTC)
    async with database.write_transaction() as connection:
        for number in range(count):
            author = writer(number)
            await people.upsert_person_profile(connection, person_for(author, now))
            await drafts.add_draft(connection, TEAM, author.user, draft_for(author, number), at=now)
            shown = ShownDraft(1, author.channel, author.ts, f"{author.draft}.1.q")
            await drafts.mark_draft_shown(connection, TEAM, author.draft, shown)


def person_for(author: Writer, now: datetime) -> Person:
    """Return the person as Slack describes them."""
    return Person(
        TEAM,
        author.user,
        name=f"Name{author.user[-5:]} Family",
        real_name=f"Name{author.user[-5:]} Familyname",
        first_name=f"Name{author.user[-5:]}",
        locale="en-US",
        tz="Europe/Berlin",
        dm_channel=author.channel,
        fetched_at=now,
    )


def draft_for(author: Writer, number: int) -> Draft:
    """Return the writer's story so far."""
    answer = WrittenAnswer((PersonMessage(SAMPLE_TEXT, SAMPLE_TEXT, author.channel, author.ts),))
    return Draft(
        id=author.draft,
        at=Question(DraftStep.LINES, "1"),
        version=1,
        language="en",
        segment="tech",
        counted=True,
        answers={
            Question(DraftStep.INVITATION).key: ChosenAnswer(("start",)),
            Question(DraftStep.RULES).key: ChosenAnswer(("count",)),
            Question(DraftStep.SEGMENT).key: ChosenAnswer(("tech",)),
            Question(DraftStep.LANGUAGE).key: ChosenAnswer(("en",)),
            Question(DraftStep.WARM_UP).key: answer,
            Question(DraftStep.TURN).key: answer,
            Question(DraftStep.LINES).key: ChosenAnswer(("open",)),
        },
        deal=deal_cards(starter_bank(), number % 10, number),
        opened=("1",),
    )
