"""Log clearing: whether erased words may still be in the database's log, recorded with the erasures."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.privacy import UnclearedLog
from db.schema.core import workspaces
from db.schema.row_mapping import columns_of, map_one_or_none
from db.schema.types import UTCDateTime

_THIS_ONE = workspaces.c.team_id == bindparam("team")
_AT = bindparam("moment", type_=UTCDateTime)
_LATEST = select(workspaces.c.erased_at).where(_THIS_ONE).with_for_update()
_MARK_ERASED = (
    update(workspaces)
    .where(_THIS_ONE)
    .values(erased_at=_AT, uncleared_since=func.coalesce(workspaces.c.uncleared_since, _AT))
)
_FIND = select(*columns_of(UnclearedLog, workspaces)).where(
    _THIS_ONE, workspaces.c.uncleared_since.is_not(None)
)
_MARK_CLEARED = (
    update(workspaces)
    .where(_THIS_ONE, workspaces.c.uncleared_since.is_not(None), workspaces.c.erased_at >= _AT)
    .values(uncleared_since=case((workspaces.c.erased_at == _AT, null()), else_=workspaces.c.erased_at))
)


async def mark_log_uncleared(connection: AsyncConnection, team_id: str, at: datetime) -> None:
    """Note in an erasure's transaction that the log must be cleared of the data it removes.

    Each erasure gets a later timestamp than the one before, even if the clock stops or goes back.
    """
    before = (await connection.execute(_LATEST, {"team": team_id})).scalar_one_or_none()
    moment = at if before is None else max(at, before + timedelta(microseconds=1))
    await connection.execute(_MARK_ERASED, {"team": team_id, "moment": moment})


async def find_uncleared_log(connection: AsyncConnection, team_id: str) -> UnclearedLog | None:
    """Return what has been erased since the log was last cleared, or None if the log holds nothing erased."""
    return map_one_or_none(UnclearedLog, await connection.execute(_FIND, {"team": team_id}))


async def mark_log_cleared(connection: AsyncConnection, team_id: str, at: datetime) -> None:
    """Note that the log no longer holds data of the erasure at this time or of earlier ones.

    An erasure committed while the log was being cleared still needs another clearing.
    """
    await connection.execute(_MARK_CLEARED, {"team": team_id, "moment": at})
