"""Clearings: what is owed after an erasure is known until the log was cleared after the last of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from db.engine.database import Database
from db.models.privacy import Uncleared
from db.queries.log_clearing import find_uncleared, mark_cleared, mark_erased
from db.queries.workspaces import put_workspace
from tests.db.samples import NOW, TEAM, workspace

HOUR = timedelta(hours=1)
LEAST = timedelta(microseconds=1)


async def erased(database: Database, *moments: datetime) -> None:
    """Note erasures at these moments, in a workspace that is known."""
    async with database.writing() as connection:
        await put_workspace(connection, workspace())
        for at in moments:
            await mark_erased(connection, TEAM, at)


async def cleared(database: Database, at: datetime) -> None:
    """Note that the log was cleared of the erasure of this moment."""
    async with database.writing() as connection:
        await mark_cleared(connection, TEAM, at)


async def owed(database: Database) -> Uncleared | None:
    """Return what is owed."""
    async with database.reading() as connection:
        return await find_uncleared(connection, TEAM)


async def test_nothing_is_owed_before_the_first_erasure(database: Database) -> None:
    await erased(database)
    assert await owed(database) is None
    await cleared(database, NOW)
    assert await owed(database) is None


async def test_first_erasure_says_since_when_it_is_owed_and_the_last_of_which(database: Database) -> None:
    await erased(database, NOW, NOW + HOUR)
    assert await owed(database) == Uncleared(NOW + HOUR, NOW)
    await cleared(database, NOW + HOUR)
    assert await owed(database) is None
    await erased(database, NOW + 2 * HOUR)
    assert await owed(database) == Uncleared(NOW + 2 * HOUR, NOW + 2 * HOUR)


async def test_erasure_after_the_one_that_was_cleared_stays_owed(database: Database) -> None:
    await erased(database, NOW, NOW + HOUR)
    await cleared(database, NOW)
    assert await owed(database) == Uncleared(NOW + HOUR, NOW + HOUR)


async def test_each_erasure_is_later_than_the_one_before_when_the_clock_stands_still_or_goes_back(
    database: Database,
) -> None:
    await erased(database, NOW, NOW, NOW - HOUR)
    assert await owed(database) == Uncleared(NOW + 2 * LEAST, NOW)


async def test_nothing_is_forgotten_when_the_workspace_is_introduced_again(database: Database) -> None:
    await erased(database, NOW)
    await erased(database)
    assert await owed(database) == Uncleared(NOW, NOW)
