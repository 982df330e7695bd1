"""Counters: named numbers without personal data."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.schema.core import counters

_INCREMENT = (
    insert(counters)
    .values(n=1)
    .on_conflict_do_update(index_elements=["team_id", "name"], set_={"n": counters.c.n + 1})
    .returning(counters.c.n)
)


async def increment_counter(connection: AsyncConnection, team_id: str, name: str) -> int:
    """Increment the counter and return its new value; concurrent increments are all counted."""
    return int((await connection.execute(_INCREMENT, {"team_id": team_id, "name": name})).scalar_one())
