"""Erased words leave the database's files, too, also when something reads from them meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.jobs import run, timetable
from bot.services import Services, Who
from bot.timings import Timings
from bot.workflows.people.replies import erase_draft
from bot.workflows.privacy.erasure import erase, forget_leavers
from db.engine.database import Database
from db.models import Version
from db.models.drafts import Draft
from db.models.privacy import Uncleared
from db.queries import drafts
from db.queries.erasure import erase_person
from db.queries.log_clearing import find_uncleared
from db.queries.story_versions import add_version
from tests.sqlite_builds import bytes_of
from tests.sqlite_builds import plain_sqlite as plain_sqlite  # a fixture
from tests.workflows.companies import MAYA, NOW, TEAM, Company, Recorder

Erasure = Callable[[Services], Awaitable[object]]
CANARY = "the lighthouse canary sings at noon"
LONG = f"{CANARY}. " * 500
WHO = Who(TEAM, "U0MAYA")
OMAR = replace(MAYA, user_id="U0OMAR", dm_channel="D0OMAR")
LEFT = replace(MAYA, deleted=True, left_at=NOW - timedelta(days=91))
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


async def deletes_everything(services: Services) -> None:
    """Let Maya delete everything."""
    await erase(services, WHO)


async def left_long_ago(services: Services) -> None:
    """Let the bot forget Maya, who left."""
    services.retention = timedelta(days=90)
    assert await forget_leavers(services, NOW) == 1


async def deletes_a_draft(services: Services) -> None:
    """Let Maya delete her draft."""
    await erase_draft(services, WHO, "d1")


EACH_ERASURE = pytest.mark.parametrize("erasure", [deletes_everything, left_long_ago, deletes_a_draft])


async def writes(services: Services, user: str = "U0MAYA", draft_id: str = "d1") -> None:
    """Keep a story of this person's with the canary in it."""
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, user, Draft(draft_id, edited=LONG), at=NOW)
        await add_version(connection, Version(TEAM, user, draft_id, 1, LONG, None, "composed", NOW))


@contextmanager
def somebody_reads(file: Path) -> Iterator[None]:
    """Another program that has begun to read, a backup say, and takes its time."""
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM drafts").fetchall()
    try:
        yield
    finally:
        reader.close()


async def job_runs(services: Services) -> None:
    """Let the clock strike for the job of the timetable."""
    for entry in timetable(Timings()):
        if entry.name == "clear_erased":
            await run(services, entry)


async def uncleared(services: Services) -> Uncleared | None:
    """Return what the database says is still to be cleared."""
    async with services.database.reading() as connection:
        return await find_uncleared(connection, TEAM)


@pytest.mark.usefixtures("plain_sqlite")
@EACH_ERASURE
async def test_no_byte_is_left_after_an_erasure(
    database: Database, company: Company, erasure: Erasure
) -> None:
    services = await company(Recorder(), LEFT)
    await writes(services)
    assert CANARY.encode() in bytes_of(Path(database.place))

    await erasure(services)
    await services.voice.quiet()

    assert CANARY.encode() not in bytes_of(Path(database.place))
    assert await uncleared(services) is None


@pytest.mark.usefixtures("plain_sqlite")
@EACH_ERASURE
async def test_log_is_cleared_when_its_reader_has_gone(
    database: Database, company: Company, erasure: Erasure
) -> None:
    # Given words of Maya's, and another program that is reading
    services, file = await company(Recorder(), LEFT), Path(database.place)
    await writes(services)
    with somebody_reads(file):
        # When they are erased
        await erasure(services)
        await services.voice.quiet()
        # Then they are still in the log, and the job says so as long as that is true
        with capture_logs() as logs:
            await job_runs(services)
        assert [entry["event"] for entry in logs] == ["erasure.in_log"]
        assert CANARY.encode() in bytes_of(file)
        assert await uncleared(services) == Uncleared(NOW, NOW)
    # When the other program has finished, then the job clears them away
    with capture_logs() as logs:
        await job_runs(services)
    assert [(entry["event"], entry["job"]) for entry in logs] == [("job.done", "clear_erased")]
    assert CANARY.encode() not in bytes_of(file)
    assert await uncleared(services) is None


