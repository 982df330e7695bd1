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

from bot.jobs.ticker import run_job
from bot.jobs.timetable import timetable
from bot.services import Services, UserRef
from bot.timings import Timings
from bot.workflows.privacy.erasure import erase_leavers_after_retention, erase_person_and_confirm
from bot.workflows.stories.deletion import delete_story_and_confirm
from db.engine.database import Database
from db.models import StoryVersion
from db.models.drafts import Draft
from db.models.privacy import UnclearedLog
from db.queries import drafts
from db.queries.erasure import erase_person
from db.queries.log_clearing import find_uncleared_log
from db.queries.story_versions import add_version
from tests.sqlite_builds import database_bytes
from tests.sqlite_builds import plain_sqlite as plain_sqlite  # a fixture
from tests.workflows.recording_services import MAYA, NOW, TEAM, RecordingMessenger, ServicesFactory

Erasure = Callable[[Services], Awaitable[object]]
CANARY = "the lighthouse canary sings at noon"
LONG = f"{CANARY}. " * 500
MAYA_REF = UserRef(TEAM, "U0MAYA")
OMAR = replace(MAYA, user_id="U0OMAR", dm_channel="D0OMAR")
DEPARTED_MAYA = replace(MAYA, deleted=True, left_at=NOW - timedelta(days=91))
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


async def erase_maya(services: Services) -> None:
    """Let Maya delete everything."""
    await erase_person_and_confirm(services, MAYA_REF)


async def forget_departed(services: Services) -> None:
    """Let the bot forget Maya, who left."""
    services.retention = timedelta(days=90)
    assert await erase_leavers_after_retention(services, NOW) == 1


async def delete_draft(services: Services) -> None:
    """Let Maya delete her draft."""
    await delete_story_and_confirm(services, MAYA_REF, "d1")


EACH_ERASURE = pytest.mark.parametrize("erasure", [erase_maya, forget_departed, delete_draft])


async def add_story(services: Services, user: str = "U0MAYA", draft_id: str = "d1") -> None:
    """Keep a story of this person's with the canary in it."""
    async with services.transaction() as connection:
        await drafts.add_draft(connection, TEAM, user, Draft(draft_id, edited=LONG), at=NOW)
        await add_version(connection, StoryVersion(TEAM, user, draft_id, 1, LONG, None, "composed", NOW))


@contextmanager
def open_reader(file: Path) -> Iterator[None]:
    """Start another program that reads for a long time, such as a backup."""
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM drafts").fetchall()
    try:
        yield
    finally:
        reader.close()


async def run_clearing_job(services: Services) -> None:
    """Let the clock strike for the job of the timetable."""
    for entry in timetable(Timings()):
        if entry.name == "clear_erased":
            await run_job(services, entry)


async def get_uncleared(services: Services) -> UnclearedLog | None:
    """Return what the database says is still to be cleared."""
    async with services.database.read_transaction() as connection:
        return await find_uncleared_log(connection, TEAM)


@pytest.mark.usefixtures("plain_sqlite")
@EACH_ERASURE
async def test_no_byte_is_left_after_an_erasure(
    database: Database, make_services: ServicesFactory, erasure: Erasure
) -> None:
    services = await make_services(RecordingMessenger(), DEPARTED_MAYA)
    await add_story(services)
    assert CANARY.encode() in database_bytes(Path(database.display_location))

    await erasure(services)
    await services.outgoing.wait_until_idle()

    assert CANARY.encode() not in database_bytes(Path(database.display_location))
    assert await get_uncleared(services) is None


@pytest.mark.usefixtures("plain_sqlite")
@EACH_ERASURE
async def test_log_is_cleared_when_its_reader_has_gone(
    database: Database, make_services: ServicesFactory, erasure: Erasure
) -> None:
    # Given words of Maya's, and another program that is reading
    services, file = await make_services(RecordingMessenger(), DEPARTED_MAYA), Path(database.display_location)
    await add_story(services)
    with open_reader(file):
        # When they are erased
        await erasure(services)
        await services.outgoing.wait_until_idle()
        # Then they are still in the log, and the job says so while that is true
        with capture_logs() as logs:
            await run_clearing_job(services)
        assert [entry["event"] for entry in logs] == ["erasure.in_log"]
        assert CANARY.encode() in database_bytes(file)
        assert await get_uncleared(services) == UnclearedLog(NOW, NOW)
    # When the other program has finished, then the job clears them away
    with capture_logs() as logs:
        await run_clearing_job(services)
    assert [(entry["event"], entry["job"]) for entry in logs] == [("job.done", "clear_erased")]
    assert CANARY.encode() not in database_bytes(file)
    assert await get_uncleared(services) is None


