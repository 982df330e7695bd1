"""Deals: whose turn it is in the design, counted for each segment, and which row each draft got."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import CardAssignment
from db.queries.counters import increment_counter
from db.schema.core import card_assignments
from db.schema.row_mapping import columns_of, map_one_or_none, values_of

_ADD = insert(card_assignments)
_FIND = select(*columns_of(CardAssignment, card_assignments)).where(
    card_assignments.c.team_id == bindparam("team"), card_assignments.c.draft_id == bindparam("draft")
)


async def next_assignment_number(connection: AsyncConnection, team_id: str, segment: str | None) -> int:
    """The number of the next deal in this segment, from 0; people without a segment have a list of their own.

    The number is taken with the transaction: when that is rolled back, the next one gets it.
    """
    return await increment_counter(connection, team_id, f"deal:{segment or ''}") - 1


async def add_card_assignment(connection: AsyncConnection, assignment: CardAssignment) -> None:
    """Keep which row of the design the draft got."""
    await connection.execute(_ADD, values_of(assignment))


async def find_card_assignment(
    connection: AsyncConnection, team_id: str, draft_id: str
) -> CardAssignment | None:
    """Which row the draft got, if its cards were dealt and counted."""
    return map_one_or_none(
        CardAssignment, await connection.execute(_FIND, {"team": team_id, "draft": draft_id})
    )