@pytest.mark.usefixtures("plain_sqlite")
async def test_log_is_cleared_after_a_restart_when_the_process_died_right_after_the_erasure(
    database: Database, company: Company, tmp_path: Path
) -> None:
    # Given an erasure that has been committed
    services, file = await company(Recorder(), MAYA), Path(database.place)
    await writes(services)
    async with services.transaction() as connection:
        await erase_person(connection, TEAM, MAYA.user_id, NOW)
    # When the process is killed then, so that the files stay as they are
    left = tmp_path / "left"
    left.mkdir()
    for part in file.parent.glob(f"{file.name}*"):
        shutil.copy(part, left)
    assert CANARY.encode() in bytes_of(left / file.name)
    # Then the next one clears the log with its first tick
    restarted = await Database.open(f"sqlite:///{left / file.name}")
    services = Services(
        restarted, Recorder(), services.clock, workspace=services.workspace, crash=services.crash
    )
    await job_runs(services)
    assert CANARY.encode() not in bytes_of(left / file.name)
    assert await uncleared(services) is None
    await restarted.close()


class ErasesMeanwhile(Database):
    """A database in which somebody else is erased between the clearing of the log and the note of it."""

    erasure: Callable[[], Awaitable[object]] | None = None

    async def forget(self) -> bool:
        """Clear the log, and let the other erasure come right after it."""
        cleared = await super().forget()
        erasure, self.erasure = self.erasure, None
        if erasure is not None:
            await erasure()
        return cleared


@pytest.mark.usefixtures("plain_sqlite")
@pytest.mark.parametrize("at", [NOW, NOW - timedelta(minutes=5)], ids=["same moment", "slow clock"])
async def test_erasure_stays_owed_when_it_comes_while_the_log_of_another_is_cleared(
    database_url: str, company: Company, at: object
) -> None:
    # Given two people, one of whom is erased while the log is cleared of the other, at no later moment
    services = await company(Recorder(), MAYA, OMAR)
    await writes(services)
    await writes(services, "U0OMAR", "d2")
    database = await ErasesMeanwhile.open(database_url)
    assert isinstance(database, ErasesMeanwhile)
    file = Path(database.place)
    services = Services(
        database, Recorder(), services.clock, workspace=services.workspace, crash=services.crash
    )

    async def erasure() -> None:
        async with database.writing() as connection:
            await erase_person(connection, TEAM, "U0OMAR", at)  # type: ignore[arg-type]

    database.erasure = erasure
    # When the first is erased
    await erase(services, WHO)
    await services.voice.quiet()
    # Then what the second had written is still owed, and the job clears it away
    assert await uncleared(services) is not None
    assert CANARY.encode() in bytes_of(file)
    await job_runs(services)
    assert CANARY.encode() not in bytes_of(file)
    assert await uncleared(services) is None
    await database.close()


@BOTH
@EACH_ERASURE
async def test_nothing_is_owed_any_more_when_nothing_is_in_the_way(
    company: Company, erasure: Erasure
) -> None:
    services = await company(Recorder(), LEFT)
    await writes(services)

    await erasure(services)
    await services.voice.quiet()

    assert await uncleared(services) is None


@BOTH
async def test_job_does_nothing_when_nothing_was_erased(company: Company) -> None:
    services = await company(Recorder(), MAYA)

    with capture_logs() as logs:
        await job_runs(services)

    assert logs == []


async def test_nothing_is_owed_when_there_was_no_draft_to_delete(company: Company) -> None:
    services = await company(Recorder(), MAYA)
    async with services.transaction() as connection:
        await connection.exec_driver_sql("UPDATE workspaces SET erased_at = NULL")

    await erase_draft(services, WHO, "d-gone")
    await services.voice.quiet()

    async with services.database.reading() as connection:
        assert (await connection.exec_driver_sql("SELECT erased_at FROM workspaces")).scalar_one() is None
