"""SQLite for SQLAlchemy with one thread hop per statement, and none inside a write transaction."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import aiosqlite

from db.engine.copies import list_copies, make_file_private

T = TypeVar("T")

_COMMON_PRAGMAS = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",  # the database holds people's words
    "secure_delete = ON",  # overwrites deleted content in the file; not every build does so by default
)
READ_PRAGMAS = (*_COMMON_PRAGMAS, "foreign_keys = ON", "query_only = ON")
# `begin` waits for other processes instead of SQLite, so that the event loop keeps running.
WRITE_PRAGMAS = (*_COMMON_PRAGMAS, "foreign_keys = ON", "busy_timeout = 0")
# Alembic rebuilds tables, and dropping the old one must not delete its children.
MIGRATION_PRAGMAS = (*_COMMON_PRAGMAS, "foreign_keys = OFF")

_BUSY_TIMEOUT = 5.0
_BUSY_RETRY_DELAYS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05)


def ensure_private_file(path: Path) -> None:
    """Create the folder and the file if they're missing, and let only the owner read the file, its log and its copies.

    SQLite gives a new log the mode of the file; an older log may have another.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
    for related in (
        path.with_name(f"{path.name}-wal"),
        path.with_name(f"{path.name}-shm"),
        *list_copies(path),
    ):
        make_file_private(related)


def connect(path: Path, pragmas: Sequence[str]) -> sqlite3.Connection:
    """Open a connection to this file for reading, writing or migrating."""
    # isolation_level=None: the driver starts no transactions; every BEGIN is in our code.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connection_factory(path: Path, *, reading: bool) -> Callable[[], SqliteConnection]:
    """Return a function that makes connections to this file, for SQLAlchemy's `async_creator`."""
    pragmas = READ_PRAGMAS if reading else WRITE_PRAGMAS
    return lambda: SqliteConnection(lambda: connect(path, pragmas), reading=reading)


class SqliteConnection(aiosqlite.Connection):
    """A connection whose cursor executes and fetches in one step.

    aiosqlite's cursor goes to its thread four times per statement (make, execute, fetch, close), and
    the hops cost more than the statements. Here a read takes one hop, and the first statement opens
    the snapshot for the others. A write goes to the thread only for the COMMIT, because it waits for
    the disk; the statements before it already hold the lock, touch a few pages, and run in the event loop.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, reading: bool) -> None:
        super().__init__(connect, iter_chunk_size=64)
        self._reading = reading
        self._durable = True
        self._stop_future: asyncio.Future[Any] | None = None
        # A forgotten connection must not keep the process from ending.
        self._thread.daemon = True

    def stop(self) -> asyncio.Future[Any] | None:
        """End the thread once; further calls, such as after an interrupted close, wait for the same end."""
        if self._stop_future is None:
            self._stop_future = super().stop()
        return self._stop_future

    def cursor(self) -> SqliteCursor:  # type: ignore[override]  # aiosqlite's cursor works in the thread only
        """Return a cursor that does all its work in `execute`."""
        return SqliteCursor(self)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run this function: in the thread for reads, directly inside a write transaction."""
        connection = self._conn
        if connection.in_transaction and not self._reading:
            return work(connection)
        return await self._run_in_thread(work)

    async def begin(self, *, durable: bool) -> None:
        """Start a write transaction, waiting up to five seconds for other processes' writes.

        A transaction that isn't durable is in the log once it's committed, and on disk with the next durable one.
        """
        if durable is not self._durable:
            self._conn.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + _BUSY_TIMEOUT
        for pause in chain(_BUSY_RETRY_DELAYS, repeat(_BUSY_RETRY_DELAYS[-1])):
            if self._try_begin(last_try=loop.time() >= give_up_at):
                return
            await asyncio.sleep(pause)

    def _try_begin(self, *, last_try: bool) -> bool:
        try:
            self._conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if last_try or not _is_busy(error):
                raise
            return False
        return True

    async def commit(self) -> None:
        """Commit if a transaction is open; a running commit can't be cancelled halfway."""
        if self._conn.in_transaction:
            await self._run_in_thread(sqlite3.Connection.commit)

    async def rollback(self) -> None:
        """Roll back if a transaction is open."""
        if self._conn.in_transaction:
            await self._run_in_thread(sqlite3.Connection.rollback)

    async def checkpoint(self) -> bool:
        """Move the log into the file and empty the log; return False if a reader prevented that.

        After the first attempt, new readers no longer use the log: a short wait is enough for readers in this process.
        """
        for pause in _BUSY_RETRY_DELAYS:
            if await self._run_in_thread(_truncate_wal):
                return True
            await asyncio.sleep(pause)
        return await self._run_in_thread(_truncate_wal)

    async def _run_in_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run this function in the thread; a cancellation takes effect only after the thread has finished."""
        job: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((job, partial(work, self._conn)))
        try:
            return await asyncio.shield(job)
        except asyncio.CancelledError:
            while not job.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([job])
            job.exception()  # retrieved, so that asyncio doesn't report it as never retrieved
            raise


class SqliteCursor:
    """The part of a cursor that SQLAlchemy needs; the rows are fetched as soon as the statement has run."""

    arraysize = 1

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> SqliteCursor:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    async def execute(self, statement: str, parameters: Any = ()) -> None:
        """Run the statement and fetch its rows."""
        self._store_result(
            await self._connection.run(lambda connection: _execute(connection, statement, parameters))
        )

    async def executemany(self, statement: str, parameters: Any) -> None:
        """Run the statement once for each set of parameters."""
        self._store_result(
            await self._connection.run(lambda connection: _executemany(connection, statement, parameters))
        )

    async def fetchall(self) -> Sequence[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: no resources are held."""

    def _store_result(self, cursor_and_rows: tuple[sqlite3.Cursor, Sequence[Any]]) -> None:
        cursor, self._rows = cursor_and_rows
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


def _execute(
    connection: sqlite3.Connection, statement: str, parameters: Any
) -> tuple[sqlite3.Cursor, Sequence[Any]]:
    if not connection.in_transaction:
        # One snapshot for all reads until the connection is returned. (A writer's transaction is already open.)
        connection.execute("BEGIN")
    cursor = connection.execute(statement, parameters)
    return cursor, cursor.fetchall() if cursor.description else ()


def _executemany(
    connection: sqlite3.Connection, statement: str, parameters: Any
) -> tuple[sqlite3.Cursor, Sequence[Any]]:
    return connection.executemany(statement, parameters), ()


def _truncate_wal(connection: sqlite3.Connection) -> bool:
    try:
        # Fetch all rows: a statement with unread rows would keep the next transaction from committing.
        rows = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        return False
    return all(busy == 0 for busy, *_ in rows)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    """Return whether another connection holds the lock; the low byte is the primary error code."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
