"""The pace: when the next message may go to a person or channel, and to the workspace; one for all replicas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database_clock import CLOCK_TIME, clock_time
from db.schema.outbox import pace

WORKSPACE = ""
"""The recipient under which the pace of the whole workspace stands."""

A_MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Beat:
    """From when on the next message may go to a recipient or the workspace, and what the clock says."""

    next_ok_at: datetime
    clock: datetime

    @property
    def wait(self) -> timedelta | None:
        """How long there is still to wait; None when there is no need."""
        return self.next_ok_at - self.clock if self.next_ok_at > self.clock else None


_FIND = select(pace.c.next_ok_at, CLOCK_TIME).where(
    pace.c.team_id == bindparam("team"), pace.c.recipient == bindparam("to")
)
_PUT = insert(pace)
_TAKE = _PUT.on_conflict_do_update(
    index_elements=["team_id", "recipient"],
    set_={"next_ok_at": _PUT.excluded.next_ok_at},
    where=pace.c.next_ok_at <= bindparam("clock", type_=pace.c.next_ok_at.type),
)
_SLOW = _PUT.on_conflict_do_update(
    index_elements=["team_id", "recipient"],
    set_={"next_ok_at": _PUT.excluded.next_ok_at},
    where=pace.c.next_ok_at < _PUT.excluded.next_ok_at,
)


async def take_pace(
    connection: AsyncConnection, team_id: str, recipient: str, gap: timedelta
) -> timedelta | None:
    """Take the next place, after which nobody gets one for so long; else how long there is still to wait."""
    return await _take(
        connection, {"team_id": team_id, "recipient": recipient}, gap, await clock_time(connection)
    )


async def find_beat(connection: AsyncConnection, team_id: str) -> Beat | None:
    """The pace of the workspace as it is now; None where nothing was ever said."""
    return await _find(connection, team_id, WORKSPACE)


async def take_beat(
    connection: AsyncConnection, team_id: str, gap: timedelta, beat: Beat | None
) -> timedelta | None:
    """Take the workspace's next place, as it was found; else how long there is still to wait.

    Whoever comes a little late, for everything takes its time, does not delay those who come after.
    """
    if beat is None:
        return await take_pace(connection, team_id, WORKSPACE, gap)
    if beat.wait:
        return beat.wait
    begin = beat.next_ok_at if beat.next_ok_at > beat.clock - gap else beat.clock
    return await _take(connection, {"team_id": team_id, "recipient": WORKSPACE}, gap, begin)


async def _take(
    connection: AsyncConnection, place: dict[str, str], gap: timedelta, begin: datetime
) -> timedelta | None:
    """The place from this moment on, unless somebody else has taken a later one meanwhile."""
    values = {**place, "next_ok_at": begin + gap, "clock": begin}
    if (await connection.execute(_TAKE, values)).rowcount == 1:
        return None
    return await find_wait(connection, place["team_id"], place["recipient"]) or A_MOMENT


async def slow_down(connection: AsyncConnection, team_id: str, recipient: str, pause: timedelta) -> None:
    """Nobody writes there for so long, by Slack's word."""
    values = {"team_id": team_id, "recipient": recipient, "next_ok_at": await clock_time(connection) + pause}
    await connection.execute(_SLOW, values)


async def find_wait(connection: AsyncConnection, team_id: str, recipient: str) -> timedelta | None:
    """How long there is still to wait before the next message; None when there is no need."""
    found = await _find(connection, team_id, recipient)
    return None if found is None else found.wait


async def _find(connection: AsyncConnection, team_id: str, recipient: str) -> Beat | None:
    """From when on the next message may go there; None when none ever went."""
    row = (await connection.execute(_FIND, {"team": team_id, "to": recipient})).one_or_none()
    return None if row is None else Beat(*row)
