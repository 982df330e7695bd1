"""No text remains in free pages of the file, neither after a migration nor from earlier ones."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine.database import Database
from db.models.privacy import UnclearedLog
from db.queries.drafts import add_draft, delete_draft
from db.queries.log_clearing import find_uncleared_log
from db.schema.alembic_upgrade import MIGRATIONS_FOLDER, upgrade_file
from db.schema.migrate import SCHEMA_REVISION, migrate
from tests.db.extra_migrations import REBUILD_DRAFTS, migrations_with
from tests.db.samples import CANARY_TEXT, MAYA, NOW, TEAM, draft
from tests.sqlite_builds import database_bytes
from tests.sqlite_builds import plain_sqlite as plain_sqlite  # a fixture

pytestmark = pytest.mark.usefixtures("plain_sqlite")
LONG = f"{CANARY_TEXT}. " * 5000


def database_before_0012(tmp_path: Path) -> Path:
    """Make a file with the schema before 0012 and a workspace in it."""
    path, earlier = tmp_path / "hakawati.db", tmp_path / "earlier"
    shutil.copytree(MIGRATIONS_FOLDER, earlier)
    for later in (earlier / "versions").glob("0*.py"):
        if later.name >= "0012":
            later.unlink()
    upgrade_file(path, "0011_back", earlier)
    with closing(sqlite3.connect(path)) as connection:
        row = (TEAM, "Qamar Labs", "U0HAKAWATI", "B0HAKAWATI", b"key", "2027-03-01 09:30:00.000000")
        connection.execute("INSERT INTO workspaces VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.commit()
    return path


async def test_text_is_gone_after_its_table_was_rebuilt(
    tmp_path: Path,
) -> None:
    # Given a story in a table that is rebuilt
    path = tmp_path / "hakawati.db"
    await migrate(f"sqlite:///{path}")
    database = await Database.open(f"sqlite:///{path}")
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(edited=LONG), at=NOW)
    await database.close()
    upgrade_file(path, "next", migrations_with(tmp_path, REBUILD_DRAFTS))
    # When it is deleted afterwards
    database = await Database.open(f"sqlite:///{path}")
    async with database.write_transaction() as connection:
        assert await delete_draft(connection, TEAM, MAYA, "d1")
    assert await database.clear_log()
    # Then it isn't in the pages of the old table either
    assert CANARY_TEXT.encode() not in database_bytes(path)
    await database.close()


def test_text_that_earlier_migrations_left_in_free_pages_is_overwritten(tmp_path: Path) -> None:
    # Given a file with free pages that contain text
    path = database_before_0012(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE old (words TEXT)")
        connection.executemany("INSERT INTO old VALUES (?)", [(LONG,)] * 40)
        connection.commit()
        connection.execute("DROP TABLE old")
        connection.commit()
    assert CANARY_TEXT.encode() in database_bytes(path)
    size = path.stat().st_size
    # When it is upgraded
    upgrade_file(path, SCHEMA_REVISION)
    # Then none of it is left, and the file has hardly grown
    assert CANARY_TEXT.encode() not in database_bytes(path)
    assert path.stat().st_size < size + 100_000


async def test_log_is_cleared_once_after_the_upgrade_because_earlier_erasures_are_unknown(
    tmp_path: Path,
) -> None:
    path = database_before_0012(tmp_path)

    upgrade_file(path, SCHEMA_REVISION)

    database = await Database.open(f"sqlite:///{path}")
    async with database.read_transaction() as connection:
        assert await find_uncleared_log(connection, TEAM) == UnclearedLog(NOW, NOW)
    await database.close()
