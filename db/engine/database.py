"""The database: read and write transactions on SQLite and PostgreSQL; no other module commits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from db.engine.errors import DatabaseClosedError, InvalidDatabaseUrlError
from db.engine.file_lock import FileLock
from db.engine.sqlite import SqliteConnection, connection_factory, ensure_private_file

_READER_POOL_SIZE = 3
_POSTGRES_POOL_SIZE = 20


class _Store(Protocol):
    """The operations that SQLite and PostgreSQL implement differently."""

    def read_transaction(self) -> AbstractAsyncContextManager[AsyncConnection]: ...

    def write_transaction(self, durable: bool) -> AbstractAsyncContextManager[AsyncConnection]: ...

    async def clear_log(self) -> bool: ...

    async def close(self) -> None: ...


class Database:
    """An open database, made by `open` and ended by `close`."""

    def __init__(self, url: URL, store: _Store, lock: FileLock | None) -> None:
        self._url = url
        self._store = store
        self._lock = lock
        self._closed = False

    @classmethod
    async def open(cls, url: str, *, exclusive: bool = False) -> Database:
        """Open the database at this URL; with `exclusive`, refuse a SQLite file that another bot serves.

        The tables must exist: see `db.schema.migrate.migrate`.
        """
        known = parse_database_url(url)
        path = sqlite_path(known)
        if path is None:
            return cls(known, _PostgresStore(known), None)
        lock = FileLock.acquire(path) if exclusive else None
        try:
            ensure_private_file(path)
            return cls(known, await _SqliteStore.open(path), lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @property
    def display_location(self) -> str:
        """The location of the data for display: the file, or the URL without its password."""
        path = sqlite_path(self._url)
        return str(path) if path is not None else self._url.render_as_string(hide_password=True)

    @property
    def is_exclusive(self) -> bool:
        """Whether no other bot can be using the database: a SQLite file opened with `exclusive`."""
        return self._lock is not None

    def read_transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a connection that reads one snapshot and can't write; raise DatabaseClosedError after `close`."""
        self._refuse_when_closed()
        return self._store.read_transaction()

    def write_transaction(self, *, durable: bool = True) -> AbstractAsyncContextManager[AsyncConnection]:
        """Return a connection in a write transaction, committed on leaving and rolled back on any error.

        With `durable=False` the commit doesn't wait for the disk. A killed process loses nothing, but a power cut
        may lose the last of these transactions as a whole: use it only for what's detected or redone automatically.
        Raise DatabaseClosedError after `close`, also for callers that were waiting for the write lock.
        """
        self._refuse_when_closed()
        return self._store.write_transaction(durable)

    async def clear_log(self) -> bool:
        """Remove what committed erasures deleted from SQLite's log as well; return False while a reader prevents it.

        PostgreSQL does it on its own schedule, with its vacuum and log rotation.
        """
        return await self._store.clear_log()

    async def close(self) -> None:
        """Close every connection and release the file."""
        self._closed = True
        await self._store.close()
        if self._lock is not None:
            self._lock.release()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise DatabaseClosedError


class _SqliteStore:
    """One writer behind an asyncio lock, and a small pool of readers."""

    _connection: AsyncConnection
    _driver_connection: SqliteConnection

    def __init__(self, writer: AsyncEngine, readers: AsyncEngine) -> None:
        self._writer = writer
        self._readers = readers
        self._write_lock = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> _SqliteStore:
        url = URL.create("sqlite+aiosqlite", database=str(path))
        writer = _create_engine(url, async_creator=connection_factory(path, reading=False), pool_size=1)
        readers = _create_engine(
            url, async_creator=connection_factory(path, reading=True), pool_size=_READER_POOL_SIZE
        )
        store = cls(writer, readers)
        await store._connect()
        return store

    @asynccontextmanager
    async def read_transaction(self) -> AsyncIterator[AsyncConnection]:
        async with self._readers.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write_transaction(self, durable: bool) -> AsyncIterator[AsyncConnection]:
        async with self._write_lock:
            if self._connection.closed:
                raise DatabaseClosedError
            if self._connection.invalidated:
                await self._connection.close()
                await self._connect()
            await self._driver_connection.begin(durable=durable)
            try:
                yield self._connection
                await self._driver_connection.commit()
            finally:
                # After a commit, the first line only tells SQLAlchemy that its transaction is over.
                await self._connection.rollback()
                await self._driver_connection.rollback()

    async def _connect(self) -> None:
        self._connection = await self._writer.connect()
        driver = (await self._connection.get_raw_connection()).driver_connection
        assert isinstance(driver, SqliteConnection)
        self._driver_connection = driver

    async def clear_log(self) -> bool:
        async with self._write_lock:
            return not self._connection.closed and await self._driver_connection.checkpoint()

    async def close(self) -> None:
        # The lock is held to the end: a connection used in one thread while another closes it
        # crashes the whole process.
        async with self._write_lock:
            await self._connection.close()
            await self._writer.dispose()
        await self._readers.dispose()


