"""Workspaces: one row each, and a key that stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from db.engine.database import Database
from db.queries.people import upsert_person_profile
from db.queries.workspaces import find_workspace, has_other_workspaces, upsert_workspace
from db.schema.core import workspaces
from tests.db.samples import NOW, OTHER_TEAM, TEAM, person, workspace


async def test_a_workspace_installed_again_keeps_its_key(database: Database) -> None:
    again = workspace(name="Qamar", installed_at=NOW + timedelta(days=1))
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        key = (await connection.execute(select(workspaces.c.erasure_key))).scalar_one()
        await upsert_workspace(connection, again)
        assert await find_workspace(connection, TEAM) == again
        assert (await connection.execute(select(workspaces.c.erasure_key))).scalar_one() == key
    assert len(key) == 32


async def test_rows_of_another_workspace_are_noticed(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await upsert_person_profile(connection, person())
        assert not await has_other_workspaces(connection, TEAM)
        await upsert_person_profile(connection, person(team_id=OTHER_TEAM))
        assert await has_other_workspaces(connection, TEAM)
