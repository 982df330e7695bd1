"""The pace: when the next message may go to a person or channel, and to the workspace; one for all replicas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database_clock import DATABASE_NOW, database_now
from db.schema.outbox import rate_limits

WORKSPACE_RECIPIENT = ""
"""The recipient under which the pace of the whole workspace stands."""

MIN_WAIT = timedelta(milliseconds=1)


@dataclass(frozen=True)
class RateLimitSlot:
    """From when on the next message may go to a recipient or the workspace, and what the clock says."""

    next_ok_at: datetime
    clock: datetime

    @property
    def wait(self) -> timedelta | None:
        """How long there is still to wait; None when there is no need."""
        return self.next_ok_at - self.clock if self.next_ok_at > self.clock else None


_FIND = select(rate_limits.c.next_ok_at, DATABASE_NOW).where(
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


async def take_slot(
    connection: AsyncConnection, team_id: str, recipient: str, interval: timedelta
) -> timedelta | None:
    """Take the next place, after which nobody gets one for so long; else how long there is still to wait."""
    return await _take_slot_from(
        connection, {"team_id": team_id, "recipient": recipient}, interval, await database_now(connection)
    )


async def find_workspace_slot(connection: AsyncConnection, team_id: str) -> RateLimitSlot | None:
    """The pace of the workspace as it is now; None where nothing was ever said."""
    return await _find_slot(connection, team_id, WORKSPACE_RECIPIENT)


async def take_workspace_slot(
    connection: AsyncConnection, team_id: str, interval: timedelta, slot: RateLimitSlot | None
) -> timedelta | None:
    """Take the workspace's next place, as it was found; else how long there is still to wait.

    Whoever comes a little late, for everything takes its time, does not delay those who come after.
    """
    if slot is None:
        return await take_slot(connection, team_id, WORKSPACE_RECIPIENT, interval)
    if slot.wait:
        return slot.wait
    begin = slot.next_ok_at if slot.next_ok_at > slot.clock - interval else slot.clock
    return await _take_slot_from(
        connection, {"team_id": team_id, "recipient": WORKSPACE_RECIPIENT}, interval, begin
    )


async def _take_slot_from(
    connection: AsyncConnection, limit_key: dict[str, str], interval: timedelta, begin: datetime
) -> timedelta | None:
    """The place from this moment on, unless somebody else has taken a later one meanwhile."""
    values = {**limit_key, "next_ok_at": begin + interval, "clock": begin}
    if (await connection.execute(_TAKE, values)).rowcount == 1:
        return None
    return await find_wait(connection, limit_key["team_id"], limit_key["recipient"]) or MIN_WAIT


async def pause_recipient(
    connection: AsyncConnection, team_id: str, recipient: str, pause: timedelta
) -> None:
    """Nobody writes there for so long, by Slack's word."""
    values = {
        "team_id": team_id,
        "recipient": recipient,
        "next_ok_at": await database_now(connection) + pause,
    }
    await connection.execute(_EXTEND, values)


async def find_wait(connection: AsyncConnection, team_id: str, recipient: str) -> timedelta | None:
    """How long there is still to wait before the next message; None when there is no need."""
    found = await _find_slot(connection, team_id, recipient)
    return None if found is None else found.wait


async def _find_slot(connection: AsyncConnection, team_id: str, recipient: str) -> RateLimitSlot | None:
    """From when on the next message may go there; None when none ever went."""
    row = (await connection.execute(_FIND, {"team": team_id, "to": recipient})).one_or_none()
    return None if row is None else RateLimitSlot(*row)
