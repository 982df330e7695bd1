"""What waits for one person in the outbox: put off, moved with them, or held back by a pause of theirs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.notices import Notice, PlannedNotice
from db.queries.outbox import outbox_row
from db.schema.outbox import IS_PENDING, outbox
from db.schema.row_mapping import columns_of, map_all
from db.schema.types import UTCDateTime

_at = bindparam("at", type_=UTCDateTime)
_OF_PERSON = (outbox.c.team_id == bindparam("team")) & (outbox.c.user_id == bindparam("user"))
_SUPPRESS_OLDER = (
    update(outbox)
    .where(
        _OF_PERSON,
        IS_PENDING,
        outbox.c.kind == bindparam("what"),
        outbox.c.subject == bindparam("about"),
        outbox.c.occurrence != bindparam("latest"),
    )
    .values(state="suppressed", reason="answered", changed_at=_at)
)
_UPSERT = insert(outbox)
# Put off to another day and back to this one: what was never said may wait again.
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id", "kind", "recipient", "occurrence"],
    set_={
        "state": "pending",
        "reason": None,
        **{
            name: _UPSERT.excluded[name]
            for name in ("not_before", "not_after", "due_on", "planned_at", "changed_at")
        },
    },
    where=(outbox.c.state == "suppressed") | (outbox.c.state == "expired"),  # IN takes one row at a time
)
_LIST_DATED = (
    select(*columns_of(Notice, outbox))
    .where(_OF_PERSON, IS_PENDING, outbox.c.due_on.is_not(None))
    .order_by(outbox.c.id)
)
_LIST_ATTEMPTED = (
    select(*columns_of(Notice, outbox))
    .where(
        _OF_PERSON,
        outbox.c.kind.in_(bindparam("kinds", expanding=True)),
        outbox.c.state.in_(["sending", "unknown", "sent"]),
    )
    .order_by(outbox.c.attempt_started_at.desc(), outbox.c.id.desc())
)
_RELEASE = (
    update(outbox)
    .where(_OF_PERSON, IS_PENDING, outbox.c.reason.in_(["paused", "halted"]))  # both may hold: one is named
    .values(not_before=_at, reason=None)
)


async def snooze_notice(
    connection: AsyncConnection, team_id: str, snooze: PlannedNotice, at: datetime
) -> None:
    """Let this be said at the moment planned, and not at any other that was planned for it before."""
    key = {"team": team_id, "user": snooze.user_id, "what": snooze.kind, "about": snooze.subject}
    await connection.execute(_SUPPRESS_OLDER, {**key, "latest": snooze.occurrence, "at": at})
    await connection.execute(_UPSERT, outbox_row(team_id, snooze, at))


async def upsert_notices(
    connection: AsyncConnection, team_id: str, planned: Collection[PlannedNotice], at: datetime
) -> None:
    """Put what is to be said into the outbox; what stands there and was never said waits once more."""
    rows = [outbox_row(team_id, one, at) for one in planned]
    if rows:
        await connection.execute(_UPSERT, rows)


async def list_dated_notices(connection: AsyncConnection, team_id: str, user_id: str) -> tuple[Notice, ...]:
    """What waits for a local date of this person's."""
    return map_all(Notice, await connection.execute(_LIST_DATED, {"team": team_id, "user": user_id}))


async def list_attempted_notices(
    connection: AsyncConnection, team_id: str, user_id: str, kinds: Collection[str]
) -> tuple[Notice, ...]:
    """What was said to this person of these kinds, or may have been, the latest first."""
    key = {"team": team_id, "user": user_id, "kinds": sorted(kinds)}
    return map_all(Notice, await connection.execute(_LIST_ATTEMPTED, key))


async def release_paused_notices(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime
) -> int:
    """Let everything be asked about again that a pause of this person's holds back; how much."""
    return (await connection.execute(_RELEASE, {"team": team_id, "user": user_id, "at": at})).rowcount
