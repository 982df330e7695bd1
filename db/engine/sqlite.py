"""SQLite behind SQLAlchemy with one thread hop for each statement, and none inside a write transaction."""

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

from db.engine.copies import list_copies, restrict_to_owner

T = TypeVar("T")

_COMMON_PRAGMAS = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",  # these are people's words
    "secure_delete = ON",  # deleted content is overwritten in the file; not every build does so by itself
)
READ_PRAGMAS = (*_COMMON_PRAGMAS, "foreign_keys = ON", "query_only = ON")
# `begin` waits for other processes in place of SQLite, so that the event loop goes on meanwhile.
WRITE_PRAGMAS = (*_COMMON_PRAGMAS, "foreign_keys = ON", "busy_timeout = 0")
# Alembic moves tables, and a moved table must not take its children with it.
MIGRATION_PRAGMAS = (*_COMMON_PRAGMAS, "foreign_keys = OFF")

_BUSY_TIMEOUT = 5.0
_BUSY_RETRY_DELAYS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05)


def prepare_file(path: Path) -> None:
    """Make the folder and the file if they are missing; only the owner may read the file, its log and its copies.

    SQLite gives a new log the mode of the file; one from before may have another.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
    for beside in (
        path.with_name(f"{path.name}-wal"),
        path.with_name(f"{path.name}-shm"),
        *list_copies(path),
    ):
        restrict_to_owner(beside)


def connect(path: Path, pragmas: Sequence[str]) -> sqlite3.Connection:
    """Open a connection to this file for reading, writing or migrating; every one of ours is made here."""
    # isolation_level=None: the driver begins nothing by itself, all BEGINs are ours.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connection_factory(path: Path, *, reading: bool) -> Callable[[], SqliteConnection]:
    """A maker of connections to this file, for SQLAlchemy's `async_creator`."""

    pragmas = READ_PRAGMAS if reading else WRITE_PRAGMAS
    return lambda: SqliteConnection(lambda: connect(path, pragmas), reading=reading)


class SqliteConnection(aiosqlite.Connection):
    """A connection whose cursor runs and fetches in one go.

    The driver's own cursor goes to its thread four times for a statement (make, execute, fetch,
    close), and the hops cost more than the statements. For reading, one hop is left, and the first
    statement opens the snapshot in which the others read. For writing, only the COMMIT goes to the
    thread, for it waits for the disk; the statements before it hold the lock already, touch a few
    pages, and run where they stand.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, reading: bool) -> None:
        super().__init__(connect, iter_chunk_size=64)
        self._reading = reading
        self._durable = True
        self._stop_future: asyncio.Future[Any] | None = None
        # A connection that somebody forgot must not keep the process from ending.
        self._thread.daemon = True

    def stop(self) -> asyncio.Future[Any] | None:
        """End the thread, once: whoever asks again, as when a closing is cut short, waits for the same end."""
        if self._stop_future is None:
            self._stop_future = super().stop()
        return self._stop_future

    def cursor(self) -> SqliteCursor:  # type: ignore[override]  # aiosqlite's own works in the thread alone
        """A cursor that does its work when it is asked to execute."""
        return SqliteCursor(self)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do this piece of work: in the thread when reading, at once inside a write transaction."""
        connection = self._conn
        if connection.in_transaction and not self._reading:
            return work(connection)
        return await self._run_in_thread(work)

    async def begin(self, *, durable: bool) -> None:
        """Begin a write transaction, waiting a while for other processes' writing.

        One that need not be durable is in the log when it is committed, and on the disk with the next that is.
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
        """Commit, when there is something to commit; once begun it cannot be cancelled half-way."""
        if self._conn.in_transaction:
            await self._run_in_thread(sqlite3.Connection.commit)

    async def rollback(self) -> None:
        """Roll back, when there is something to roll back."""
        if self._conn.in_transaction:
            await self._run_in_thread(sqlite3.Connection.rollback)

    async def checkpoint(self) -> bool:
        """Move the log into the file and empty the log; False when a reader kept it from being emptied.

        After the first try, new readers no longer read from the log: a short wait is enough for those of this process.
        """
        for pause in _BUSY_RETRY_DELAYS:
            if await self._run_in_thread(_truncate_wal):
                return True
            await asyncio.sleep(pause)
        return await self._run_in_thread(_truncate_wal)

    async def _run_in_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Let the thread do it; a cancellation is heard after the thread has finished, never in between."""
        job: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((job, partial(work, self._conn)))
        try:
            return await asyncio.shield(job)
        except asyncio.CancelledError:
            while not job.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([job])
            job.exception()  # heard, so that nobody reports it as forgotten
            raise


class SqliteCursor:
    """What SQLAlchemy needs of a cursor; the rows are here as soon as the statement has run."""

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
        """Run the statement and fetch what it gives."""
        self._store_result(
            await self._connection.run(lambda connection: _execute(connection, statement, parameters))
        )

    async def executemany(self, statement: str, parameters: Any) -> None:
        """Run the statement once for each set of parameters."""
        self._store_result(
            await self._connection.run(lambda connection: _executemany(connection, statement, parameters))
        )

    async def fetchall(self) -> Sequence[Any]:
        """The rows."""
        return self._rows

    async def close(self) -> None:
        """Nothing is open any more."""

    def _store_result(self, cursor_and_rows: tuple[sqlite3.Cursor, Sequence[Any]]) -> None:
        cursor, self._rows = cursor_and_rows
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


def _execute(
    connection: sqlite3.Connection, statement: str, parameters: Any
) -> tuple[sqlite3.Cursor, Sequence[Any]]:
    if not connection.in_transaction:
        # One snapshot for all that is read until the connection is given back. (A writer has begun before.)
        connection.execute("BEGIN")
    cursor = connection.execute(statement, parameters)
    return cursor, cursor.fetchall() if cursor.description else ()


def _executemany(
    connection: sqlite3.Connection, statement: str, parameters: Any
) -> tuple[sqlite3.Cursor, Sequence[Any]]:
    return connection.executemany(statement, parameters), ()


def _truncate_wal(connection: sqlite3.Connection) -> bool:
    try:
        # Fetched, for a statement of which rows are left would keep the next transaction from committing.
        rows = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        return False
    return all(busy == 0 for busy, *_ in rows)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    """Return whether another connection holds what was asked for; the low byte is the kind of error."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
