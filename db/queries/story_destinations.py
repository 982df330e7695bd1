"""Takings: where each story was taken."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import StoryDestination
from db.schema.core import story_destinations
from db.schema.row_mapping import columns_of, map_all, values_of

_ADD = insert(story_destinations).on_conflict_do_nothing()
_LIST = (
    select(*columns_of(StoryDestination, story_destinations))
    .where(
        story_destinations.c.team_id == bindparam("team"),
        story_destinations.c.user_id == bindparam("user"),
        story_destinations.c.draft_id == bindparam("draft"),
    )
    .order_by(story_destinations.c.at, story_destinations.c.place)
)


async def add_story_destination(connection: AsyncConnection, destination: StoryDestination) -> None:
    """Keep that the story was taken to this place; the first time counts."""
    await connection.execute(_ADD, values_of(destination))


async def list_story_destinations(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> tuple[StoryDestination, ...]:
    """The places to which the story was taken."""
    key = {"team": team_id, "user": user_id, "draft": draft_id}
    return map_all(StoryDestination, await connection.execute(_LIST, key))
