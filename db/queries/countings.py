"""Countings: all by which somebody's choices are counted, taken out when they say so."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from db.queries.personal_data import BELONGINGS
from db.schema.core import choices, deals, exposures

_TAKE_OUT = [delete(table).where(BELONGINGS[table]) for table in (exposures, choices, deals)]


async def take_out(connection: AsyncConnection, team_id: str, user_id: str) -> int:
    """Take the person's exposures, choices and deals out of the count; how many rows that were."""
    them = {"team": team_id, "user": user_id}
    return sum([(await connection.execute(statement, them)).rowcount for statement in _TAKE_OUT])
