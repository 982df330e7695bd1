"""Programmes: the settings of each workspace."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import Programme
from db.schema.programme import programmes
from db.schema.row_mapping import columns_of, map_one_or_none, values_of

_FIND = select(*columns_of(Programme, programmes)).where(programmes.c.team_id == bindparam("team"))
_LOCK = _FIND.with_for_update()
_LOCK_SHARED = _FIND.with_for_update(read=True)
_UPSERT = insert(programmes)
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id"],
    set_={
        column.key: _UPSERT.excluded[column.key]
        for column in programmes.c
        if column.key not in ("team_id", "created_at")
    },
)


async def find_programme(connection: AsyncConnection, team_id: str) -> Programme | None:
    """Return the programme, if it was ever set up."""
    return map_one_or_none(Programme, await connection.execute(_FIND, {"team": team_id}))


async def lock_programme(connection: AsyncConnection, team_id: str) -> Programme | None:
    """Return the programme and lock it: changes to it or its roles wait until this transaction ends."""
    return map_one_or_none(Programme, await connection.execute(_LOCK, {"team": team_id}))


async def lock_programme_shared(connection: AsyncConnection, team_id: str) -> Programme | None:
    """Return the programme with a shared lock, so that it can't be halted until this transaction ends."""
    return map_one_or_none(Programme, await connection.execute(_LOCK_SHARED, {"team": team_id}))


async def upsert_programme(connection: AsyncConnection, programme: Programme) -> None:
    """Store the programme; the time of the first setup stays."""
    await connection.execute(_UPSERT, values_of(programme))
