"""Taking somebody out of the count takes all that is counted of them, and nothing of anybody else."""

from __future__ import annotations

from db.engine.database import Database
from db.models import Choice, Dealt, Exposure
from db.queries import choices, countings, deals, drafts, exposures, people
from tests.db.samples import MAYA, NOW, OMAR, OTHER_TEAM, TEAM, draft, person


async def _counted(database: Database, team: str, user: str, draft_id: str) -> None:
    async with database.writing() as connection:
        await people.put_person(connection, person(team_id=team, user_id=user))
        await drafts.add_draft(connection, team, user, draft(id=draft_id), at=NOW)
        await deals.add_deal(connection, Dealt(team, draft_id, None, 0, 0, 1, NOW))
        await exposures.add_exposures(
            connection, [Exposure(team, draft_id, "di-1", "di", None, 1, 1, 0, NOW)]
        )
        picked = Choice(team, draft_id, "di-1", "di", None, "kept", 1.0, 0.0, NOW)
        await choices.replace_choices(connection, team, draft_id, [picked])


async def _left(database: Database, team: str, draft_id: str) -> list[bool]:
    async with database.reading() as connection:
        return [
            bool(await exposures.list_exposures(connection, team, draft_id)),
            bool(await choices.list_choices(connection, team, draft_id)),
            await deals.find_deal(connection, team, draft_id) is not None,
        ]


async def test_everything_counted_goes_for_one_person_only(database: Database) -> None:
    await _counted(database, TEAM, MAYA, "d1")
    await _counted(database, TEAM, OMAR, "d2")
    await _counted(database, OTHER_TEAM, MAYA, "d3")

    async with database.writing() as connection:
        taken = await countings.take_out(connection, TEAM, MAYA)

    assert taken == 3
    assert await _left(database, TEAM, "d1") == [False, False, False]
    assert await _left(database, TEAM, "d2") == [True, True, True]
    assert await _left(database, OTHER_TEAM, "d3") == [True, True, True]
