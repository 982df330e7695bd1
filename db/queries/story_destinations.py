"""Destinations: the places that stories were taken to."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import StoryDestination
from db.schema.core import story_destinations
from db.schema.row_mapping import values_of

_ADD = insert(story_destinations).on_conflict_do_nothing()


async def add_story_destination(connection: AsyncConnection, destination: StoryDestination) -> None:
    """Store that the story was taken to this place; the first time counts."""
    await connection.execute(_ADD, values_of(destination))
