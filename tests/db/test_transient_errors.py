"""Trouble with the database itself is told from trouble with what lies in it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import text

from db.engine.database import Database
from db.engine.transient_errors import is_transient
from db.queries.people import upsert_person
from tests.db.samples import person

OTHERWISE = "DO $$BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{}'; END$$"
ON_POSTGRESQL: dict[str, Sequence[str]] = {
    "hung up": ("SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())"),
    "gone before": ("DO $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); END$$", "SELECT 1"),
    "full": (OTHERWISE.format("disk_full"),),
    "in each other's way": (OTHERWISE.format("deadlock_detected"),),
    "held by somebody": (OTHERWISE.format("lock_not_available"),),
    "shut down": (OTHERWISE.format("crash_shutdown"),),
}
ON_SQLITE: dict[str, Sequence[str]] = {
    "full": ("PRAGMA max_page_count = 1", "INSERT INTO counters SELECT hex(zeroblob(900000)), 'k', 1"),
}


async def provoke_error(database: Database, statements: Sequence[str]) -> BaseException:
    """What comes of running these in one transaction, in which somebody stands."""
    try:
        async with database.write_transaction() as connection:
            await upsert_person(connection, person())
            for statement in statements:
                await connection.execute(text(statement))
    except Exception as problem:  # noqa: BLE001 which one it is, is the question
        return problem
    raise AssertionError("there was none")


async def test_database_that_is_away_or_full_or_held_says_nothing_about_the_rows(database: Database) -> None:
    known = ON_POSTGRESQL if "postgresql" in database.display_location else ON_SQLITE
    found = {why: await provoke_error(database, statements) for why, statements in known.items()}

    assert [why for why, problem in found.items() if not is_transient(problem)] == []


async def test_what_is_wrong_with_the_rows_does_not_pass(database: Database) -> None:
    wrong = ["INSERT INTO people SELECT * FROM people", "SELECT name_of_cat FROM people"]
    if "postgresql" in database.display_location:  # SQLite knows neither
        wrong += [OTHERWISE.format("data_corrupted"), OTHERWISE.format("query_canceled")]

    assert [one for one in wrong if is_transient(await provoke_error(database, [one]))] == []


@pytest.mark.parametrize("problem", [ValueError("cannot be read"), KeyError("odd"), TypeError("what")])
def test_what_cannot_be_read_does_not_pass(problem: Exception) -> None:
    assert not is_transient(problem)
