"""Countings: all by which somebody's choices are counted, taken out when they say so."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from db.queries.personal_data import PERSONAL_ROWS
from db.schema.core import card_assignments, card_choices, card_exposures

_DELETES = [
    delete(table).where(PERSONAL_ROWS[table]) for table in (card_exposures, card_choices, card_assignments)
]


async def delete_card_statistics(connection: AsyncConnection, team_id: str, user_id: str) -> int:
    """Take the person's exposures, choices and deals out of the count; how many rows that were."""
    them = {"team": team_id, "user": user_id}
    return sum([(await connection.execute(statement, them)).rowcount for statement in _DELETES])
