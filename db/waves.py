"""Waves: what an owner asks to be sent to whom, and who stands on the list of each."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, delete, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.waves import Member, StoredWave
from db.rows import all_of, columns_of, one_or_none, values_of
from db.wave_tables import wave_people, waves

_COLUMNS = columns_of(StoredWave, waves)
_IN_TEAM = waves.c.team_id == bindparam("team")
_THIS_ONE = _IN_TEAM & (waves.c.id == bindparam("wave"))
_FIND = select(*_COLUMNS).where(_THIS_ONE)
_LIST = select(*_COLUMNS).where(_IN_TEAM).order_by(waves.c.at.desc(), waves.c.id)
_PUT = insert(waves)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["team_id", "id"],
    set_={
        column.name: _PUT.excluded[column.name] for column in waves.c if column.name not in ("team_id", "id")
    },
    where=waves.c.started_at.is_(None),
)
_DROP = delete(waves).where(_THIS_ONE, waves.c.started_at.is_(None))
_ON_THE_LIST = (wave_people.c.team_id == bindparam("team")) & (wave_people.c.wave_id == bindparam("wave"))
_MEMBERS = select(*columns_of(Member, wave_people)).where(_ON_THE_LIST).order_by(wave_people.c.id)
_CLEAR = delete(wave_people).where(_ON_THE_LIST)
_ADD = plain_insert(wave_people)


async def find_wave(session: AsyncConnection, team_id: str, wave_id: str) -> StoredWave | None:
    """The wave, if it is there."""
    return one_or_none(StoredWave, await session.execute(_FIND, {"team": team_id, "wave": wave_id}))


async def list_waves(session: AsyncConnection, team_id: str) -> tuple[StoredWave, ...]:
    """Every wave, the latest first."""
    return all_of(StoredWave, await session.execute(_LIST, {"team": team_id}))


async def put_wave(session: AsyncConnection, wave: StoredWave) -> bool:
    """Keep a wave as it is now; False for one that has started, which nobody changes any more."""
    return (await session.execute(_PUT, values_of(wave))).rowcount == 1


async def drop_wave(session: AsyncConnection, team_id: str, wave_id: str) -> bool:
    """Throw away a wave that has not started, with its list; False when there is none such."""
    key = {"team": team_id, "wave": wave_id}
    found = one_or_none(StoredWave, await session.execute(_FIND, key))
    if found is None or found.started_at is not None:
        return False
    await session.execute(_CLEAR, key)
    return (await session.execute(_DROP, key)).rowcount == 1


async def list_members(session: AsyncConnection, team_id: str, wave_id: str) -> tuple[Member, ...]:
    """Everybody on the list of a wave."""
    return all_of(Member, await session.execute(_MEMBERS, {"team": team_id, "wave": wave_id}))


async def put_members(
    session: AsyncConnection, team_id: str, wave_id: str, members: Collection[Member]
) -> None:
    """Let these people stand on the list of a wave, and nobody else."""
    await session.execute(_CLEAR, {"team": team_id, "wave": wave_id})
    rows = [{**values_of(one), "team_id": team_id, "wave_id": wave_id} for one in members]
    if rows:
        await session.execute(_ADD, rows)
