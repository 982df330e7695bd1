"""Bring a database to the schema of this program, safely: copied before, checked after, never downwards."""

from __future__ import annotations

import asyncio
import importlib
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.engine.database import asyncpg_options, connect_read_only, parse_database_url, sqlite_path
from db.engine.errors import DatabaseInUseError
from db.engine.file_lock import FileLock
from db.engine.sqlite import prepare_file

# The newest revision in `migrations/versions`. Standing here it costs a start that has nothing
# to migrate neither Alembic nor a look at the folder; a test holds the two together.
SCHEMA_REVISION = "0014_directory"

_SELECT_REVISION = "SELECT version_num FROM alembic_version"
# Any number, but the same for ever: replicas that start together wait here for the first of them.
_ADVISORY_LOCK = 4_203_117_001


async def migrate(url: str) -> None:
    """Make the tables, or bring them to this program's schema; NewerSchema when they are beyond it."""
    known = parse_database_url(url)
    path = sqlite_path(known)
    if path is not None:
        await asyncio.to_thread(_migrate_file, path)
    else:
        await _migrate_postgres(known)


async def read_schema_revisions(url: str) -> tuple[str | None, str]:
    """The schema that was found (None: no tables yet) and the one that this program expects."""
    path = sqlite_path(parse_database_url(url))
    if path is not None and not path.exists():
        return None, SCHEMA_REVISION
    async with connect_read_only(url) as connection:
        return await connection.run_sync(_read_revision), SCHEMA_REVISION


def _migrate_file(path: Path) -> None:
    if _read_file_revision(path) == SCHEMA_REVISION:
        return
    try:
        lock = FileLock.acquire(path)
    except DatabaseInUseError as error:
        raise DatabaseInUseError(
            f"{path} needs a newer schema, but a bot is running on it; stop it first."
        ) from error
    try:
        prepare_file(path)
        _import_upgrade_module().upgrade_file(path, SCHEMA_REVISION)
    finally:
        lock.release()


async def _migrate_postgres(url: URL) -> None:
    engine = create_async_engine(url, connect_args=asyncpg_options(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            if await connection.run_sync(_read_revision) == SCHEMA_REVISION:
                return
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            await connection.run_sync(_import_upgrade_module().upgrade)
    finally:
        await engine.dispose()


def _read_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text(_SELECT_REVISION)).scalar_one_or_none()


def _read_file_revision(path: Path) -> str | None:
    """Asked without SQLAlchemy and without making the file: this is on the way of every start."""
    if not path.exists():
        return None
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        row = connection.execute(_SELECT_REVISION).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return None
    finally:
        connection.close()
    return None if row is None else str(row[0])


def _import_upgrade_module() -> Any:
    """Alembic takes a third of a second to import, so it is only imported when there is something to do."""
    return importlib.import_module("db.schema.upgrade")
