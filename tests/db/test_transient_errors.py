"""Trouble with the database itself is distinguished from trouble with its content."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import text

from db.engine.database import Database
from db.engine.transient_errors import is_transient
from db.queries.people import upsert_person_profile
from tests.db.samples import person

RAISE_ERROR = "DO $$BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{}'; END$$"
ON_POSTGRESQL: dict[str, Sequence[str]] = {
    "connection closed": ("SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())"),
    "connection closed before the statement": (
        "DO $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); END$$",
        "SELECT 1",
    ),
    "full": (RAISE_ERROR.format("disk_full"),),
    "deadlock": (RAISE_ERROR.format("deadlock_detected"),),
    "locked": (RAISE_ERROR.format("lock_not_available"),),
    "shut down": (RAISE_ERROR.format("crash_shutdown"),),
}
ON_SQLITE: dict[str, Sequence[str]] = {
    "full": ("PRAGMA max_page_count = 1", "INSERT INTO counters SELECT hex(zeroblob(900000)), 'k', 1"),
}


async def provoke_error(database: Database, statements: Sequence[str]) -> BaseException:
    """Return the error of running these statements in a transaction that has added a person."""
    try:
        async with database.write_transaction() as connection:
            await upsert_person_profile(connection, person())
            for statement in statements:
                await connection.execute(text(statement))
    except Exception as problem:  # noqa: BLE001  (the caller checks which one it is)
        return problem
    raise AssertionError("no error was raised")


async def test_unreachable_full_or_locked_database_is_transient(database: Database) -> None:
    known = ON_POSTGRESQL if "postgresql" in database.display_location else ON_SQLITE
    found = {why: await provoke_error(database, statements) for why, statements in known.items()}

    assert [why for why, problem in found.items() if not is_transient(problem)] == []


async def test_errors_of_rows_are_not_transient(database: Database) -> None:
    wrong = ["INSERT INTO people SELECT * FROM people", "SELECT name_of_cat FROM people"]
    if "postgresql" in database.display_location:  # SQLite has neither
        wrong += [RAISE_ERROR.format("data_corrupted"), RAISE_ERROR.format("query_canceled")]

    assert [one for one in wrong if is_transient(await provoke_error(database, [one]))] == []


@pytest.mark.parametrize("problem", [ValueError("cannot be read"), KeyError("odd"), TypeError("what")])
def test_unreadable_content_is_not_transient(problem: Exception) -> None:
    assert not is_transient(problem)
