"""Erasure: every word and identifier of a person goes in one transaction; a keyed hash stays."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Delete, Select, Update, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.errors import WorkspaceUnknown
from db.models import Erased, Person, Tombstone
from db.queries.log_clearing import mark_erased
from db.queries.people import lock_person
from db.queries.personal_data import BELONGINGS, MENTIONS, OWN_COLUMNS
from db.schema.core import drafts, people, said, sweeps, tombstones, workspaces
from db.schema.row_mapping import columns_of, one_or_none, values_of
from db.schema.types import UTCDateTime
from db.schema.waves import waves

_KEY = select(workspaces.c.erasure_key).where(workspaces.c.team_id == bindparam("team"))
_FIND = select(*columns_of(Tombstone, tombstones)).where(
    tombstones.c.team_id == bindparam("team"), tombstones.c.person_hash == bindparam("hash")
)
_LIST = select(tombstones.c.person_hash, *columns_of(Tombstone, tombstones)).where(
    tombstones.c.team_id == bindparam("team")
)
_PUT = insert(tombstones)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["team_id", "person_hash"],
    set_={name: _PUT.excluded[name] for name in ("at", "stopped", "after_leaving")},
)

# Only the place of each message goes on to be swept, not whose it is.
_CARRYING: Select[tuple[str, str, str, datetime]] = select(
    said.c.team_id, said.c.channel, said.c.ts, bindparam("at", type_=UTCDateTime)
).where(
    said.c.team_id == bindparam("team"), said.c.user_id == bindparam("user"), said.c.carries_words.is_(True)
)
_SWEEP = insert(sweeps).from_select(["team_id", "channel", "ts", "at"], _CARRYING).on_conflict_do_nothing()
_STORIES = (
    select(func.count())
    .select_from(drafts)
    .where(drafts.c.team_id == bindparam("team"), drafts.c.user_id == bindparam("user"))
)
_ORPHANED = (
    (said.c.team_id == bindparam("team"))
    & (said.c.user_id == bindparam("user"))
    & ~exists().where(drafts.c.team_id == said.c.team_id, drafts.c.id == said.c.draft_id)
)
_SWEEP_ORPHANED = (
    insert(sweeps)
    .from_select(["team_id", "channel", "ts", "at"], _CARRYING.where(_ORPHANED))
    .on_conflict_do_nothing()
)
_FORGET_ORPHANED = delete(said).where(_ORPHANED)
# The directory and the company's records stay after somebody's own wish, so that no list tells that they erased.
_THEM = (people.c.team_id == bindparam("team")) & (people.c.user_id == bindparam("user"))
_OWN_ROWS: list[Delete | Update] = [
    delete(table).where(theirs)
    for table, theirs in reversed(BELONGINGS.items())
    if table is not people and not table.info.get("company_record")
]
_OWN_ROWS += [
    delete(people).where(_THEM, ~people.c.in_directory),
    update(people)
    .where(_THEM)
    .values(
        dict.fromkeys(OWN_COLUMNS)
        | {"stopped_at": bindparam("kept_stop"), "fetched_at": bindparam("this_moment")}
    ),
]
_ALL_ROWS = [delete(table).where(theirs) for table, theirs in reversed(BELONGINGS.items())]
_GREETINGS = (
    update(waves)
    .where(
        waves.c.team_id == bindparam("team"), waves.c.greeted_by == bindparam("user"), waves.c.greeting != ""
    )
    .values(greeting="", version=waves.c.version + 1)
)
_UNNAMINGS = [
    update(column.table)
    .where(column.table.c.team_id == bindparam("team"), column == bindparam("user"))
    .values({column: None})
    for column in MENTIONS
]


async def erase_person(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime, *, after_leaving: bool = False
) -> Erased:
    """Delete all that the person said, chose or did; what is left to do in Slack waits in the sweeps.

    Who they are by Slack's word and what the company's own records say of them stays, unless they left: then it
    goes too, with `after_leaving`, for nobody asked for it. What they once asked for themselves stays asked for, as
    a stop does. WorkspaceUnknown when the workspace has no key, for then nothing could be remembered of the stop.
    """
    them = {"team": team_id, "user": user_id}
    person = await lock_person(connection, team_id, user_id)
    before = await find_tombstone(connection, team_id, user_id)
    left = after_leaving and (before is None or before.after_leaving)
    kept = Tombstone(at, _has_stopped(person, before), after_leaving=left)
    person_hash = await _hash(connection, team_id, user_id)
    if person_hash is None:
        raise WorkspaceUnknown(team_id)
    stories = (await connection.execute(_STORIES, them)).scalar_one()
    messages = (await connection.execute(_SWEEP, {**them, "at": at})).rowcount
    stopped = person.stopped_at or at if person is not None and kept.stopped else None
    rows = (*_ALL_ROWS, *_UNNAMINGS) if after_leaving else _OWN_ROWS
    for statement in (_GREETINGS, *rows):
        await connection.execute(statement, {**them, "this_moment": at, "kept_stop": stopped})
    await connection.execute(_PUT, {"team_id": team_id, "person_hash": person_hash, **values_of(kept)})
    await mark_erased(connection, team_id, at)
    return Erased(drafts=stories, messages=messages, stopped=kept.stopped)


async def sweep_orphaned(connection: AsyncConnection, team_id: str, user_id: str, at: datetime) -> int:
    """What the bot said of drafts that are gone, noted after they went, is forgotten and waits to be swept."""
    them = {"team": team_id, "user": user_id}
    await connection.execute(_SWEEP_ORPHANED, {**them, "at": at})
    return (await connection.execute(_FORGET_ORPHANED, them)).rowcount


async def find_tombstone(connection: AsyncConnection, team_id: str, user_id: str) -> Tombstone | None:
    """When the person was last erased, if ever; what is older than that is no longer theirs to be acted on."""
    person_hash = await _hash(connection, team_id, user_id)
    if person_hash is None:
        return None
    return one_or_none(Tombstone, await connection.execute(_FIND, {"team": team_id, "hash": person_hash}))


async def list_tombstones(
    connection: AsyncConnection, team_id: str, user_ids: Iterable[str]
) -> dict[str, Tombstone]:
    """What is left of those of these people who were once erased, whether or not they have come back since."""
    key = (await connection.execute(_KEY, {"team": team_id})).scalar_one_or_none()
    if key is None:
        return {}
    rows = await connection.execute(_LIST, {"team": team_id})
    known = {bytes(row[0]): Tombstone(*row[1:]) for row in rows}
    if not known:
        return {}
    # Few were ever erased, and many may be asked about: so theirs are looked for here, in a thread.
    hashed = await asyncio.to_thread(lambda: [(user, _digest(key, team_id, user)) for user in user_ids])
    return {user: known[person_hash] for user, person_hash in hashed if person_hash in known}


async def _hash(connection: AsyncConnection, team_id: str, user_id: str) -> bytes | None:
    key = (await connection.execute(_KEY, {"team": team_id})).scalar_one_or_none()
    if key is None:
        return None
    return _digest(key, team_id, user_id)


def _digest(key: bytes, team_id: str, user_id: str) -> bytes:
    return hmac.digest(key, f"{team_id}\n{user_id}".encode(), hashlib.sha256)


def _has_stopped(person: Person | None, before: Tombstone | None) -> bool:
    """Whether the bot may not write first: said now, or before an earlier erasure and never taken back."""
    if person is not None and (person.is_stopped or person.welcome_back_at is not None):
        return person.is_stopped
    return before is not None and before.stopped
