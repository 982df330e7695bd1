"""The private parts of aiosqlite that `db.engine.sqlite` relies on, each checked by name.

A version of aiosqlite without one of them fails here: change `db/engine/sqlite.py` before raising the upper bound
in pyproject.toml.
"""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Thread
from typing import Any

import aiosqlite
import pytest
import pytest_asyncio

RELIED_ON = {
    "_conn": "the sqlite3 connection, for statements inside a write transaction and for each job",
    "_tx": "the queue of the thread's jobs, where `_run_in_thread` puts its own",
    "_thread": "the thread, which is made a daemon before it starts",
    "stop": "the method that queues the end of the thread, overridden to do so only once",
    "cursor": "the method that makes a cursor, overridden to return one without thread hops",
    "close": "the method that closes the connection and waits for what `stop` returns",
}


@pytest_asyncio.fixture
async def connection(tmp_path: Path) -> AsyncIterator[aiosqlite.Connection]:
    """A plain connection of aiosqlite."""
    connection = await aiosqlite.connect(tmp_path / "plain.db")
    yield connection
    await connection.close()


def private_part(connection: aiosqlite.Connection, name: str) -> Any:
    """Return the attribute, or fail with what it's needed for."""
    if not hasattr(connection, name):
        pytest.fail(
            f"aiosqlite {aiosqlite.__version__} has no Connection.{name}: {RELIED_ON[name]}. "
            "db/engine/sqlite.py relies on it."
        )
    return getattr(connection, name)


@pytest.mark.parametrize("name", RELIED_ON)
async def test_connection_has_every_attribute_relied_on(connection: aiosqlite.Connection, name: str) -> None:
    private_part(connection, name)


async def test_attributes_are_of_the_expected_types(connection: aiosqlite.Connection) -> None:
    assert isinstance(private_part(connection, "_conn"), sqlite3.Connection)
    assert isinstance(private_part(connection, "_thread"), Thread)
    assert callable(private_part(connection, "_tx").put_nowait)


async def test_thread_takes_a_future_with_a_function_and_sets_the_result(
    connection: aiosqlite.Connection,
) -> None:
    job: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    private_part(connection, "_tx").put_nowait((job, lambda: "done"))

    assert await asyncio.wait_for(job, 5) == "done", "the thread no longer runs jobs of (future, function)"


async def test_thread_sets_the_error_of_a_function_that_fails(connection: aiosqlite.Connection) -> None:
    job: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def fail() -> None:
        raise LookupError

    private_part(connection, "_tx").put_nowait((job, fail))

    with pytest.raises(LookupError):
        await asyncio.wait_for(job, 5)


def test_connection_is_made_from_a_function_and_a_chunk_size_and_starts_its_thread_later() -> None:
    parameters = list(inspect.signature(aiosqlite.Connection.__init__).parameters)

    unopened = aiosqlite.Connection(lambda: sqlite3.connect(":memory:"), iter_chunk_size=64)

    assert parameters[1:3] == ["connector", "iter_chunk_size"]
    assert not private_part(unopened, "_thread").is_alive(), "a thread that runs can't be made a daemon"


async def test_stopping_ends_the_thread_and_returns_a_future(tmp_path: Path) -> None:
    connection = await aiosqlite.connect(tmp_path / "stopped.db")

    ended = private_part(connection, "stop")()

    assert isinstance(ended, asyncio.Future), "`stop` no longer returns what `close` can wait for"
    await asyncio.wait_for(ended, 5)
    private_part(connection, "_thread").join(5)
    assert not private_part(connection, "_thread").is_alive()
