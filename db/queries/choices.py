"""Choices: what became of each card in the story as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import CardChoice
from db.schema.core import card_choices
from db.schema.row_mapping import columns_of, map_all, values_of

_OF_DRAFT = (card_choices.c.team_id == bindparam("team")) & (card_choices.c.draft_id == bindparam("draft"))
_CLEAR = delete(card_choices).where(_OF_DRAFT)
_ADD = insert(card_choices)
_LIST = select(*columns_of(CardChoice, card_choices)).where(_OF_DRAFT).order_by(card_choices.c.card)


async def replace_card_choices(
    connection: AsyncConnection, team_id: str, draft_id: str, chosen: Iterable[CardChoice]
) -> None:
    """Keep what became of the cards, in place of what was kept before."""
    await connection.execute(_CLEAR, {"team": team_id, "draft": draft_id})
    rows = [{**values_of(choice), "team_id": team_id, "draft_id": draft_id} for choice in chosen]
    if rows:
        await connection.execute(_ADD, rows)


async def list_card_choices(
    connection: AsyncConnection, team_id: str, draft_id: str
) -> tuple[CardChoice, ...]:
    """What became of the cards of this draft."""
    return map_all(CardChoice, await connection.execute(_LIST, {"team": team_id, "draft": draft_id}))
