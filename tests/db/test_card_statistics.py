"""Deleting a person's card statistics deletes all of them and nobody else's."""

from __future__ import annotations

from db.engine.database import Database
from db.models import CardAssignment, CardChoice, CardExposure
from db.queries import cards, drafts, people
from db.schema.core import card_assignments, card_choices, card_exposures
from tests.db.samples import MAYA, NOW, OMAR, OTHER_TEAM, TEAM, draft, person
from tests.db.stored_rows import rows_of_draft


async def _add_counted_story(database: Database, team: str, user: str, draft_id: str) -> None:
    async with database.write_transaction() as connection:
        await people.upsert_person_profile(connection, person(team_id=team, user_id=user))
        await drafts.add_draft(connection, team, user, draft(id=draft_id), at=NOW)
        await cards.add_card_assignment(connection, CardAssignment(team, draft_id, None, 0, 0, 1, NOW))
        await cards.add_card_exposures(
            connection, [CardExposure(team, draft_id, "di-1", "di", None, 1, 1, 0, NOW)]
        )
        picked = CardChoice(team, draft_id, "di-1", "di", None, "kept", 1.0, 0.0, NOW)
        await cards.replace_card_choices(connection, team, draft_id, [picked])


async def _has_statistics(database: Database, team: str, draft_id: str) -> list[bool]:
    async with database.read_transaction() as connection:
        return [
            bool(await rows_of_draft(connection, model, table, draft_id, team_id=team))
            for model, table in (
                (CardExposure, card_exposures),
                (CardChoice, card_choices),
                (CardAssignment, card_assignments),
            )
        ]


async def test_everything_counted_goes_for_one_person_only(database: Database) -> None:
    await _add_counted_story(database, TEAM, MAYA, "d1")
    await _add_counted_story(database, TEAM, OMAR, "d2")
    await _add_counted_story(database, OTHER_TEAM, MAYA, "d3")

    async with database.write_transaction() as connection:
        deleted = await cards.delete_card_statistics_of_person(connection, TEAM, MAYA)

    assert deleted == 3
    assert await _has_statistics(database, TEAM, "d1") == [False, False, False]
    assert await _has_statistics(database, TEAM, "d2") == [True, True, True]
    assert await _has_statistics(database, OTHER_TEAM, "d3") == [True, True, True]
