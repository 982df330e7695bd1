"""Safe migration to this program's schema: with a copy before, a check after, and no downgrades."""

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
from db.engine.sqlite import ensure_private_file

# The newest revision in `migrations/versions`. With the constant, a start with nothing to migrate needs
# neither Alembic nor the folder; a test keeps the two in sync.
SCHEMA_REVISION = "0014_directory"

_SELECT_REVISION = "SELECT version_num FROM alembic_version"
# An arbitrary number that must never change: replicas that start together wait on it for the first of them.
_ADVISORY_LOCK = 4_203_117_001


async def migrate(url: str) -> None:
    """Create the tables or upgrade them to this program's schema; raise NewerSchemaError if they're newer."""
    known = parse_database_url(url)
    path = sqlite_path(known)
    if path is not None:
        await asyncio.to_thread(_migrate_file, path)
    else:
        await _migrate_postgres(known)


async def read_schema_revisions(url: str) -> tuple[str | None, str]:
    """Return the schema found (None if there are no tables yet) and the one this program expects."""
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
        ensure_private_file(path)
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
    """Return a file's revision without SQLAlchemy, which would slow every start, and without creating the file."""
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
    if row is None:
        return None
    (revision,) = row
    return str(revision)


def _import_upgrade_module() -> Any:
    """Import the upgrade module with Alembic, which takes 0.3 s, so only when there's something to migrate."""
    return importlib.import_module("db.schema.alembic_upgrade")
