"""Alembic migrations on an open connection, with a check that no row or reference was lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from db.engine.copies import copy_before_migration
from db.engine.errors import MigrationFailedError, NewerSchemaError
from db.engine.sqlite import MIGRATION_PRAGMAS, connect

# The migrations are in this package, in a wheel as in a checkout.
MIGRATIONS_FOLDER = Path(__file__).with_name("migrations")


def alembic_config(folder: Path = MIGRATIONS_FOLDER) -> Config:
    """Return Alembic's settings, made in code so that they don't depend on the working directory."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection, folder: Path = MIGRATIONS_FOLDER) -> None:
    """Upgrade the database to the newest revision in the caller's transaction."""
    config = alembic_config(folder)
    _check_not_newer(connection, ScriptDirectory.from_config(config))
    before = _row_counts(connection)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _check_no_rows_lost(before, _row_counts(connection))
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if broken:
            raise MigrationFailedError(
                f"A migration left {len(broken)} references to nothing; all is as it was."
            )


def upgrade_file(path: Path, revision: str, folder: Path = MIGRATIONS_FOLDER) -> None:
    """Upgrade a SQLite file to the newest revision, keeping a copy of the file from before."""
    copy_before_migration(path, revision)
    engine = create_engine("sqlite://", creator=lambda: connect(path, MIGRATION_PRAGMAS), poolclass=NullPool)
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.begin() as connection:
            upgrade(connection, folder)
    finally:
        engine.dispose()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_not_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    for found in MigrationContext.configure(connection).get_current_heads():
        if found not in known:
            raise NewerSchemaError(
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


def _check_no_rows_lost(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    for table, rows in before.items():
        if after.get(table, rows) < rows:
            raise MigrationFailedError(
                f"A migration would have lost {rows - after[table]} rows of {table}; all is as it was."
            )
