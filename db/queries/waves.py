"""Waves: what an owner asks to be sent to whom, and who stands on the list of each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import StoredDraft
from db.models.waves import StoredWave, WaveAnswer, WaveMember
from db.schema.core import drafts
from db.schema.outbox import IS_PENDING, outbox
from db.schema.row_mapping import columns_of, map_all, map_all_in_thread, map_one_or_none, values_of
from db.schema.waves import wave_answers, wave_people, waves

_COLUMNS = columns_of(StoredWave, waves)
_IN_TEAM = waves.c.team_id == bindparam("team")
_THIS_ONE = _IN_TEAM & (waves.c.id == bindparam("wave"))
_FIND = select(*_COLUMNS).where(_THIS_ONE)
_LIST = select(*_COLUMNS).where(_IN_TEAM).order_by(waves.c.created_at.desc(), waves.c.id)
_UPSERT = insert(waves)
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id", "id"],
    set_={
        column.key: _UPSERT.excluded[column.key] for column in waves.c if column.key not in ("team_id", "id")
    },
    where=waves.c.started_at.is_(None),
)
_DELETE = delete(waves).where(_THIS_ONE, waves.c.started_at.is_(None))
_IN_WAVE = (wave_people.c.team_id == bindparam("team")) & (wave_people.c.wave_id == bindparam("wave"))
_MEMBERS = select(*columns_of(WaveMember, wave_people)).where(_IN_WAVE).order_by(wave_people.c.id)
_COUNT_INVITED = (
    select(wave_people.c.wave_id, func.count())
    .where(wave_people.c.team_id == bindparam("team"), wave_people.c.part == "invited")
    .group_by(wave_people.c.wave_id)
)
_CLEAR = delete(wave_people).where(_IN_WAVE)
# Who was named by the owner comes onto the roll in their own row; all others stay as they stand.
_ADD = insert(wave_people)
_ADD = _ADD.on_conflict_do_update(
    index_elements=["team_id", "wave_id", "member"],
    set_={name: _ADD.excluded[name] for name in ("part", "segment", "is_counted")},
    where=wave_people.c.part == "chosen",
)
_FIND_MEMBER = select(*columns_of(WaveMember, wave_people)).where(
    _IN_WAVE, wave_people.c.member == bindparam("user")
)
_MARK_REMOVED = (
    update(wave_people)
    .where(_IN_WAVE, wave_people.c.member.in_(bindparam("users", expanding=True)))
    .where(wave_people.c.part == "invited", wave_people.c.off_at.is_(None))
    .values(off_at=bindparam("at"))
    .returning(wave_people.c.member)
)
# What is just being claimed is passed over, for who claims waits for this transaction and asks again after it.
_PENDING_NOTICES = (
    select(outbox.c.id)
    .where(
        outbox.c.team_id == bindparam("team"),
        outbox.c.subject == bindparam("wave"),
        outbox.c.user_id.in_(bindparam("users", expanding=True)),
        IS_PENDING,
    )
    .with_for_update(skip_locked=True)
)
_WITHDRAW = (
    update(outbox)
    .where(outbox.c.id.in_(_PENDING_NOTICES))
    .values(state="suppressed", reason="taken_off", changed_at=bindparam("at"))
)
_LATEST = (
    select(*_COLUMNS)
    .join(wave_people, (wave_people.c.team_id == waves.c.team_id) & (wave_people.c.wave_id == waves.c.id))
    .where(_IN_TEAM, wave_people.c.member == bindparam("user"), wave_people.c.part == "invited")
    .order_by(waves.c.opens_on.desc(), waves.c.started_at.desc(), waves.c.id)
    .limit(1)
)
_FIND_ANSWER = select(*columns_of(WaveAnswer, wave_answers)).where(
    wave_answers.c.team_id == bindparam("team"),
    wave_answers.c.user_id == bindparam("user"),
    wave_answers.c.wave_id == bindparam("wave"),
)
_HAS_POSTPONED = select(
    exists().where(
        wave_answers.c.team_id == bindparam("team"),
        wave_answers.c.user_id == bindparam("user"),
        wave_answers.c.answer == "later",
    )
)
_LIST_DRAFTS_OF_INVITED = (
    select(*columns_of(StoredDraft, drafts))
    .join(
        wave_people, (wave_people.c.team_id == drafts.c.team_id) & (wave_people.c.member == drafts.c.user_id)
    )
    .where(
        drafts.c.team_id == bindparam("team"),
        wave_people.c.wave_id == bindparam("wave"),
        wave_people.c.part == "invited",
        drafts.c.updated_at >= bindparam("since_then"),
    )
    .order_by(drafts.c.created_at, drafts.c.id)
)
_UPSERT_ANSWER = insert(wave_answers)
_UPSERT_ANSWER = _UPSERT_ANSWER.on_conflict_do_update(
    index_elements=["team_id", "user_id", "wave_id"],
    set_={"answer": _UPSERT_ANSWER.excluded.answer, "answered_at": _UPSERT_ANSWER.excluded.answered_at},
)


async def find_wave(connection: AsyncConnection, team_id: str, wave_id: str) -> StoredWave | None:
    """The wave, if it is there."""
    return map_one_or_none(StoredWave, await connection.execute(_FIND, {"team": team_id, "wave": wave_id}))


async def list_waves(connection: AsyncConnection, team_id: str) -> tuple[StoredWave, ...]:
    """Every wave, the latest first."""
    return map_all(StoredWave, await connection.execute(_LIST, {"team": team_id}))


async def upsert_wave(connection: AsyncConnection, wave: StoredWave) -> bool:
    """Keep a wave as it is now; False for one that has started, which nobody changes any more."""
    return (await connection.execute(_UPSERT, values_of(wave))).rowcount == 1


async def delete_wave(connection: AsyncConnection, team_id: str, wave_id: str) -> bool:
    """Throw away a wave that has not started, with its list; False when there is none such."""
    key = {"team": team_id, "wave": wave_id}
    found = map_one_or_none(StoredWave, await connection.execute(_FIND, key))
    if found is None or found.started_at is not None:
        return False
    await connection.execute(_CLEAR, key)
    return (await connection.execute(_DELETE, key)).rowcount == 1


async def list_members(connection: AsyncConnection, team_id: str, wave_id: str) -> tuple[WaveMember, ...]:
    """Everybody on the list of a wave."""
    return await map_all_in_thread(
        WaveMember, await connection.execute(_MEMBERS, {"team": team_id, "wave": wave_id})
    )


async def count_invited(connection: AsyncConnection, team_id: str) -> dict[str, int]:
    """How many stand on the roll of each wave that has started, also when they have been erased since."""
    rows = await connection.execute(_COUNT_INVITED, {"team": team_id})
    return {row[0]: row[1] for row in rows}


async def replace_members(
    connection: AsyncConnection, team_id: str, wave_id: str, members: Collection[WaveMember]
) -> None:
    """Let these people stand on the list of a wave, and nobody else."""
    await connection.execute(_CLEAR, {"team": team_id, "wave": wave_id})
    await upsert_members(connection, team_id, wave_id, members)


async def upsert_members(
    connection: AsyncConnection, team_id: str, wave_id: str, members: Collection[WaveMember]
) -> None:
    """Let these people stand on the list as well; who was chosen is what they are now, all others stay as they are."""
    rows = [{**values_of(one), "team_id": team_id, "wave_id": wave_id} for one in members]
    if rows:
        await connection.execute(_ADD, rows)


async def find_member(
    connection: AsyncConnection, team_id: str, user_id: str, wave_id: str
) -> WaveMember | None:
    """How this person stands on the list of a wave, if they do."""
    key = {"team": team_id, "user": user_id, "wave": wave_id}
    return map_one_or_none(WaveMember, await connection.execute(_FIND_MEMBER, key))


async def mark_members_removed(
    connection: AsyncConnection, team_id: str, wave_id: str, user_ids: Collection[str], *, at: datetime
) -> tuple[str, ...]:
    """Take these people off a wave, with all that was still to come of it; those who stood on its roll."""
    key = {"team": team_id, "wave": wave_id, "users": sorted(user_ids), "at": at}
    off = await connection.execute(_MARK_REMOVED, key)
    found = tuple(sorted(str(row.member) for row in off))
    await connection.execute(_WITHDRAW, key)
    return found


async def find_latest_wave(connection: AsyncConnection, team_id: str, user_id: str) -> StoredWave | None:
    """The wave that opened last of those to which this person was invited."""
    return map_one_or_none(StoredWave, await connection.execute(_LATEST, {"team": team_id, "user": user_id}))


async def find_wave_answer(
    connection: AsyncConnection, team_id: str, user_id: str, wave_id: str
) -> WaveAnswer | None:
    """What this person did with their invitation, if anything."""
    key = {"team": team_id, "user": user_id, "wave": wave_id}
    return map_one_or_none(WaveAnswer, await connection.execute(_FIND_ANSWER, key))


async def has_postponed_invitation(connection: AsyncConnection, team_id: str, user_id: str) -> bool:
    """Return whether this person has put an invitation off."""
    return bool((await connection.execute(_HAS_POSTPONED, {"team": team_id, "user": user_id})).scalar_one())


async def upsert_wave_answer(connection: AsyncConnection, wave_answer: WaveAnswer) -> None:
    """Keep what this person did with their invitation."""
    await connection.execute(_UPSERT_ANSWER, values_of(wave_answer))


async def list_drafts_of_invited(
    connection: AsyncConnection, team_id: str, wave_id: str, *, since_then: datetime
) -> tuple[StoredDraft, ...]:
    """The drafts and stories at which those on the roll of a wave have written since then."""
    key = {"team": team_id, "wave": wave_id, "since_then": since_then}
    return map_all(StoredDraft, await connection.execute(_LIST_DRAFTS_OF_INVITED, key))
