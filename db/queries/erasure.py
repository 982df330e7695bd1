"""Erasure of every word and identifier of a person in one transaction; only a keyed hash stays."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Delete, Select, Update, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.errors import UnknownWorkspaceError
from db.models import ErasureResult, Person, Tombstone
from db.queries.log_clearing import mark_log_uncleared
from db.queries.people import lock_person
from db.queries.personal_data import PERSON_REFERENCE_COLUMNS, PERSONAL_COLUMNS, PERSONAL_ROWS
from db.schema.core import bot_messages, drafts, pending_deletions, people, tombstones, workspaces
from db.schema.row_mapping import columns_of, map_one_or_none, values_of
from db.schema.types import UTCDateTime
from db.schema.waves import waves

_FIND_ERASURE_KEY = select(workspaces.c.erasure_key).where(workspaces.c.team_id == bindparam("team"))
_FIND = select(*columns_of(Tombstone, tombstones)).where(
    tombstones.c.team_id == bindparam("team"), tombstones.c.person_hash == bindparam("hash")
)
_LIST = select(tombstones.c.person_hash, *columns_of(Tombstone, tombstones)).where(
    tombstones.c.team_id == bindparam("team")
)
_UPSERT = insert(tombstones)
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id", "person_hash"],
    set_={name: _UPSERT.excluded[name] for name in ("erased_at", "stopped", "after_leaving")},
)

# Pending deletions hold only where each message is, not whose it is.
_MESSAGES_WITH_WORDS: Select[tuple[str, str, str, datetime]] = select(
    bot_messages.c.team_id, bot_messages.c.channel, bot_messages.c.ts, bindparam("at", type_=UTCDateTime)
).where(
    bot_messages.c.team_id == bindparam("team"),
    bot_messages.c.user_id == bindparam("user"),
    bot_messages.c.carries_words.is_(True),
)
_QUEUE_DELETIONS = (
    insert(pending_deletions)
    .from_select(["team_id", "channel", "ts", "queued_at"], _MESSAGES_WITH_WORDS)
    .on_conflict_do_nothing()
)
_COUNT_STORIES = (
    select(func.count())
    .select_from(drafts)
    .where(drafts.c.team_id == bindparam("team"), drafts.c.user_id == bindparam("user"))
)
_IS_ORPHANED = (
    (bot_messages.c.team_id == bindparam("team"))
    & (bot_messages.c.user_id == bindparam("user"))
    & ~exists().where(drafts.c.team_id == bot_messages.c.team_id, drafts.c.id == bot_messages.c.draft_id)
)
_QUEUE_ORPHANED = (
    insert(pending_deletions)
    .from_select(["team_id", "channel", "ts", "queued_at"], _MESSAGES_WITH_WORDS.where(_IS_ORPHANED))
    .on_conflict_do_nothing()
)
_DELETE_ORPHANED = delete(bot_messages).where(_IS_ORPHANED)
# When people erase their own data, the directory and the company's records stay, so that no list reveals it.
_IS_PERSON = (people.c.team_id == bindparam("team")) & (people.c.user_id == bindparam("user"))
_ERASE_OWN_DATA: list[Delete | Update] = [
    delete(table).where(owner_condition)
    for table, owner_condition in reversed(PERSONAL_ROWS.items())
    if table is not people and not table.info.get("company_record")
]
_ERASE_OWN_DATA += [
    delete(people).where(_IS_PERSON, ~people.c.in_directory),
    update(people)
    .where(_IS_PERSON)
    .values(
        dict.fromkeys(PERSONAL_COLUMNS)
        | {"stopped_at": bindparam("stopped_at_kept"), "fetched_at": bindparam("erased_at")}
    ),
]
_DELETE_ALL_ROWS = [
    delete(table).where(owner_condition) for table, owner_condition in reversed(PERSONAL_ROWS.items())
]
_CLEAR_GREETINGS = (
    update(waves)
    .where(
        waves.c.team_id == bindparam("team"), waves.c.greeted_by == bindparam("user"), waves.c.greeting != ""
    )
    .values(greeting="", version=waves.c.version + 1)
)
_CLEAR_PERSON_REFERENCES = [
    update(column.table)
    .where(column.table.c.team_id == bindparam("team"), column == bindparam("user"))
    .values({column: None})
    for column in PERSON_REFERENCE_COLUMNS
]


async def erase_person(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime, *, after_leaving: bool = False
) -> ErasureResult:
    """Delete all that the person said, chose or did, and queue the bot's messages for deletion in Slack.

    Their Slack profile and the company's records stay, unless they left: `after_leaving` deletes those too, and
    notes that nobody asked for it. An erasure they once asked for themselves stays noted as such, and so does a stop.
    Raise UnknownWorkspaceError if the workspace has no key, because then the stop couldn't be remembered.
    """
    key = {"team": team_id, "user": user_id}
    person = await lock_person(connection, team_id, user_id)
    before = await find_tombstone(connection, team_id, user_id)
    only_leaving = after_leaving and (before is None or before.after_leaving)
    tombstone = Tombstone(at, _has_stopped(person, before), after_leaving=only_leaving)
    person_hash = await _find_person_hash(connection, team_id, user_id)
    if person_hash is None:
        raise UnknownWorkspaceError(team_id)
    stories = (await connection.execute(_COUNT_STORIES, key)).scalar_one()
    messages = (await connection.execute(_QUEUE_DELETIONS, {**key, "at": at})).rowcount
    stopped = person.stopped_at or at if person is not None and tombstone.stopped else None
    rows = (*_DELETE_ALL_ROWS, *_CLEAR_PERSON_REFERENCES) if after_leaving else _ERASE_OWN_DATA
    for statement in (_CLEAR_GREETINGS, *rows):
        await connection.execute(statement, {**key, "erased_at": at, "stopped_at_kept": stopped})
    await connection.execute(
        _UPSERT, {"team_id": team_id, "person_hash": person_hash, **values_of(tombstone)}
    )
    await mark_log_uncleared(connection, team_id, at)
    return ErasureResult(drafts=stories, messages=messages, stopped=tombstone.stopped)


async def queue_orphaned_message_deletions(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime
) -> int:
    """Move messages recorded after their draft was deleted to the pending deletions; return the number moved."""
    key = {"team": team_id, "user": user_id}
    await connection.execute(_QUEUE_ORPHANED, {**key, "at": at})
    return (await connection.execute(_DELETE_ORPHANED, key)).rowcount


async def find_tombstone(connection: AsyncConnection, team_id: str, user_id: str) -> Tombstone | None:
    """Return the person's last erasure, if any; events from before it must not be acted on."""
    person_hash = await _find_person_hash(connection, team_id, user_id)
    if person_hash is None:
        return None
    return map_one_or_none(Tombstone, await connection.execute(_FIND, {"team": team_id, "hash": person_hash}))


