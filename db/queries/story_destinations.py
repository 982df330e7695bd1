"""Takings: where each story was taken."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Taking
from db.schema.core import takings
from db.schema.row_mapping import all_of, columns_of, values_of

_ADD = insert(takings).on_conflict_do_nothing()
_LIST = (
    select(*columns_of(Taking, takings))
    .where(
        takings.c.team_id == bindparam("team"),
        takings.c.user_id == bindparam("user"),
        takings.c.draft_id == bindparam("draft"),
    )
    .order_by(takings.c.at, takings.c.place)
)


async def add_taking(connection: AsyncConnection, taking: Taking) -> None:
    """Keep that the story was taken to this place; the first time counts."""
    await connection.execute(_ADD, values_of(taking))


async def list_takings(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> tuple[Taking, ...]:
    """The places to which the story was taken."""
    key = {"team": team_id, "user": user_id, "draft": draft_id}
    return all_of(Taking, await connection.execute(_LIST, key))
