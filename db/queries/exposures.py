"""Exposures: which cards were shown, on which page and at which position."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import CardExposure
from db.schema.core import card_exposures
from db.schema.row_mapping import columns_of, map_all, values_of

_ADD = insert(card_exposures).on_conflict_do_nothing()
_LIST = (
    select(*columns_of(CardExposure, card_exposures))
    .where(card_exposures.c.team_id == bindparam("team"), card_exposures.c.draft_id == bindparam("draft"))
    .order_by(card_exposures.c.page, card_exposures.c.position)
)


async def add_card_exposures(connection: AsyncConnection, shown: Iterable[CardExposure]) -> None:
    """Keep that these cards were shown; a card that is shown again on the same page was shown once."""
    rows = [values_of(exposure) for exposure in shown]
    if rows:
        await connection.execute(_ADD, rows)


async def list_card_exposures(
    connection: AsyncConnection, team_id: str, draft_id: str
) -> tuple[CardExposure, ...]:
    """The cards the draft's owner was shown, in the order of the pages."""
    return map_all(CardExposure, await connection.execute(_LIST, {"team": team_id, "draft": draft_id}))
