"""Versions: every full text that a story has had."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import StoryVersion
from db.schema.core import story_versions
from db.schema.row_mapping import columns_of, map_all, map_one_or_none, values_of

_ADD = insert(story_versions)
_OF_STORY = (
    (story_versions.c.team_id == bindparam("team"))
    & (story_versions.c.user_id == bindparam("user"))
    & (story_versions.c.draft_id == bindparam("draft"))
)
_LIST = select(*columns_of(StoryVersion, story_versions)).where(_OF_STORY).order_by(story_versions.c.n)
_LATEST = (
    select(*columns_of(StoryVersion, story_versions))
    .where(_OF_STORY)
    .order_by(story_versions.c.n.desc())
    .limit(1)
)


async def add_version(connection: AsyncConnection, version: StoryVersion) -> None:
    """Store a full text; its number is one more than the latest, and the database rejects duplicates."""
    await connection.execute(_ADD, values_of(version))


async def list_versions(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> tuple[StoryVersion, ...]:
    """Return all texts the story has had, oldest first."""
    key = {"team": team_id, "user": user_id, "draft": draft_id}
    return map_all(StoryVersion, await connection.execute(_LIST, key))


async def find_latest_version(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> StoryVersion | None:
    """Return the current text."""
    key = {"team": team_id, "user": user_id, "draft": draft_id}
    return map_one_or_none(StoryVersion, await connection.execute(_LATEST, key))
