"""Syncs of the directory from Slack, one at a time per workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import DirectorySync
from db.schema.programme import directory_syncs
from db.schema.row_mapping import columns_of, map_one_or_none, values_of
from db.schema.types import UTCDateTime

_IN_TEAM = directory_syncs.c.team_id == bindparam("team")
_FIND = select(*columns_of(DirectorySync, directory_syncs)).where(_IN_TEAM)
_UPSERT = insert(directory_syncs)
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id"],
    set_={
        name: _UPSERT.excluded[name] for name in ("started_at", "touched_at", "done_at", "people", "problem")
    },
    where=directory_syncs.c.done_at.is_not(None)
    | (directory_syncs.c.touched_at < bindparam("stale", type_=UTCDateTime)),
)
_SET_PROGRESS = (
    update(directory_syncs).where(_IN_TEAM).values(touched_at=bindparam("now"), people=bindparam("count"))
)
_SET_DONE = (
    update(directory_syncs).where(_IN_TEAM).values(done_at=bindparam("now"), problem=bindparam("what"))
)


async def begin_directory_sync(
    connection: AsyncConnection, team_id: str, at: datetime, *, before: datetime
) -> bool:
    """Start a sync; return False if another one is running and has reported progress since `before`."""
    started = await connection.execute(
        _UPSERT, {**values_of(DirectorySync(team_id, at, at)), "stale": before}
    )
    return started.rowcount == 1


async def mark_sync_progress(connection: AsyncConnection, team_id: str, at: datetime, count: int) -> None:
    """Store how many people have been read so far."""
    await connection.execute(_SET_PROGRESS, {"team": team_id, "now": at, "count": count})


async def mark_sync_done(
    connection: AsyncConnection, team_id: str, at: datetime, problem: str | None
) -> None:
    """Store that the sync has ended, with the problem that stopped it if there was one."""
    await connection.execute(_SET_DONE, {"team": team_id, "now": at, "what": problem})


async def find_directory_sync(connection: AsyncConnection, team_id: str) -> DirectorySync | None:
    """Return the latest sync, if there was one."""
    return map_one_or_none(DirectorySync, await connection.execute(_FIND, {"team": team_id}))
