"""Changes that somebody made to another person, and the notices that report them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.notices import Notice, PersonChange
from db.schema.outbox import IS_PENDING, outbox, person_changes
from db.schema.row_mapping import columns_of, map_all, values_of

_ADD = insert(person_changes).returning(person_changes.c.id)
# Not notified: in no notice yet, in this one, or in one that hasn't been sent or never will be.
_IS_UNNOTIFIED = (
    (person_changes.c.team_id == bindparam("team"))
    & (person_changes.c.user_id == bindparam("user"))
    & (
        person_changes.c.outbox_id.is_(None)
        | (person_changes.c.outbox_id == bindparam("notice_id"))
        | exists().where(
            outbox.c.id == person_changes.c.outbox_id,
            outbox.c.state.in_(["pending", "suppressed", "expired", "failed"]),
        )
    )
)
_LIST = select(*columns_of(PersonChange, person_changes)).where(_IS_UNNOTIFIED).order_by(person_changes.c.id)
_MARK = update(person_changes).where(_IS_UNNOTIFIED).values(outbox_id=bindparam("notice_id"))
# A worker that is just claiming the notice may already have read the changes, so a locked notice isn't pending.
_LOCK_PENDING = (
    select(outbox.c.id)
    .where(
        outbox.c.team_id == bindparam("team"),
        outbox.c.user_id == bindparam("user"),
        outbox.c.kind == bindparam("what"),
        IS_PENDING,
    )
    .limit(1)
    .with_for_update(skip_locked=True)
)


async def add_person_change(connection: AsyncConnection, change: PersonChange) -> int:
    """Store a change and return its id."""
    return int((await connection.execute(_ADD, values_of(change))).scalar_one())


async def try_lock_pending_notice(
    connection: AsyncConnection, team_id: str, kind: str, *, user_id: str
) -> bool:
    """Return whether the person has a pending notice of this kind, and lock it until this transaction ends."""
    key = {"team": team_id, "user": user_id, "what": kind}
    return (await connection.execute(_LOCK_PENDING, key)).one_or_none() is not None


async def list_changes_for_notice(connection: AsyncConnection, notice: Notice) -> tuple[PersonChange, ...]:
    """Return the changes that this notice must report, oldest first."""
    return map_all(PersonChange, await connection.execute(_LIST, _key(notice)))


async def assign_changes_to_notice(connection: AsyncConnection, notice: Notice) -> None:
    """Mark the changes that `list_unnotified` returns as reported in this notice."""
    await connection.execute(_MARK, _key(notice))


def _key(notice: Notice) -> dict[str, Any]:
    return {"team": notice.team_id, "user": notice.user_id, "notice_id": notice.id}
