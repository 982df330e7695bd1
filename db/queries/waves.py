"""Waves: invitations by an owner, their members, and the members' answers."""

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
    select(wave_people.c.wave_id, func.count().label("people"))
    .where(wave_people.c.team_id == bindparam("team"), wave_people.c.part == "invited")
    .group_by(wave_people.c.wave_id)
)
_CLEAR = delete(wave_people).where(_IN_WAVE)
# People named by the owner become invited in their existing row; all other rows stay as they are.
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
# Notices that are just being claimed are skipped: the claiming worker waits for this transaction and rechecks after it.
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
    """Return the wave, if it exists."""
    return map_one_or_none(StoredWave, await connection.execute(_FIND, {"team": team_id, "wave": wave_id}))


async def list_waves(connection: AsyncConnection, team_id: str) -> tuple[StoredWave, ...]:
    """Return every wave, the latest first."""
    return map_all(StoredWave, await connection.execute(_LIST, {"team": team_id}))


async def upsert_unstarted_wave(connection: AsyncConnection, wave: StoredWave) -> bool:
    """Store the wave; return False if it has started, because then it can no longer be changed."""
    return (await connection.execute(_UPSERT, values_of(wave))).rowcount == 1


async def delete_unstarted_wave(connection: AsyncConnection, team_id: str, wave_id: str) -> bool:
    """Delete a wave that hasn't started, with its members; return False if there is none."""
    key = {"team": team_id, "wave": wave_id}
    found = map_one_or_none(StoredWave, await connection.execute(_FIND, key))
    if found is None or found.started_at is not None:
        return False
    await connection.execute(_CLEAR, key)
    return (await connection.execute(_DELETE, key)).rowcount == 1


async def list_members_including_excluded(
    connection: AsyncConnection, team_id: str, wave_id: str
) -> tuple[WaveMember, ...]:
    """Return every member of the wave."""
    return await map_all_in_thread(
        WaveMember, await connection.execute(_MEMBERS, {"team": team_id, "wave": wave_id})
    )


async def count_invited_by_wave(connection: AsyncConnection, team_id: str) -> dict[str, int]:
    """Return the number of people invited to each started wave, including those erased since."""
    rows = await connection.execute(_COUNT_INVITED, {"team": team_id})
    return {row.wave_id: row.people for row in rows}


async def replace_members(
    connection: AsyncConnection, team_id: str, wave_id: str, members: Collection[WaveMember]
) -> None:
    """Make these people the only members of the wave."""
    await connection.execute(_CLEAR, {"team": team_id, "wave": wave_id})
    await add_or_promote_members(connection, team_id, wave_id, members)


async def add_or_promote_members(
    connection: AsyncConnection, team_id: str, wave_id: str, members: Collection[WaveMember]
) -> None:
    """Add these members; a person named by the owner gets the new status, other existing rows stay as they are."""
    rows = [{**values_of(one), "team_id": team_id, "wave_id": wave_id} for one in members]
    if rows:
        await connection.execute(_ADD, rows)


async def find_member(
    connection: AsyncConnection, team_id: str, user_id: str, wave_id: str
) -> WaveMember | None:
    """Return the person's membership of the wave, if they're on its list."""
    key = {"team": team_id, "user": user_id, "wave": wave_id}
    return map_one_or_none(WaveMember, await connection.execute(_FIND_MEMBER, key))


async def mark_removed_and_suppress_notices(
    connection: AsyncConnection, team_id: str, wave_id: str, user_ids: Collection[str], *, at: datetime
) -> tuple[str, ...]:
    """Remove these people from a wave, suppress its pending notices to them, and return those who were invited."""
    key = {"team": team_id, "wave": wave_id, "users": sorted(user_ids), "at": at}
    removed = await connection.execute(_MARK_REMOVED, key)
    found = tuple(sorted(str(row.member) for row in removed))
    await connection.execute(_WITHDRAW, key)
    return found


async def find_latest_wave_of_person(
    connection: AsyncConnection, team_id: str, user_id: str
) -> StoredWave | None:
    """Return the wave that opened last among those the person was invited to."""
    return map_one_or_none(StoredWave, await connection.execute(_LATEST, {"team": team_id, "user": user_id}))


async def find_wave_answer(
    connection: AsyncConnection, team_id: str, user_id: str, wave_id: str
) -> WaveAnswer | None:
    """Return the person's answer to their invitation, if there is one."""
    key = {"team": team_id, "user": user_id, "wave": wave_id}
    return map_one_or_none(WaveAnswer, await connection.execute(_FIND_ANSWER, key))


async def has_postponed_invitation(connection: AsyncConnection, team_id: str, user_id: str) -> bool:
    """Return whether the person has postponed an invitation."""
    return bool((await connection.execute(_HAS_POSTPONED, {"team": team_id, "user": user_id})).scalar_one())


async def upsert_wave_answer(connection: AsyncConnection, wave_answer: WaveAnswer) -> None:
    """Store the person's answer to their invitation."""
    await connection.execute(_UPSERT_ANSWER, values_of(wave_answer))


async def list_drafts_of_invited(
    connection: AsyncConnection, team_id: str, wave_id: str, *, since_then: datetime
) -> tuple[StoredDraft, ...]:
    """Return the drafts and stories that people invited to the wave have worked on since then."""
    key = {"team": team_id, "wave": wave_id, "since_then": since_then}
    return map_all(StoredDraft, await connection.execute(_LIST_DRAFTS_OF_INVITED, key))
