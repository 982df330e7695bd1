"""Stored rows read straight from their tables, for data that the bot only counts or exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.schema.core import counters
from db.schema.row_mapping import columns_of, map_all
from tests.db.samples import TEAM

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ModelT = TypeVar("ModelT", bound="DataclassInstance")


async def rows_of_draft(
    connection: AsyncConnection, model: type[ModelT], table: Table, draft_id: str, *, team_id: str = TEAM
) -> tuple[ModelT, ...]:
    """Return the rows of one draft, in the order of the primary key."""
    statement = (
        select(*columns_of(model, table))
        .where(table.c.team_id == team_id, table.c.draft_id == draft_id)
        .order_by(*table.primary_key.columns)
    )
    return map_all(model, await connection.execute(statement))


async def counter_value(connection: AsyncConnection, name: str) -> int:
    """Return the value of a counter, which must exist."""
    statement = select(counters.c.n).where(counters.c.team_id == TEAM, counters.c.name == name)
    return int((await connection.execute(statement)).scalar_one())