async def load_tombstones_by_user(
    connection: AsyncConnection, team_id: str, user_ids: Iterable[str]
) -> dict[str, Tombstone]:
    """Return the last erasure of each of these people by id, whether or not they have returned since."""
    key = (await connection.execute(_FIND_ERASURE_KEY, {"team": team_id})).scalar_one_or_none()
    if key is None:
        return {}
    rows = await connection.execute(_LIST, {"team": team_id})
    known = {bytes(person_hash): Tombstone(*values) for person_hash, *values in rows}
    if not known:
        return {}
    # Few people were ever erased, but many may be asked about, so hash them here, in a thread.
    hashed = await asyncio.to_thread(lambda: [(user, _digest(key, team_id, user)) for user in user_ids])
    return {user: known[person_hash] for user, person_hash in hashed if person_hash in known}


async def _find_person_hash(connection: AsyncConnection, team_id: str, user_id: str) -> bytes | None:
    key = (await connection.execute(_FIND_ERASURE_KEY, {"team": team_id})).scalar_one_or_none()
    if key is None:
        return None
    return _digest(key, team_id, user_id)


def _digest(key: bytes, team_id: str, user_id: str) -> bytes:
    return hmac.digest(key, f"{team_id}\n{user_id}".encode(), hashlib.sha256)


def _has_stopped(person: Person | None, before: Tombstone | None) -> bool:
    """Return whether the person said stop, now or before an earlier erasure, and never took it back."""
    if person is not None and (person.is_stopped or person.welcome_back_at is not None):
        return person.is_stopped
    return before is not None and before.stopped
