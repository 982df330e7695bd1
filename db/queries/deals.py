"""Deals: whose turn it is in the design, counted for each segment, and which row each draft got."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Dealt
from db.queries.counters import count
from db.schema.core import deals
from db.schema.row_mapping import columns_of, one_or_none, values_of

_ADD = insert(deals)
_FIND = select(*columns_of(Dealt, deals)).where(
    deals.c.team_id == bindparam("team"), deals.c.draft_id == bindparam("draft")
)


async def next_deal(connection: AsyncConnection, team_id: str, segment: str | None) -> int:
    """The number of the next deal in this segment, from 0; people without a segment have a list of their own.

    The number is taken with the transaction: when that is rolled back, the next one gets it.
    """
    return await count(connection, team_id, f"deal:{segment or ''}") - 1


async def add_deal(connection: AsyncConnection, dealt: Dealt) -> None:
    """Keep which row of the design the draft got."""
    await connection.execute(_ADD, values_of(dealt))


async def find_deal(connection: AsyncConnection, team_id: str, draft_id: str) -> Dealt | None:
    """Which row the draft got, if its cards were dealt and counted."""
    return one_or_none(Dealt, await connection.execute(_FIND, {"team": team_id, "draft": draft_id}))
