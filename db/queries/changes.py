"""Changes: what somebody else did about a person, kept until that person is told of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.notices import Change, Notice
from db.schema.outbox import IS_PENDING, changes, outbox
from db.schema.row_mapping import all_of, columns_of, values_of

_ADD = insert(changes).returning(changes.c.id)
# Not told: in no notice yet, in this one, or in one that has not gone out, or never will.
_UNTOLD = (
    (changes.c.team_id == bindparam("team"))
    & (changes.c.user_id == bindparam("user"))
    & (
        changes.c.outbox_id.is_(None)
        | (changes.c.outbox_id == bindparam("notice_id"))
        | exists().where(
            outbox.c.id == changes.c.outbox_id,
            outbox.c.state.in_(["pending", "suppressed", "expired", "failed"]),
        )
    )
)
_LIST = select(*columns_of(Change, changes)).where(_UNTOLD).order_by(changes.c.id)
_MARK = update(changes).where(_UNTOLD).values(outbox_id=bindparam("notice_id"))
# Whoever is just claiming the notice may have read the changes already, so it does not count as one that is to come.
_LOCK = (
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


async def add_change(connection: AsyncConnection, change: Change) -> int:
    """Keep what was changed; its number."""
    return int((await connection.execute(_ADD, values_of(change))).scalar_one())


async def lock_pending(connection: AsyncConnection, team_id: str, kind: str, *, user_id: str) -> bool:
    """Whether a notice of this kind is still to come to this person; nobody claims it before this commits."""
    key = {"team": team_id, "user": user_id, "what": kind}
    return (await connection.execute(_LOCK, key)).one_or_none() is not None


async def list_untold(connection: AsyncConnection, notice: Notice) -> tuple[Change, ...]:
    """What is to be told in this notice, the oldest first."""
    return all_of(Change, await connection.execute(_LIST, _key(notice)))


async def mark_told(connection: AsyncConnection, notice: Notice) -> None:
    """All of that is told in this notice."""
    await connection.execute(_MARK, _key(notice))


def _key(notice: Notice) -> dict[str, Any]:
    return {"team": notice.team_id, "user": notice.user_id, "notice_id": notice.id}
