"""The engine: transactions are atomic, read transactions never write, and a file has one owner."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import stat
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from db.engine.database import Database
from db.engine.errors import DatabaseClosedError, DatabaseInUseError, InvalidDatabaseUrlError
from db.engine.sqlite import connection_factory
from db.queries.erasure import erase_person
from db.queries.people import find_person, upsert_person_profile
from db.schema.core import people
from db.schema.migrate import migrate
from db.schema.row_mapping import values_of
from tests.db.samples import CANARY_TEXT, MAYA, NOW, TEAM, add_person_with_everything, person
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[2]


async def test_writes_are_stored_after_the_block(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) == person()


async def test_nothing_is_stored_when_the_block_ends_in_an_error(database: Database) -> None:
    async def write_and_fail() -> None:
        async with database.write_transaction() as connection:
            await upsert_person_profile(connection, person())
            raise LookupError

    with pytest.raises(LookupError):
        await write_and_fail()
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) is None
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())


async def test_read_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.read_transaction() as connection:
            await upsert_person_profile(connection, person())


async def test_read_transaction_sees_one_snapshot_during_a_write(database: Database) -> None:
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) is None
        async with database.write_transaction() as writer:
            await upsert_person_profile(writer, person())
        assert await find_person(connection, TEAM, MAYA) is None


async def test_a_cancelled_turn_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    entered = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.write_transaction() as connection:
            await upsert_person_profile(connection, person())
            entered.set()
            await asyncio.Event().wait()

    turn = asyncio.create_task(write_and_wait())
    await entered.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    async with database.write_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) is None
        await upsert_person_profile(connection, person())


async def test_a_turn_cancelled_at_any_step_leaves_the_database_usable(database: Database) -> None:
    async def write() -> None:
        async with database.write_transaction() as connection:
            await upsert_person_profile(connection, person())

    for steps in range(12):
        turn = asyncio.create_task(write())
        for _ in range(steps):
            await asyncio.sleep(0)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
    await write()
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) == person()


async def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "hakawati.db"
    database = await Database.open(f"sqlite:///{file}")
    async with database.write_transaction():
        pass
    modes = {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    await database.close()
    assert modes == {0o600}
    assert database.display_location == str(file)


async def test_a_second_bot_is_refused_until_the_first_has_closed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hakawati.db"
    first = await Database.open(url, exclusive=True)
    with pytest.raises(DatabaseInUseError):
        await Database.open(url, exclusive=True)
    shared = await Database.open(url)
    await shared.close()
    await first.close()
    again = await Database.open(url, exclusive=True)
    await again.close()


async def test_only_writes_marked_as_not_durable_skip_waiting_for_the_disk(database: Database) -> None:
    async def mode(*, durable: bool) -> str:
        ask = "SHOW synchronous_commit" if "postgresql" in database.display_location else "PRAGMA synchronous"
        async with database.write_transaction(durable=durable) as connection:
            await upsert_person_profile(connection, person(name=f"durable={durable}"))
            return str((await connection.exec_driver_sql(ask)).scalar_one())

    # Given a write that a power cut may lose, between two that it may not
    modes = [await mode(durable=durable) for durable in (True, False, True)]
    # Then the others wait as usual, and all are stored
    assert modes in (["2", "1", "2"], ["on", "off", "on"])
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) == person(name="durable=True")


async def test_writers_that_come_or_wait_while_the_database_closes_are_refused(database_url: str) -> None:
    # Given a writer, and others that wait for the lock
    database = await Database.open(database_url)

    async def write() -> None:
        async with database.write_transaction() as connection:
            await connection.exec_driver_sql("DELETE FROM receipts")

    async with database.write_transaction():
        waiting = [asyncio.create_task(write()) for _ in range(20)]
        await asyncio.sleep(0)
        # When the database is closed as soon as the first has finished
        closing = asyncio.create_task(database.close())
        waiting += [asyncio.create_task(write()) for _ in range(20)]
        await asyncio.sleep(0)
    await closing
    # Then nobody uses the closed connection: each has either written before or gets the error
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None)] * 20 + [DatabaseClosedError] * 20
    with pytest.raises(DatabaseClosedError):
        database.read_transaction()
    await database.clear_log()


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
async def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(InvalidDatabaseUrlError):
        await Database.open(url)


HOLD = """
import asyncio, sys
from db.engine.database import Database
from db.schema.migrate import migrate

