"""Drafts, current, put aside and finished, and what was last shown of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.errors import CurrentDraftExistsError, StaleDraftError
from db.models import LandingStatus, Person, PersonWithDraft, PublishedStory, ShownDraft, StoredDraft
from db.models.drafts import Draft, DraftStatus
from db.queries.people import lock_person
from db.schema.core import (
    IS_CURRENT,
    IS_PUBLISHED,
    card_assignments,
    card_choices,
    card_exposures,
    drafts,
    people,
    story_destinations,
    story_versions,
)
from db.schema.row_mapping import columns_of, map_all, map_one_or_none
from db.schema.types import UTCDateTime, dump_draft

_IN_TEAM = drafts.c.team_id == bindparam("team")
_OF_PERSON = _IN_TEAM & (drafts.c.user_id == bindparam("user"))
_THIS_ONE = _OF_PERSON & (drafts.c.id == bindparam("draft_id"))
_COLUMNS = columns_of(StoredDraft, drafts)

_CURRENT = select(*_COLUMNS).where(_OF_PERSON, IS_CURRENT)
_FIND = select(*_COLUMNS).where(_THIS_ONE)
_HAS_DRAFTS = select(
    exists().where(drafts.c.team_id == bindparam("team"), drafts.c.user_id == bindparam("user"))
)
_LIST = select(*_COLUMNS).where(_OF_PERSON).order_by(drafts.c.created_at, drafts.c.id)

_PERSON_COLUMNS = columns_of(Person, people)
# Both rows are locked, so that PostgreSQL returns each as it is once the lock is acquired. A row that's
# only joined to a locked one would be returned as it was before the wait.
_LOCK_PERSON_WITH_DRAFT = (
    select(*_PERSON_COLUMNS, *_COLUMNS)
    .join_from(
        people, drafts, (drafts.c.team_id == people.c.team_id) & (drafts.c.user_id == people.c.user_id)
    )
    .where(people.c.team_id == bindparam("team"), people.c.user_id == bindparam("user"), IS_CURRENT)
    .with_for_update(of=[people, drafts])
)

_ADD = insert(drafts)

# The first time of finishing is kept, and cleared when the story is resumed.
_status, _at = bindparam("new_status", type_=Text), bindparam("at", type_=UTCDateTime)
_finished_at: ColumnElement[Any] = case(
    (_status == literal(DraftStatus.FINISHED.value), func.coalesce(drafts.c.finished_at, _at)), else_=null()
)
_SAVE = (
    update(drafts)
    .where(_THIS_ONE, drafts.c.version == bindparam("old_version"))
    .values(
        draft=bindparam("document"),
        status=_status,
        language=bindparam("new_language"),
        version=bindparam("new_version"),
        updated_at=_at,
        finished_at=_finished_at,
    )
)
_MARK_SHOWN = (
    update(drafts)
    .where(_IN_TEAM, drafts.c.id == bindparam("draft_id"), drafts.c.shown_version <= bindparam("new_version"))
    .values(
        shown_version=bindparam("new_version"),
        shown_channel=bindparam("channel"),
        shown_ts=bindparam("ts"),
        shown_key=bindparam("key"),
    )
)
_LIST_UNSHOWN = (
    select(*_COLUMNS)
    .where(_IN_TEAM, drafts.c.version > drafts.c.shown_version, drafts.c.status != DraftStatus.ASIDE.value)
    .order_by(drafts.c.updated_at)
    .limit(bindparam("most"))
)
_SET_LANDED = update(drafts).where(_THIS_ONE).values(landed=bindparam("value"))

_DELETE_PARTS = [
    delete(table).where(table.c.team_id == bindparam("team"), table.c.draft_id == bindparam("draft_id"))
    for table in (story_versions, card_assignments, card_exposures, card_choices, story_destinations)
]
_DELETE = delete(drafts).where(_THIS_ONE)

_later_versions = story_versions.alias("later")
_PUBLISHED = (
    select(drafts.c.user_id, drafts.c.id, story_versions.c.text)
    .join(
        story_versions,
        (story_versions.c.team_id == drafts.c.team_id) & (story_versions.c.draft_id == drafts.c.id),
    )
    .where(
        _IN_TEAM,
        IS_PUBLISHED,
        drafts.c.user_id != bindparam("user"),
        story_versions.c.n
        == select(func.max(_later_versions.c.n))
        .where(_later_versions.c.team_id == drafts.c.team_id, _later_versions.c.draft_id == drafts.c.id)
        .scalar_subquery(),
    )
)


async def lock_person_and_current_draft(
    connection: AsyncConnection, team_id: str, user_id: str
) -> PersonWithDraft | None:
    """Lock the person for this transaction and return them with their current draft, for a turn to start with.

    For a click, which belongs to a current draft, this takes one statement. Return None if the person isn't
    known; `upsert_person` then creates the row and locks it.
    """
    row = (
        await connection.execute(_LOCK_PERSON_WITH_DRAFT, {"team": team_id, "user": user_id})
    ).one_or_none()
    if row is not None:
        of_person = len(_PERSON_COLUMNS)
        return PersonWithDraft(Person(*row[:of_person]), StoredDraft(*row[of_person:]))
    person = await lock_person(connection, team_id, user_id)
    if person is None:
        return None
    return PersonWithDraft(person, await find_current_draft(connection, team_id, user_id))


async def find_current_draft(connection: AsyncConnection, team_id: str, user_id: str) -> StoredDraft | None:
    """Return the person's current draft, whether open or paused."""
    return map_one_or_none(
        StoredDraft, await connection.execute(_CURRENT, {"team": team_id, "user": user_id})
    )


