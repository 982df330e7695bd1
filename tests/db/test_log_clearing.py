"""Erasures are noted until the log has been cleared after the last of them."""

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
    """Note erasures at these times in a known workspace."""
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        for at in moments:
            await mark_log_uncleared(connection, TEAM, at)


async def note_clearing(database: Database, at: datetime) -> None:
    """Note that the log was cleared of the erasure at this time."""
    async with database.write_transaction() as connection:
        await mark_log_cleared(connection, TEAM, at)


async def get_uncleared(database: Database) -> UnclearedLog | None:
    """Return the uncleared log, if there is one."""
    async with database.read_transaction() as connection:
        return await find_uncleared_log(connection, TEAM)


async def test_log_is_clear_before_the_first_erasure(database: Database) -> None:
    await note_erasures(database)
    assert await get_uncleared(database) is None
    await note_clearing(database, NOW)
    assert await get_uncleared(database) is None


async def test_uncleared_log_dates_from_the_first_erasure_and_names_the_last(database: Database) -> None:
    await note_erasures(database, NOW, NOW + HOUR)
    assert await get_uncleared(database) == UnclearedLog(NOW + HOUR, NOW)
    await note_clearing(database, NOW + HOUR)
    assert await get_uncleared(database) is None
    await note_erasures(database, NOW + 2 * HOUR)
    assert await get_uncleared(database) == UnclearedLog(NOW + 2 * HOUR, NOW + 2 * HOUR)


async def test_erasure_after_the_cleared_one_stays_uncleared(database: Database) -> None:
    await note_erasures(database, NOW, NOW + HOUR)
    await note_clearing(database, NOW)
    assert await get_uncleared(database) == UnclearedLog(NOW + HOUR, NOW + HOUR)


async def test_each_erasure_is_later_than_the_one_before_even_if_the_clock_stops_or_goes_back(
    database: Database,
) -> None:
    await note_erasures(database, NOW, NOW, NOW - HOUR)
    assert await get_uncleared(database) == UnclearedLog(NOW + 2 * LEAST, NOW)


async def test_uncleared_log_survives_an_update_of_the_workspace(database: Database) -> None:
    await note_erasures(database, NOW)
    await note_erasures(database)
    assert await get_uncleared(database) == UnclearedLog(NOW, NOW)