class _PostgresStore:
    """A pool of asyncpg connections; a read transaction sees one snapshot and can't write."""

    def __init__(self, url: URL) -> None:
        self._engine = _create_engine(url, connect_args=asyncpg_options(url), pool_size=_POSTGRES_POOL_SIZE)
        self._readers = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @asynccontextmanager
    async def read_transaction(self) -> AsyncIterator[AsyncConnection]:
        async with self._readers.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write_transaction(self, durable: bool) -> AsyncIterator[AsyncConnection]:
        async with self._engine.begin() as connection:
            if not durable:
                await connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection

    async def clear_log(self) -> bool:
        """Return True: there is nothing for the bot to clear."""
        return True

    async def close(self) -> None:
        await self._engine.dispose()


@asynccontextmanager
async def connect_read_only(url: str) -> AsyncIterator[AsyncConnection]:
    """Connect to an existing database for a single read: create nothing, and change no file's mode.

    Even for reading, SQLite creates a log if there is none, and leaves it behind. Without a log nobody is using the
    file, so it can be opened as immutable.
    """
    known = parse_database_url(url)
    path = sqlite_path(known)
    if path is None:
        options = asyncpg_options(known)
    else:
        unused = {} if path.with_name(f"{path.name}-wal").exists() else {"immutable": "1"}
        known = known.set(database=path.as_uri(), query={"mode": "ro", "uri": "true", **unused})
        options = {}
    engine = create_async_engine(known, connect_args=options, poolclass=NullPool, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def parse_database_url(url: str) -> URL:
    """Return the URL with its driver; raise InvalidDatabaseUrlError unless it's a SQLite file or PostgreSQL."""
    try:
        given = make_url(url)
    except ArgumentError as error:
        raise InvalidDatabaseUrlError(
            "DATABASE_URL is no database URL; write sqlite+aiosqlite:///file.db "
            "or postgresql+asyncpg://user:password@host/name."
        ) from error
    match given.drivername:
        case "sqlite" | "sqlite+aiosqlite":
            if not given.database or given.database == ":memory:" or "mode=memory" in given.database:
                raise InvalidDatabaseUrlError(
                    "DATABASE_URL must name a file: what is only in memory is lost."
                )
            return given.set(drivername="sqlite+aiosqlite")
        case "postgres" | "postgresql" | "postgresql+asyncpg":
            return _rename_sslmode(given.set(drivername="postgresql+asyncpg"))
        case other:
            raise InvalidDatabaseUrlError(
                f"DATABASE_URL begins with {other}; known are sqlite+aiosqlite and postgresql+asyncpg."
            )


def _rename_sslmode(url: URL) -> URL:
    """Rename the `sslmode` that hosting services write, psycopg's name, to asyncpg's `ssl`; the values are the same."""
    if "sslmode" not in url.query:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": url.query["sslmode"]})


def sqlite_path(url: URL) -> Path | None:
    """Return the file of a SQLite database, or None for any other database."""
    return Path(url.database or "").absolute() if url.get_backend_name() == "sqlite" else None


def _create_engine(url: URL, **options: Any) -> AsyncEngine:
    """Create an engine whose errors don't repeat the parameters, because those are people's words."""
    return create_async_engine(url, hide_parameters=True, max_overflow=0, **options)


def asyncpg_options(url: URL) -> dict[str, object]:
    """Return asyncpg's connection options.

    Each connection prepares its statements once, under a name: without that, a click costs 50 % more.
    PgBouncer in transaction mode supports named statements from 1.21 on (`max_prepared_statements`).
    For an older PgBouncer, set `?prepared_statement_cache_size=0` in the URL: nothing is kept between
    statements, and each gets a unique name, so that two clients never share one.
    """
    options: dict[str, object] = {"server_settings": {"application_name": "hakawati"}}
    if url.query.get("prepared_statement_cache_size") == "0":
        options["statement_cache_size"] = 0
        options["prepared_statement_name_func"] = lambda: f"__hakawati_{uuid4()}__"
    return options
