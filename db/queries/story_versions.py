"""Versions: every whole text that a story has had."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Version
from db.schema.core import versions
from db.schema.row_mapping import all_of, columns_of, one_or_none, values_of

_ADD = insert(versions)
_THESE = (
    (versions.c.team_id == bindparam("team"))
    & (versions.c.user_id == bindparam("user"))
    & (versions.c.draft_id == bindparam("draft"))
)
_LIST = select(*columns_of(Version, versions)).where(_THESE).order_by(versions.c.n)
_LATEST = select(*columns_of(Version, versions)).where(_THESE).order_by(versions.c.n.desc()).limit(1)


async def add_version(connection: AsyncConnection, version: Version) -> None:
    """Keep a whole text; its number is one more than the latest's, and the database refuses it twice."""
    await connection.execute(_ADD, values_of(version))


async def list_versions(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> tuple[Version, ...]:
    """All texts the story has had, oldest first."""
    key = {"team": team_id, "user": user_id, "draft": draft_id}
    return all_of(Version, await connection.execute(_LIST, key))


async def latest(connection: AsyncConnection, team_id: str, user_id: str, draft_id: str) -> Version | None:
    """The text as it stands."""
    key = {"team": team_id, "user": user_id, "draft": draft_id}
    return one_or_none(Version, await connection.execute(_LATEST, key))
