"""What waits for one person in the outbox: put off, moved with them, or held back by a pause of theirs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.notices import Notice, Planned
from db.queries.outbox import row_of
from db.schema.outbox import IS_PENDING, outbox
from db.schema.row_mapping import all_of, columns_of
from db.schema.types import UTCDateTime

_at = bindparam("at", type_=UTCDateTime)
_THEIRS = (outbox.c.team_id == bindparam("team")) & (outbox.c.user_id == bindparam("user"))
_OLDER = (
    update(outbox)
    .where(
        _THEIRS,
        IS_PENDING,
        outbox.c.kind == bindparam("what"),
        outbox.c.subject == bindparam("about"),
        outbox.c.occurrence != bindparam("latest"),
    )
    .values(state="suppressed", reason="answered", changed_at=_at)
)
_PUT = insert(outbox)
# Put off to another day and back to this one: what was never said may wait again.
_PUT = _PUT.on_conflict_do_update(
    index_elements=["team_id", "kind", "recipient", "occurrence"],
    set_={
        "state": "pending",
        "reason": None,
        **{
            name: _PUT.excluded[name]
            for name in ("not_before", "not_after", "due_on", "planned_at", "changed_at")
        },
    },
    where=(outbox.c.state == "suppressed") | (outbox.c.state == "expired"),  # IN takes one row at a time
)
_DATED = (
    select(*columns_of(Notice, outbox))
    .where(_THEIRS, IS_PENDING, outbox.c.due_on.is_not(None))
    .order_by(outbox.c.id)
)
_SAID = (
    select(*columns_of(Notice, outbox))
    .where(
        _THEIRS,
        outbox.c.kind.in_(bindparam("kinds", expanding=True)),
        outbox.c.state.in_(["sending", "unknown", "sent"]),
    )
    .order_by(outbox.c.attempt_started_at.desc(), outbox.c.id.desc())
)
_WAKE = (
    update(outbox)
    .where(_THEIRS, IS_PENDING, outbox.c.reason.in_(["paused", "halted"]))  # both may hold: one is named
    .values(not_before=_at, reason=None)
)


async def put_off(connection: AsyncConnection, team_id: str, snooze: Planned, at: datetime) -> None:
    """Let this be said at the moment planned, and not at any other that was planned for it before."""
    key = {"team": team_id, "user": snooze.user_id, "what": snooze.kind, "about": snooze.subject}
    await connection.execute(_OLDER, {**key, "latest": snooze.occurrence, "at": at})
    await connection.execute(_PUT, row_of(team_id, snooze, at))


async def plan_again(
    connection: AsyncConnection, team_id: str, planned: Collection[Planned], at: datetime
) -> None:
    """Put what is to be said into the outbox; what stands there and was never said waits once more."""
    rows = [row_of(team_id, one, at) for one in planned]
    if rows:
        await connection.execute(_PUT, rows)


async def list_dated(connection: AsyncConnection, team_id: str, user_id: str) -> tuple[Notice, ...]:
    """What waits for a local date of this person's."""
    return all_of(Notice, await connection.execute(_DATED, {"team": team_id, "user": user_id}))


async def list_said(
    connection: AsyncConnection, team_id: str, user_id: str, kinds: Collection[str]
) -> tuple[Notice, ...]:
    """What was said to this person of these kinds, or may have been, the latest first."""
    key = {"team": team_id, "user": user_id, "kinds": sorted(kinds)}
    return all_of(Notice, await connection.execute(_SAID, key))


async def wake_paused(connection: AsyncConnection, team_id: str, user_id: str, at: datetime) -> int:
    """Let everything be asked about again that a pause of this person's holds back; how much."""
    return (await connection.execute(_WAKE, {"team": team_id, "user": user_id, "at": at})).rowcount
