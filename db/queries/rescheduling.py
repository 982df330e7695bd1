"""A person's pending notices: snoozed, moved with their time zone, or held back by a pause."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.notices import Notice, PlannedNotice
from db.queries.outbox import new_outbox_row
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
# Snoozed to another day and back to this one: a notice that was never sent may wait again.
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


async def replace_pending_with_snoozed(
    connection: AsyncConnection, team_id: str, snooze: PlannedNotice, at: datetime
) -> None:
    """Send this notice at the planned time, and suppress those planned earlier for the same subject."""
    key = {"team": team_id, "user": snooze.user_id, "what": snooze.kind, "about": snooze.subject}
    await connection.execute(_SUPPRESS_OLDER, {**key, "latest": snooze.occurrence, "at": at})
    await connection.execute(_UPSERT, new_outbox_row(team_id, snooze, at))


async def add_or_revive_notices(
    connection: AsyncConnection, team_id: str, planned: Collection[PlannedNotice], at: datetime
) -> None:
    """Add these notices to the outbox; those already in it that were never sent wait once more."""
    rows = [new_outbox_row(team_id, one, at) for one in planned]
    if rows:
        await connection.execute(_UPSERT, rows)


async def list_dated_notices(connection: AsyncConnection, team_id: str, user_id: str) -> tuple[Notice, ...]:
    """Return the person's pending notices that wait for a local date."""
    return map_all(Notice, await connection.execute(_LIST_DATED, {"team": team_id, "user": user_id}))


async def list_attempted_notices(
    connection: AsyncConnection, team_id: str, user_id: str, kinds: Collection[str]
) -> tuple[Notice, ...]:
    """Return the person's notices of these kinds that were sent, or may have been, the latest first."""
    key = {"team": team_id, "user": user_id, "kinds": sorted(kinds)}
    return map_all(Notice, await connection.execute(_LIST_ATTEMPTED, key))


async def release_held_notices(connection: AsyncConnection, team_id: str, user_id: str, at: datetime) -> int:
    """Make everything due again that the person's pause or a halt holds back; return the number of notices."""
    return (await connection.execute(_RELEASE, {"team": team_id, "user": user_id, "at": at})).rowcount
