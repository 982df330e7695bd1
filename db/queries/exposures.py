"""Exposures: which cards were shown, on which page and at which position."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Exposure
from db.schema.core import exposures
from db.schema.row_mapping import all_of, columns_of, values_of

_ADD = insert(exposures).on_conflict_do_nothing()
_LIST = (
    select(*columns_of(Exposure, exposures))
    .where(exposures.c.team_id == bindparam("team"), exposures.c.draft_id == bindparam("draft"))
    .order_by(exposures.c.page, exposures.c.position)
)


async def add_exposures(connection: AsyncConnection, shown: Iterable[Exposure]) -> None:
    """Keep that these cards were shown; a card that is shown again on the same page was shown once."""
    rows = [values_of(exposure) for exposure in shown]
    if rows:
        await connection.execute(_ADD, rows)


async def list_exposures(connection: AsyncConnection, team_id: str, draft_id: str) -> tuple[Exposure, ...]:
    """The cards the draft's owner was shown, in the order of the pages."""
    return all_of(Exposure, await connection.execute(_LIST, {"team": team_id, "draft": draft_id}))