async def find_draft(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str
) -> StoredDraft | None:
    """Return the person's draft with this id, if there is one."""
    key = {"team": team_id, "user": user_id, "draft_id": draft_id}
    return map_one_or_none(StoredDraft, await connection.execute(_FIND, key))


async def list_all_drafts_of_person(
    connection: AsyncConnection, team_id: str, user_id: str
) -> tuple[StoredDraft, ...]:
    """Return all drafts of the person, including those finished and put aside, oldest first."""
    return map_all(StoredDraft, await connection.execute(_LIST, {"team": team_id, "user": user_id}))


async def add_draft(
    connection: AsyncConnection, team_id: str, user_id: str, draft: Draft, *, at: datetime
) -> StoredDraft:
    """Store a new draft; raise CurrentDraftExistsError if the person already has a current one."""
    finished_at = at if draft.status is DraftStatus.FINISHED else None
    values = {
        "team_id": team_id,
        "id": draft.id,
        "user_id": user_id,
        "status": draft.status.value,
        "language": draft.language,
        "version": draft.version,
        "created_at": at,
        "updated_at": at,
        "finished_at": finished_at,
        "draft": dump_draft(draft),
    }
    try:
        await connection.execute(_ADD, values)
    except IntegrityError as error:
        _raise_for_integrity_error(error)
    return StoredDraft(team_id, user_id, draft, at, at, finished_at=finished_at)


async def update_draft(
    connection: AsyncConnection, team_id: str, user_id: str, draft: Draft, *, at: datetime
) -> None:
    """Replace the previous version of the draft; raise StaleDraftError if that's no longer the latest."""
    values = {
        "team": team_id,
        "user": user_id,
        "draft_id": draft.id,
        "old_version": draft.version - 1,
        "document": dump_draft(draft),
        "new_status": draft.status.value,
        "new_language": draft.language,
        "new_version": draft.version,
        "at": at,
    }
    try:
        saved = await connection.execute(_SAVE, values)
    except IntegrityError as error:
        _raise_for_integrity_error(error)
    if saved.rowcount == 0:
        raise StaleDraftError(f"{draft.id} is no longer at version {draft.version - 1}.")


async def mark_draft_shown(
    connection: AsyncConnection, team_id: str, draft_id: str, shown: ShownDraft
) -> bool:
    """Store what was shown; return False and change nothing if something later was shown already."""
    values = {
        "team": team_id,
        "draft_id": draft_id,
        "new_version": shown.version,
        "channel": shown.channel,
        "ts": shown.ts,
        "key": shown.key,
    }
    return (await connection.execute(_MARK_SHOWN, values)).rowcount == 1


async def list_unshown_drafts(
    connection: AsyncConnection, team_id: str, limit: int
) -> tuple[StoredDraft, ...]:
    """Return drafts whose last change hasn't been shown, the longest waiting first, except those put aside."""
    return map_all(StoredDraft, await connection.execute(_LIST_UNSHOWN, {"team": team_id, "most": limit}))


async def set_landed(
    connection: AsyncConnection, team_id: str, user_id: str, draft_id: str, *, landed: LandingStatus | None
) -> None:
    """Store what the person says became of the finished story."""
    key = {"team": team_id, "user": user_id, "draft_id": draft_id}
    await connection.execute(_SET_LANDED, {**key, "value": landed})


async def delete_draft(connection: AsyncConnection, team_id: str, user_id: str, draft_id: str) -> bool:
    """Delete the draft with all its parts; return False if there is none.

    The bot's messages about it stay listed (`db.queries.bot_messages`), so that they can be deleted in Slack.
    """
    if await find_draft(connection, team_id, user_id, draft_id) is None:
        return False
    key = {"team": team_id, "draft_id": draft_id}
    for statement in _DELETE_PARTS:
        await connection.execute(statement, key)
    await connection.execute(_DELETE, {**key, "user": user_id})
    return True


async def has_any_draft_or_story(connection: AsyncConnection, team_id: str, user_id: str) -> bool:
    """Return whether the person has ever started a story."""
    key = {"team": team_id, "user": user_id}
    return bool((await connection.execute(_HAS_DRAFTS, key)).scalar_one())


async def list_published_stories_of_others(
    connection: AsyncConnection, team_id: str, except_user: str
) -> tuple[PublishedStory, ...]:
    """Return the latest text of each story whose owner says it's public, except this person's own."""
    return map_all(
        PublishedStory, await connection.execute(_PUBLISHED, {"team": team_id, "user": except_user})
    )


def _raise_for_integrity_error(error: IntegrityError) -> None:
    """Raise CurrentDraftExistsError for a second current draft of a person, or the original error."""
    message = str(error.orig)
    if "ux_drafts_current" in message or "drafts.user_id" in message:
        raise CurrentDraftExistsError("The person already has a current draft.") from error
    raise error
