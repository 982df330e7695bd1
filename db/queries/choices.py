"""Choices: what became of each card in the story as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Choice
from db.schema.core import choices
from db.schema.row_mapping import all_of, columns_of, values_of

_OF_DRAFT = (choices.c.team_id == bindparam("team")) & (choices.c.draft_id == bindparam("draft"))
_CLEAR = delete(choices).where(_OF_DRAFT)
_ADD = insert(choices)
_LIST = select(*columns_of(Choice, choices)).where(_OF_DRAFT).order_by(choices.c.card)


async def replace_choices(
    connection: AsyncConnection, team_id: str, draft_id: str, chosen: Iterable[Choice]
) -> None:
    """Keep what became of the cards, in place of what was kept before."""
    await connection.execute(_CLEAR, {"team": team_id, "draft": draft_id})
    rows = [{**values_of(choice), "team_id": team_id, "draft_id": draft_id} for choice in chosen]
    if rows:
        await connection.execute(_ADD, rows)


async def list_choices(connection: AsyncConnection, team_id: str, draft_id: str) -> tuple[Choice, ...]:
    """What became of the cards of this draft."""
    return all_of(Choice, await connection.execute(_LIST, {"team": team_id, "draft": draft_id}))
