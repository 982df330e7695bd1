"""Files that name people wait until they're due, and their rows are deleted with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.engine.database import Database
from db.models.privacy import BotFile
from db.queries.erasure import erase_person
from db.queries.owner_files import (
    count_refused_file_deletions,
    forget_deleted_file,
    list_due_files,
    postpone_file,
    schedule_file_deletion,
)
from tests.db.samples import MAYA, NOW, OTHER_TEAM, TEAM, add_person_with_everything

DAY = timedelta(days=1)
FILE = BotFile(TEAM, "F1", NOW, NOW + DAY)
OTHER_FILE = BotFile(TEAM, "F2", NOW, NOW + 2 * DAY)


async def test_file_is_due_at_its_time_and_not_before(database: Database) -> None:
    async with database.write_transaction() as connection:
        await schedule_file_deletion(connection, OTHER_FILE)
        await schedule_file_deletion(connection, FILE)
        await schedule_file_deletion(connection, replace(FILE, team_id=OTHER_TEAM))
    async with database.read_transaction() as connection:
        least = timedelta(microseconds=1)
        assert await list_due_files(connection, TEAM, NOW + DAY - least, limit=10) == ()
        assert await list_due_files(connection, TEAM, NOW + DAY, limit=10) == (FILE,)
        assert await list_due_files(connection, TEAM, NOW + 2 * DAY, limit=10) == (FILE, OTHER_FILE)
        assert await list_due_files(connection, TEAM, NOW + 2 * DAY, limit=1) == (FILE,)


async def test_only_the_row_of_the_deleted_file_is_deleted(database: Database) -> None:
    async with database.write_transaction() as connection:
        for file in (FILE, OTHER_FILE, replace(FILE, team_id=OTHER_TEAM)):
            await schedule_file_deletion(connection, file)
        await forget_deleted_file(connection, TEAM, "F1")
        assert await list_due_files(connection, TEAM, NOW + 9 * DAY, limit=10) == (OTHER_FILE,)
        assert len(await list_due_files(connection, OTHER_TEAM, NOW + 9 * DAY, limit=10)) == 1


async def test_file_that_slack_refuses_to_delete_waits_and_is_counted(database: Database) -> None:
    async with database.write_transaction() as connection:
        await schedule_file_deletion(connection, FILE)
        await schedule_file_deletion(connection, OTHER_FILE)
        # A refusal that two replicas get at the same time counts once.
        until = NOW + 5 * DAY
        assert [await postpone_file(connection, FILE, until, "cant_delete_file") for _ in range(2)] == [
            True,
            False,
        ]
        assert await list_due_files(connection, TEAM, NOW + 4 * DAY, limit=10) == (OTHER_FILE,)
        assert await list_due_files(connection, TEAM, until, limit=10) == (replace(FILE, tries=1), OTHER_FILE)
        assert [await count_refused_file_deletions(connection, TEAM, tries) for tries in (1, 2)] == [1, 0]


async def test_file_that_is_stored_twice_keeps_its_time(database: Database) -> None:
    async with database.write_transaction() as connection:
        await schedule_file_deletion(connection, FILE)
        await schedule_file_deletion(connection, replace(FILE, delete_at=NOW + 9 * DAY))
        assert await list_due_files(connection, TEAM, NOW + DAY, limit=10) == (FILE,)


async def test_file_keeps_waiting_when_somebody_is_erased(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d1")
        before = await list_due_files(connection, TEAM, NOW, limit=10)
        await erase_person(connection, TEAM, MAYA, NOW)
        assert await list_due_files(connection, TEAM, NOW, limit=10) == before != ()
