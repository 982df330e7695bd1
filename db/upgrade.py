"""Run the migrations on an open connection with Alembic, and see that no row and no reference was lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from db.errors import MigrationFailed, NewerSchema

# The migrations lie beside this file, in a wheel as in a checkout.
MIGRATIONS = Path(__file__).with_name("migrations")

_COPIES_KEPT = 3


def configuration(folder: Path = MIGRATIONS) -> Config:
    """Alembic's settings, made here and not read from a file, so that it does not matter where one stands."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection, folder: Path = MIGRATIONS) -> None:
    """Bring the database to the newest revision, inside the transaction that the caller has begun."""
    config = configuration(folder)
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    before = _row_counts(connection)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _refuse_losses(before, _row_counts(connection))
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if broken:
            raise MigrationFailed(f"A migration left {len(broken)} references to nothing; all is as it was.")


def upgrade_file(path: Path, revision: str, folder: Path = MIGRATIONS) -> None:
    """Bring a SQLite file to the newest revision; what was in it before is kept beside it."""
    _keep_copy(path, revision)
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    event.listen(engine, "connect", _settings_for_migrating)
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as connection:
            upgrade(connection, folder)
    finally:
        engine.dispose()


def _settings_for_migrating(connection: sqlite3.Connection, record: object) -> None:
    """Foreign keys off: Alembic moves tables, and a moved table must not take its children with it."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = OFF", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    for found in MigrationContext.configure(connection).get_current_heads():
        if found not in known:
            raise NewerSchema(
                f"The database has schema {found}, which this program does not know; "
                "it was made by a newer one. Start that one."
            )


def _row_counts(connection: Connection) -> dict[str, int]:
    quote = connection.dialect.identifier_preparer.quote
    return {
        table: connection.execute(text(f"SELECT count(*) FROM {quote(table)}")).scalar_one()
        for table in inspect(connection).get_table_names()
        if table != "alembic_version"
    }


def _refuse_losses(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    for table, rows in before.items():
        if after.get(table, rows) < rows:
            raise MigrationFailed(
                f"A migration would have lost {rows - after[table]} rows of {table}; all is as it was."
            )


def _keep_copy(path: Path, revision: str) -> None:
    """Copy the file, unless it is new; SQLite's own copying also takes what is still in the log beside it."""
    with closing(sqlite3.connect(path)) as source:
        if source.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return
        copy = path.with_name(f"{path.stem}.before-{revision}.db")
        os.close(os.open(copy, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    kept = sorted(path.parent.glob(f"{path.stem}.before-*.db"))
    for old in kept[:-_COPIES_KEPT]:
        old.unlink()
