"""The workspaces that the bot is installed in."""

from __future__ import annotations

import secrets

from sqlalchemy import bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Workspace
from db.schema.core import drafts, people, workspaces
from db.schema.row_mapping import columns_of, map_one_or_none, values_of

_FIND = select(*columns_of(Workspace, workspaces)).where(workspaces.c.team_id == bindparam("team"))

_UPSERT = insert(workspaces)
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id"],
    # The key stays: with another one, erased people would no longer be recognised.
    set_={name: _UPSERT.excluded[name] for name in ("name", "bot_user_id", "bot_id", "installed_at")},
)

_HAS_OTHERS = [
    select(exists().where(table.c.team_id != bindparam("team"))) for table in (workspaces, people, drafts)
]


async def find_workspace(connection: AsyncConnection, team_id: str) -> Workspace | None:
    """Return the workspace, if it's known."""
    return map_one_or_none(Workspace, await connection.execute(_FIND, {"team": team_id}))


async def upsert_workspace(connection: AsyncConnection, workspace: Workspace) -> None:
    """Store Slack's data about the workspace; the first time, also make its key for tombstones."""
    await connection.execute(_UPSERT, {**values_of(workspace), "erasure_key": secrets.token_bytes(32)})


async def has_other_workspaces(connection: AsyncConnection, team_id: str) -> bool:
    """Return whether the database has rows of any other workspace."""
    for statement in _HAS_OTHERS:
        if (await connection.execute(statement, {"team": team_id})).scalar_one():
            return True
    return False
