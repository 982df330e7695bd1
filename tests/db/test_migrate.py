"""Migrations end at the schema of the tables, lose nothing, and never downgrade."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.engine.database import Database
from db.engine.errors import DatabaseInUseError, MigrationFailedError, NewerSchemaError
from db.models import StoryVersion
from db.queries.drafts import add_draft
from db.queries.people import find_last_activity
from db.queries.story_versions import add_version
from db.schema.alembic_upgrade import MIGRATIONS_FOLDER, alembic_config, upgrade_file
from db.schema.core import metadata
from db.schema.migrate import SCHEMA_REVISION, migrate, read_schema_revisions
from tests.db.extra_migrations import REBUILD_DRAFTS, migrations_with
from tests.db.samples import MAYA, NOW, TEAM, draft
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[2]


async def make_database_with_story(tmp_path: Path) -> Path:
    """Make a SQLite database with a draft and a version of it."""
    path = tmp_path / "hakawati.db"
    await migrate(f"sqlite:///{path}")
    database = await Database.open(f"sqlite:///{path}")
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        await add_version(connection, StoryVersion(TEAM, MAYA, "d1", 1, "words", None, "composed", NOW))
    await database.close()
    return path


def list_files(folder: Path, pattern: str = "*") -> list[Path]:
    """Return the files in a folder that match a pattern."""
    return sorted(folder.glob(pattern))


def count_rows(path: Path, table: str) -> int:
    """Return the number of rows in a table of a file."""
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)


async def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async with database.read_transaction() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_migrated_database_has_the_expected_schema(database_url: str) -> None:
    assert await read_schema_revisions(database_url) == (SCHEMA_REVISION, SCHEMA_REVISION)
    await migrate(database_url)
    assert await read_schema_revisions(database_url) == (SCHEMA_REVISION, SCHEMA_REVISION)


async def test_a_missing_database_has_no_schema_and_is_not_created_by_a_check(tmp_path: Path) -> None:
    assert await read_schema_revisions(f"sqlite:///{tmp_path}/none.db") == (None, SCHEMA_REVISION)
    assert list_files(tmp_path) == []


async def test_an_empty_database_has_no_schema(postgres_server: PostgresServer) -> None:
    async with postgres_server.empty_database() as url:
        assert await read_schema_revisions(url) == (None, SCHEMA_REVISION)


def test_the_expected_schema_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == SCHEMA_REVISION


async def test_a_database_of_a_newer_program_is_refused(database_url: str) -> None:
    database = await Database.open(database_url)
    async with database.write_transaction() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await database.close()
    with pytest.raises(NewerSchemaError, match="9999"):
        await migrate(database_url)
    assert await read_schema_revisions(database_url) == ("9999", SCHEMA_REVISION)


async def test_replicas_that_start_together_migrate_once(postgres_server: PostgresServer) -> None:
    async with postgres_server.empty_database() as url:
        await asyncio.gather(*(migrate(url) for _ in range(3)))
        assert await read_schema_revisions(url) == (SCHEMA_REVISION, SCHEMA_REVISION)


async def test_a_file_is_not_migrated_while_a_bot_is_running(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hakawati.db"
    bot = await Database.open(url, exclusive=True)
    with pytest.raises(DatabaseInUseError):
        await migrate(url)
    await bot.close()
    await migrate(url)


def test_earlier_erasures_count_as_requested_and_their_deletions_continue(tmp_path: Path) -> None:
    path, earlier = tmp_path / "hakawati.db", tmp_path / "earlier"
    shutil.copytree(MIGRATIONS_FOLDER, earlier)
    for later in [file for file in list_files(earlier / "versions", "0*.py") if file.name >= "0010"]:
        later.unlink()
    upgrade_file(path, "0009_quiet", earlier)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO tombstones VALUES ('T0QAMAR', x'00', '2027-03-01 09:30:00', 1)")
        connection.execute("INSERT INTO sweeps VALUES ('T0QAMAR', 'D0MAYA', '1.1', '2027-03-01 09:30:00')")
        connection.commit()

    upgrade_file(path, SCHEMA_REVISION)

    with closing(sqlite3.connect(path)) as connection:
        tombstones = connection.execute("SELECT stopped, after_leaving FROM tombstones").fetchall()
        assert tombstones == [(1, 0)]
        sweeps = connection.execute("SELECT tries, problem, again_at FROM sweeps").fetchall()
        assert sweeps == [(0, None, None)]


async def test_a_file_is_copied_before_it_is_changed_and_few_copies_are_kept(tmp_path: Path) -> None:
    path = await make_database_with_story(tmp_path)
    for number in range(4):
        (tmp_path / f"hakawati.before-000{number}.db").touch()
    upgrade_file(path, "next", migrations_with(tmp_path, REBUILD_DRAFTS))
    copies = list_files(tmp_path, "hakawati.before-*.db")
    assert [copy.name for copy in copies] == [f"hakawati.before-{n}.db" for n in ("0002", "0003", "next")]
    assert stat.S_IMODE(copies[-1].stat().st_mode) == 0o600
    assert count_rows(copies[-1], "versions") == 1


async def test_a_new_file_leaves_no_copy(tmp_path: Path) -> None:
    await migrate(f"sqlite:///{tmp_path}/hakawati.db")
    assert list_files(tmp_path, "*.before-*") == []
    assert stat.S_IMODE((tmp_path / "hakawati.db").stat().st_mode) == 0o600


async def test_a_rebuilt_table_keeps_the_rows_that_refer_to_it(tmp_path: Path) -> None:
    path = await make_database_with_story(tmp_path)
    upgrade_file(path, "next", migrations_with(tmp_path, REBUILD_DRAFTS))
    assert (count_rows(path, "drafts"), count_rows(path, "versions")) == (1, 1)
    with pytest.raises(NewerSchemaError):
        await migrate(f"sqlite:///{path}")


@pytest.mark.parametrize(
    "body", ['op.execute("DELETE FROM versions")', 'op.execute("UPDATE versions SET draft_id = 0")']
)
async def test_a_migration_that_loses_rows_or_references_changes_nothing(tmp_path: Path, body: str) -> None:
    path = await make_database_with_story(tmp_path)
    with pytest.raises(MigrationFailedError):
        upgrade_file(path, "next", migrations_with(tmp_path, body))
    assert count_rows(path, "versions") == 1
    assert await read_schema_revisions(f"sqlite:///{path}") == (SCHEMA_REVISION, SCHEMA_REVISION)


async def test_requests_for_fewer_messages_from_before_0010_count_as_activity(tmp_path: Path) -> None:
    # Given a file from before the time of the last preference was stored
    path, earlier = tmp_path / "hakawati.db", tmp_path / "earlier"
    shutil.copytree(MIGRATIONS_FOLDER, earlier, ignore=shutil.ignore_patterns("001?_*"))
    upgrade_file(path, "0009_quiet", earlier)
    with closing(sqlite3.connect(path)) as connection:
        columns = (
            "team_id, user_id, name, real_name, is_guest, is_stranger, is_bot, deleted, fetched_at, fewer_at"
        )
        row = (TEAM, MAYA, "maya", "Maya", 0, 0, 0, 0, *("2027-03-01 09:30:00.000000",) * 2)
        connection.execute(f"INSERT INTO people ({columns}) VALUES ({', '.join('?' * len(row))})", row)
        connection.commit()
    # When it is upgraded
    await migrate(f"sqlite:///{path}")
    # Then the request counts as activity, as it did before
    database = await Database.open(f"sqlite:///{path}")
    async with database.read_transaction() as connection:
        assert await find_last_activity(connection, TEAM, MAYA) == NOW
    await database.close()


def test_migrating_works_from_any_folder(tmp_path: Path) -> None:
    script = f"""
import asyncio, sys
sys.path.insert(0, {str(ROOT)!r})
from db.schema.migrate import migrate
asyncio.run(migrate("sqlite:///here.db"))
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=tmp_path, check=True)
    assert count_rows(tmp_path / "here.db", "alembic_version") == 1