async def main():
    await migrate(sys.argv[1])
    database = await Database.open(sys.argv[1], exclusive=True)
    async with database.write_transaction() as connection:
        await connection.exec_driver_sql("DELETE FROM receipts")
    async with database.read_transaction() as connection:
        await connection.exec_driver_sql("SELECT 1")
    print("open", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def _start_holder(url: str) -> asyncio.subprocess.Process:
    """Start another process that has the database open exclusively."""
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, url, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"open\n"
    return holder


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
async def test_a_killed_bot_releases_the_file(tmp_path: Path, end: signal.Signals) -> None:
    url = f"sqlite:///{tmp_path}/hakawati.db"
    holder = await _start_holder(url)
    with pytest.raises(DatabaseInUseError):
        await Database.open(url, exclusive=True)
    holder.send_signal(end)
    await asyncio.wait_for(holder.wait(), 20)
    await migrate(url)
    database = await Database.open(url, exclusive=True)
    await database.close()


async def test_a_process_that_closes_its_database_ends_by_itself(tmp_path: Path) -> None:
    script = HOLD.replace("await asyncio.Event().wait()", "await database.close()")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-c", script, f"sqlite:///{tmp_path}/hakawati.db", cwd=ROOT
    )
    assert await asyncio.wait_for(process.wait(), 20) == 0


async def test_a_database_error_does_not_repeat_the_text(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
    with pytest.raises(IntegrityError) as caught:
        async with database.write_transaction() as connection:
            await connection.execute(insert(people), [{**values_of(person()), "real_name": CANARY_TEXT}])
    assert CANARY_TEXT not in str(caught.value)


async def test_waiting_for_another_process_does_not_block_the_event_loop(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hakawati.db"
    await migrate(url)
    database = await Database.open(url)
    other = sqlite3.connect(database.display_location, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.write_transaction() as connection:
            await upsert_person_profile(connection, person())

    writing = asyncio.create_task(write())
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) is None
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await writing
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) == person()
    await database.close()


@pytest.mark.parametrize(
    "url", ["postgres://me:secret@host/name?sslmode=require", "postgresql://me:secret@host/name"]
)
async def test_urls_of_hosting_services_are_supported(url: str) -> None:
    database = await Database.open(url)
    await database.close()
    assert database.display_location.startswith("postgresql+asyncpg://me:***@host/name")
    assert "sslmode" not in database.display_location


async def test_a_pool_without_a_statement_cache_works_too(postgres_server: PostgresServer) -> None:
    async with postgres_server.fresh_database() as url:
        database = await Database.open(f"{url}&prepared_statement_cache_size=0")
        for _ in range(3):
            async with database.write_transaction() as connection:
                await upsert_person_profile(connection, person())
        await database.close()


async def test_erased_text_is_no_longer_in_the_files(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hakawati.db"
    await migrate(url)
    database = await Database.open(url)
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d1")
    assert CANARY_TEXT.encode() in _folder_bytes(tmp_path)
    async with database.write_transaction() as connection:
        await erase_person(connection, TEAM, MAYA, NOW)
    await database.clear_log()
    assert CANARY_TEXT.encode() not in _folder_bytes(tmp_path)
    await database.close()


def _folder_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_interrupted_close_keeps_nobody_waiting(sqlite_template: Path) -> None:
    # Given a connection that is being closed
    connection = await connection_factory(sqlite_template, reading=True)()
    closing = asyncio.create_task(connection.close())
    await asyncio.sleep(0)  # the close has reached the thread
    # When the close is interrupted, and the thread is ended
    connection.stop()
    # Then the close finishes, too
    async with asyncio.timeout(5):
        await closing