@pytest.mark.usefixtures("plain_sqlite")
async def test_log_is_cleared_after_a_restart_when_the_process_died_right_after_the_erasure(
    database: Database, make_services: ServicesFactory, tmp_path: Path
) -> None:
    # Given an erasure that has been committed
    services, file = await make_services(RecordingMessenger(), MAYA), Path(database.display_location)
    await add_story(services)
    async with services.transaction() as connection:
        await erase_person(connection, TEAM, MAYA.user_id, NOW)
    # When the process is killed then, so that the files stay as they are
    left = tmp_path / "left"
    left.mkdir()
    for part in file.parent.glob(f"{file.name}*"):
        shutil.copy(part, left)
    assert CANARY.encode() in database_bytes(left / file.name)
    # Then the next one clears the log with its first tick
    restarted = await Database.open(f"sqlite:///{left / file.name}")
    services = Services(
        restarted,
        RecordingMessenger(),
        services.clock,
        workspace=services.workspace,
        crash=services.crash_points,
    )
    await run_clearing_job(services)
    assert CANARY.encode() not in database_bytes(left / file.name)
    assert await get_uncleared(services) is None
    await restarted.close()


class ErasingDatabase(Database):
    """A database in which somebody else is erased between the clearing of the log and the note of it."""

    erasure: Callable[[], Awaitable[object]] | None = None

    async def clear_log(self) -> bool:
        """Clear the log, and let the other erasure come right after it."""
        cleared = await super().clear_log()
        erasure, self.erasure = self.erasure, None
        if erasure is not None:
            await erasure()
        return cleared


@pytest.mark.usefixtures("plain_sqlite")
@pytest.mark.parametrize("at", [NOW, NOW - timedelta(minutes=5)], ids=["same moment", "slow clock"])
async def test_erasure_stays_owed_when_it_comes_while_the_log_of_another_is_cleared(
    database_url: str, make_services: ServicesFactory, at: object
) -> None:
    # Given two people, the second erased exactly while the log is cleared of the first
    services = await make_services(RecordingMessenger(), MAYA, OMAR)
    await add_story(services)
    await add_story(services, "U0OMAR", "d2")
    database = await ErasingDatabase.open(database_url)
    assert isinstance(database, ErasingDatabase)
    file = Path(database.display_location)
    services = Services(
        database,
        RecordingMessenger(),
        services.clock,
        workspace=services.workspace,
        crash=services.crash_points,
    )

    async def erasure() -> None:
        async with database.write_transaction() as connection:
            await erase_person(connection, TEAM, "U0OMAR", at)  # type: ignore[arg-type]

    database.erasure = erasure
    # When the first is erased
    await erase_person_and_confirm(services, MAYA_REF)
    await services.outgoing.wait_until_idle()
    # Then the second person's words are still owed, and the job clears them away
    assert await get_uncleared(services) is not None
    assert CANARY.encode() in database_bytes(file)
    await run_clearing_job(services)
    assert CANARY.encode() not in database_bytes(file)
    assert await get_uncleared(services) is None
    await database.close()


@BOTH
@EACH_ERASURE
async def test_nothing_is_owed_after_an_undisturbed_erasure(
    make_services: ServicesFactory, erasure: Erasure
) -> None:
    services = await make_services(RecordingMessenger(), DEPARTED_MAYA)
    await add_story(services)

    await erasure(services)
    await services.outgoing.wait_until_idle()

    assert await get_uncleared(services) is None


@BOTH
async def test_job_does_nothing_when_nothing_was_erased(make_services: ServicesFactory) -> None:
    services = await make_services(RecordingMessenger(), MAYA)

    with capture_logs() as logs:
        await run_clearing_job(services)

    assert logs == []


async def test_nothing_is_owed_when_there_was_no_draft_to_delete(make_services: ServicesFactory) -> None:
    services = await make_services(RecordingMessenger(), MAYA)
    async with services.transaction() as connection:
        await connection.exec_driver_sql("UPDATE workspaces SET erased_at = NULL")

    await delete_story_and_confirm(services, MAYA_REF, "d-gone")
    await services.outgoing.wait_until_idle()

    async with services.database.read_transaction() as connection:
        assert (await connection.exec_driver_sql("SELECT erased_at FROM workspaces")).scalar_one() is None
