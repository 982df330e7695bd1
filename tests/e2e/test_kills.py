"""The power goes at every named point of every step: afterwards the question stands there, and every answer."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.conversation.compose import text_of
from bot.crash import POINTS
from bot.settings import CrashPoint
from db import drafts
from db.engine import Database
from db.models import StoredDraft
from practice.config import Timings
from tests.e2e.people import Person
from tests.e2e.processes import GUARD, LOOK_AGAIN, DiedAtStart, Process
from tests.e2e.stage import Stage, workspace
from tests.e2e.writing import TURN, WARM_UP
from tests.postgres import PostgresServer

PATIENT = Timings(retry_delays=(0.0, 4.0, 9.0), message_burst=10_000, long_poll=2.0)


@dataclass(frozen=True)
class Does:
    """One gesture, and what is seen when it has been answered."""

    says: str = ""
    clicks: str = ""
    then: str = ""


STORY = (
    Does(says="hi", then="Shall we?"),
    Does(clicks="Let's start", then="Three things first"),
    Does(clicks="Start, and count mine", then="Which is nearer to your work?"),
    Does(clicks="Working with customers", then="Which language feels more like you"),
    Does(clicks="English", then="Pick whichever is easiest"),
    Does(says=WARM_UP, then="How did you end up here?"),
    Does(says=TURN, then="Now the lines"),
    Does(clicks="Show me the first five", then="Lines 1 to 5 of 10"),
    Does(clicks="That's me", then="Go on with this one"),
    Does(clicks="Go on with this one", then="Your line has a gap"),
    Does(says="a quiet Tuesday", then=""),
    Does(clicks="Skip", then=""),
    Does(clicks="Back", then=""),
    Does(clicks="Pause", then="Saved. Write to me whenever you like."),
    Does(says="hello", then=""),
)


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
async def empty_stage(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[Stage]:
    """A stage with nobody on it: the bot comes as a process."""
    async with AsyncExitStack() as parts:
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres_server")
            url = await parts.enter_async_context(server.fresh_database())
        else:
            shutil.copyfile(sqlite_template, tmp_path / "hakawati.db")
            url = f"sqlite+aiosqlite:///{tmp_path / 'hakawati.db'}"
        made = Stage(await parts.enter_async_context(workspace(PATIENT)), url)
        parts.push_async_callback(made.session.close)
        yield made


@pytest.mark.parametrize(
    "point", [pytest.param(p, marks=() if p == "committed" else pytest.mark.long) for p in POINTS]
)
async def test_nothing_is_lost_when_the_power_goes_at_every_step(
    empty_stage: Stage, tmp_path: Path, point: str
) -> None:
    # Given a person, and a bot that dies at this point whenever it answers
    maya = empty_stage.person("U0MAYA")
    process = Process(empty_stage, tmp_path / "bot.log")
    for step in STORY:
        before = await newest(maya)
        # When the power goes
        await dies_while_answering(process, CrashPoint(moment=point, count=1), maya, step)
        # Then the bot that starts afterwards shows what comes next, at the latest when asked once more
        async with process.running():
            await sees_what_follows(maya, step, before)
    async with process.running():
        await everything_is_kept(empty_stage)
    assert errors_in(process.log) == []


async def dies_while_answering(process: Process, crash_at: CrashPoint, person: Person, step: Does) -> None:
    """The gesture, and the end of the process. It may die before, of showing what the last one left unshown."""
    for _ in range(3):
        try:
            async with process.running(crash_at) as dying:
                await gesture(person, step)
                async with asyncio.timeout(GUARD):
                    await dying.wait()
        except DiedAtStart:
            continue
        return
    raise AssertionError(f"the bot dies at every start:\n{process.log.read_text()}")


async def gesture(person: Person, step: Does) -> None:
    """Say it or press it; the bot may die of it."""
    if step.says:
        await person.says(step.says)
    else:
        await person.clicks(step.clicks, must=False)


async def sees_what_follows(person: Person, step: Does, before: str) -> None:
    """Wait for the next question. A press that Slack could not deliver is pressed again, as people do."""
    wanted = step.then or "Pause"
    if step.clicks:
        try:
            await person.sees(wanted, after=before if step.then != "Go on with this one" else "", timeout=3)
        except AssertionError:
            await person.clicks(step.clicks)
        else:
            return
    await person.sees(wanted, after=before if step.then != "Go on with this one" else "", timeout=GUARD)


async def newest(person: Person) -> str:
    """The ts of the newest message, or nothing before the first."""
    return max((message["ts"] for message in await person.messages()), default="")


async def everything_is_kept(stage: Stage) -> None:
    """Every word said is in the draft, and the present question has been shown."""
    database = await Database.open(stage.database_url)
    try:
        async with asyncio.timeout(GUARD):
            stored = await _current(database)
            while stored.shown_version < stored.draft.version:
                await asyncio.sleep(LOOK_AGAIN)  # another process shows it
                stored = await _current(database)
    finally:
        await database.close()
    assert all(words in text_of(stored.draft) for words in (WARM_UP, TURN, "a quiet Tuesday"))


async def _current(database: Database) -> StoredDraft:
    async with database.reading() as session:
        stored = await drafts.find_current(session, "T0QAMAR", "U0MAYA")
    assert stored is not None
    return stored


def errors_in(log: Path) -> list[dict[str, object]]:
    """The lines of the log that tell of an error."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("level") in {"error", "critical"}]
