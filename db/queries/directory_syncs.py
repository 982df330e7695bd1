"""Passes: the reading of everybody from Slack, one at a time for each workspace."""

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
    """Begin to read everybody; False while another pass is under way that was heard of since `before`."""
    begun = await connection.execute(_UPSERT, {**values_of(DirectorySync(team_id, at, at)), "stale": before})
    return begun.rowcount == 1


async def mark_sync_progress(connection: AsyncConnection, team_id: str, at: datetime, count: int) -> None:
    """So many people have been read by now."""
    await connection.execute(_SET_PROGRESS, {"team": team_id, "now": at, "count": count})


async def mark_sync_done(
    connection: AsyncConnection, team_id: str, at: datetime, problem: str | None
) -> None:
    """The pass is over: everybody was read, or this came between."""
    await connection.execute(_SET_DONE, {"team": team_id, "now": at, "what": problem})


async def find_directory_sync(connection: AsyncConnection, team_id: str) -> DirectorySync | None:
    """The latest pass, if there was one."""
    return map_one_or_none(DirectorySync, await connection.execute(_FIND, {"team": team_id}))
