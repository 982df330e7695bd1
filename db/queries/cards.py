"""What the cards' statistics are made of: each draft's row of the design, the cards shown, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import CardAssignment, CardChoice, CardExposure
from db.queries.counters import increment_counter
from db.queries.personal_data import PERSONAL_ROWS
from db.schema.core import card_assignments, card_choices, card_exposures
from db.schema.row_mapping import values_of

_ADD_ASSIGNMENT = plain_insert(card_assignments)
_ADD_EXPOSURES = insert(card_exposures).on_conflict_do_nothing()
_CLEAR_CHOICES = delete(card_choices).where(
    card_choices.c.team_id == bindparam("team"), card_choices.c.draft_id == bindparam("draft")
)
_ADD_CHOICES = plain_insert(card_choices)
_DELETES = [
    delete(table).where(PERSONAL_ROWS[table]) for table in (card_exposures, card_choices, card_assignments)
]


async def take_next_assignment_number(connection: AsyncConnection, team_id: str, segment: str | None) -> int:
    """Return the number of the next deal in this segment, from 0; people without a segment have a separate count.

    The number is taken in this transaction: if it's rolled back, the next deal gets the number.
    """
    return await increment_counter(connection, team_id, f"deal:{segment or ''}") - 1


async def add_card_assignment(connection: AsyncConnection, assignment: CardAssignment) -> None:
    """Store which row of the design the draft got."""
    await connection.execute(_ADD_ASSIGNMENT, values_of(assignment))


async def add_card_exposures(connection: AsyncConnection, shown: Iterable[CardExposure]) -> None:
    """Store that these cards were shown; a card shown again on the same page counts once."""
    rows = [values_of(exposure) for exposure in shown]
    if rows:
        await connection.execute(_ADD_EXPOSURES, rows)


async def replace_card_choices(
    connection: AsyncConnection, team_id: str, draft_id: str, chosen: Iterable[CardChoice]
) -> None:
    """Store what became of the cards in the current text, in place of what was stored before."""
    await connection.execute(_CLEAR_CHOICES, {"team": team_id, "draft": draft_id})
    rows = [{**values_of(choice), "team_id": team_id, "draft_id": draft_id} for choice in chosen]
    if rows:
        await connection.execute(_ADD_CHOICES, rows)


async def delete_card_statistics_of_person(connection: AsyncConnection, team_id: str, user_id: str) -> int:
    """Delete the person's assignments, exposures and choices, and return the number of rows deleted."""
    key = {"team": team_id, "user": user_id}
    return sum([(await connection.execute(statement, key)).rowcount for statement in _DELETES])
