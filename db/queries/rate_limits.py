"""Rate limits shared by all replicas: when the next message may go to a person, a channel or the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database_clock import DATABASE_NOW, database_now
from db.schema.outbox import rate_limits

WORKSPACE_RECIPIENT = ""
"""The recipient that stands for the whole workspace."""

MIN_WAIT = timedelta(milliseconds=1)


@dataclass(frozen=True)
class RateLimitSlot:
    """The time from which the next message may be sent, and the current database time."""

    next_ok_at: datetime
    clock: datetime

    @property
    def wait(self) -> timedelta | None:
        """The remaining wait, or None if there is none."""
        return self.next_ok_at - self.clock if self.next_ok_at > self.clock else None


_FIND = select(rate_limits.c.next_ok_at, DATABASE_NOW.label("clock")).where(
    rate_limits.c.team_id == bindparam("team"), rate_limits.c.recipient == bindparam("to")
)
_PUT = insert(rate_limits)
_TAKE = _PUT.on_conflict_do_update(
    index_elements=["team_id", "recipient"],
    set_={"next_ok_at": _PUT.excluded.next_ok_at},
    where=rate_limits.c.next_ok_at <= bindparam("clock", type_=rate_limits.c.next_ok_at.type),
)
_EXTEND = _PUT.on_conflict_do_update(
    index_elements=["team_id", "recipient"],
    set_={"next_ok_at": _PUT.excluded.next_ok_at},
    where=rate_limits.c.next_ok_at < _PUT.excluded.next_ok_at,
)


async def try_take_slot(
    connection: AsyncConnection, team_id: str, recipient: str, interval: timedelta
) -> timedelta | None:
    """Take the next slot, blocking further ones for this interval; if it isn't free, return the remaining wait."""
    return await _take_slot_from(
        connection, {"team_id": team_id, "recipient": recipient}, interval, await database_now(connection)
    )


async def find_workspace_slot(connection: AsyncConnection, team_id: str) -> RateLimitSlot | None:
    """Return the workspace's current slot, or None if nothing was ever sent."""
    return await _find_slot(connection, team_id, WORKSPACE_RECIPIENT)


async def try_take_workspace_slot(
    connection: AsyncConnection, team_id: str, interval: timedelta, slot: RateLimitSlot | None
) -> timedelta | None:
    """Take the workspace's slot as it was found; if it isn't free, return the remaining wait.

    A caller that comes less than an interval late doesn't delay the callers after it.
    """
    if slot is None:
        return await try_take_slot(connection, team_id, WORKSPACE_RECIPIENT, interval)
    if slot.wait:
        return slot.wait
    start = slot.next_ok_at if slot.next_ok_at > slot.clock - interval else slot.clock
    return await _take_slot_from(
        connection, {"team_id": team_id, "recipient": WORKSPACE_RECIPIENT}, interval, start
    )


async def _take_slot_from(
    connection: AsyncConnection, limit_key: dict[str, str], interval: timedelta, start: datetime
) -> timedelta | None:
    """Take the slot at this time, unless somebody has taken a later one meanwhile."""
    values = {**limit_key, "next_ok_at": start + interval, "clock": start}
    if (await connection.execute(_TAKE, values)).rowcount == 1:
        return None
    return await find_wait(connection, limit_key["team_id"], limit_key["recipient"]) or MIN_WAIT


async def pause_recipient(
    connection: AsyncConnection, team_id: str, recipient: str, pause: timedelta
) -> None:
    """Block messages to this recipient for the time that Slack demands."""
    values = {
        "team_id": team_id,
        "recipient": recipient,
        "next_ok_at": await database_now(connection) + pause,
    }
    await connection.execute(_EXTEND, values)


async def find_wait(connection: AsyncConnection, team_id: str, recipient: str) -> timedelta | None:
    """Return the remaining wait before the next message, or None if there is none."""
    found = await _find_slot(connection, team_id, recipient)
    return None if found is None else found.wait


async def _find_slot(connection: AsyncConnection, team_id: str, recipient: str) -> RateLimitSlot | None:
    """Return the recipient's slot, or None if nothing was ever sent there."""
    row = (await connection.execute(_FIND, {"team": team_id, "to": recipient})).one_or_none()
    return None if row is None else RateLimitSlot(row.next_ok_at, row.clock)
