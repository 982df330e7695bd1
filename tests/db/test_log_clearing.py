"""Clearings: what is owed after an erasure is known until the log was cleared after the last of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from db.engine.database import Database
from db.models.privacy import UnclearedLog
from db.queries.log_clearing import find_uncleared_log, mark_log_cleared, mark_log_uncleared
from db.queries.workspaces import upsert_workspace
from tests.db.samples import NOW, TEAM, workspace

HOUR = timedelta(hours=1)
LEAST = timedelta(microseconds=1)


async def note_erasures(database: Database, *moments: datetime) -> None:
    """Note erasures at these moments, in a workspace that is known."""
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        for at in moments:
            await mark_log_uncleared(connection, TEAM, at)


async def note_clearing(database: Database, at: datetime) -> None:
    """Note that the log was cleared of the erasure of this moment."""
    async with database.write_transaction() as connection:
        await mark_log_cleared(connection, TEAM, at)


async def get_uncleared(database: Database) -> UnclearedLog | None:
    """Return what is owed."""
    async with database.read_transaction() as connection:
        return await find_uncleared_log(connection, TEAM)


async def test_nothing_is_owed_before_the_first_erasure(database: Database) -> None:
    await note_erasures(database)
    assert await get_uncleared(database) is None
    await note_clearing(database, NOW)
    assert await get_uncleared(database) is None


async def test_first_erasure_says_since_when_it_is_owed_and_the_last_of_which(database: Database) -> None:
    await note_erasures(database, NOW, NOW + HOUR)
    assert await get_uncleared(database) == UnclearedLog(NOW + HOUR, NOW)
    await note_clearing(database, NOW + HOUR)
    assert await get_uncleared(database) is None
    await note_erasures(database, NOW + 2 * HOUR)
    assert await get_uncleared(database) == UnclearedLog(NOW + 2 * HOUR, NOW + 2 * HOUR)


async def test_erasure_after_the_one_that_was_cleared_stays_owed(database: Database) -> None:
    await note_erasures(database, NOW, NOW + HOUR)
    await note_clearing(database, NOW)
    assert await get_uncleared(database) == UnclearedLog(NOW + HOUR, NOW + HOUR)


async def test_each_erasure_is_later_than_the_one_before_when_the_clock_stands_still_or_goes_back(
    database: Database,
) -> None:
    await note_erasures(database, NOW, NOW, NOW - HOUR)
    assert await get_uncleared(database) == UnclearedLog(NOW + 2 * LEAST, NOW)


async def test_nothing_is_forgotten_when_the_workspace_is_introduced_again(database: Database) -> None:
    await note_erasures(database, NOW)
    await note_erasures(database)
    assert await get_uncleared(database) == UnclearedLog(NOW, NOW)
