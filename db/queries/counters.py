"""Counters: a number under a name, with no person in it."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.schema.core import counters

_INCREMENT = (
    insert(counters)
    .values(n=1)
    .on_conflict_do_update(index_elements=["team_id", "name"], set_={"n": counters.c.n + 1})
    .returning(counters.c.n)
)
_GET = select(counters.c.n).where(
    counters.c.team_id == bindparam("team"), counters.c.name == bindparam("counter")
)


async def increment_counter(connection: AsyncConnection, team_id: str, name: str) -> int:
    """Count one more, and say how many it are now; side by side nobody is missed."""
    return int((await connection.execute(_INCREMENT, {"team_id": team_id, "name": name})).scalar_one())


async def get_counter(connection: AsyncConnection, team_id: str, name: str) -> int:
    """How many were counted so far."""
    found = (await connection.execute(_GET, {"team": team_id, "counter": name})).scalar_one_or_none()
    return int(found or 0)
