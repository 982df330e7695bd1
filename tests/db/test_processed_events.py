"""Processed events take effect only once."""

from __future__ import annotations

from datetime import timedelta

from db.engine.database import Database
from db.queries.processed_events import add_processed_event, prune_processed_events
from tests.db.samples import NOW, OTHER_TEAM, TEAM


async def test_an_event_is_new_only_once_in_each_workspace(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await add_processed_event(connection, TEAM, "Ev1", NOW)
        assert not await add_processed_event(connection, TEAM, "Ev1", NOW)
        assert await add_processed_event(connection, OTHER_TEAM, "Ev1", NOW)


async def test_an_event_whose_turn_failed_is_new_again(database: Database) -> None:
    try:
        async with database.write_transaction() as connection:
            await add_processed_event(connection, TEAM, "Ev1", NOW)
            raise LookupError
    except LookupError:
        pass
    async with database.write_transaction() as connection:
        assert await add_processed_event(connection, TEAM, "Ev1", NOW)


async def test_old_events_are_pruned(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_processed_event(connection, TEAM, "Ev1", NOW)
        await add_processed_event(connection, TEAM, "Ev2", NOW + timedelta(hours=2))
        assert await prune_processed_events(connection, TEAM, NOW + timedelta(hours=1)) == 1
        assert await add_processed_event(connection, TEAM, "Ev1", NOW)
        assert not await add_processed_event(connection, TEAM, "Ev2", NOW)
