"""Passes: the reading of everybody from Slack, one at a time for each workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import Pass
from db.schema.programme import passes
from db.schema.row_mapping import columns_of, one_or_none, values_of
from db.schema.types import UTCDateTime

_IN_TEAM = passes.c.team_id == bindparam("team")
_FIND = select(*columns_of(Pass, passes)).where(_IN_TEAM)
_BEGIN = insert(passes)
_BEGIN = _BEGIN.on_conflict_do_update(
    index_elements=["team_id"],
    set_={name: _BEGIN.excluded[name] for name in ("begun_at", "touched_at", "done_at", "people", "problem")},
    where=passes.c.done_at.is_not(None) | (passes.c.touched_at < bindparam("stale", type_=UTCDateTime)),
)
_READ = update(passes).where(_IN_TEAM).values(touched_at=bindparam("now"), people=bindparam("count"))
_DONE = update(passes).where(_IN_TEAM).values(done_at=bindparam("now"), problem=bindparam("what"))


async def begin_pass(connection: AsyncConnection, team_id: str, at: datetime, *, before: datetime) -> bool:
    """Begin to read everybody; False while another pass is under way that was heard of since `before`."""
    begun = await connection.execute(_BEGIN, {**values_of(Pass(team_id, at, at)), "stale": before})
    return begun.rowcount == 1


async def mark_read(connection: AsyncConnection, team_id: str, at: datetime, count: int) -> None:
    """So many people have been read by now."""
    await connection.execute(_READ, {"team": team_id, "now": at, "count": count})


async def mark_done(connection: AsyncConnection, team_id: str, at: datetime, problem: str | None) -> None:
    """The pass is over: everybody was read, or this came between."""
    await connection.execute(_DONE, {"team": team_id, "now": at, "what": problem})


async def find_pass(connection: AsyncConnection, team_id: str) -> Pass | None:
    """The latest pass, if there was one."""
    return one_or_none(Pass, await connection.execute(_FIND, {"team": team_id}))
