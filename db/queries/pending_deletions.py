"""Sweeps: the bot's messages that are still to be deleted in Slack after an erasure."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Sweep
from db.schema.core import sweeps
from db.schema.row_mapping import all_of, columns_of
from db.schema.types import UTCDateTime

_IN_TEAM = sweeps.c.team_id == bindparam("team")
_THIS_ONE = _IN_TEAM & (sweeps.c.channel == bindparam("where")) & (sweeps.c.ts == bindparam("moment"))
_LIST = (
    select(*columns_of(Sweep, sweeps))
    .where(_IN_TEAM, or_(sweeps.c.again_at.is_(None), sweeps.c.again_at <= bindparam("now")))
    .order_by(sweeps.c.at, sweeps.c.channel, sweeps.c.ts)
    .limit(bindparam("most"))
)
_MARK = delete(sweeps).where(_THIS_ONE)
_POSTPONE = (
    update(sweeps)
    .where(_THIS_ONE, sweeps.c.tries == bindparam("so_far"))
    .values(
        tries=sweeps.c.tries + 1,
        problem=bindparam("why", type_=Text),
        again_at=bindparam("until", type_=UTCDateTime),
    )
)
_COUNT_REFUSED = select(func.count()).where(_IN_TEAM, sweeps.c.tries >= bindparam("often"))


async def list_sweeps(
    connection: AsyncConnection, team_id: str, now: datetime, *, limit: int
) -> tuple[Sweep, ...]:
    """Messages to be deleted now, the longest waiting first; the same ones again until they are marked."""
    key = {"team": team_id, "now": now, "most": limit}
    return all_of(Sweep, await connection.execute(_LIST, key))


async def mark_swept(connection: AsyncConnection, team_id: str, channel: str, ts: str) -> None:
    """The message is gone from Slack, and with it the last trace of where it lay."""
    await connection.execute(_MARK, {"team": team_id, "where": channel, "moment": ts})


async def postpone_sweep(connection: AsyncConnection, sweep: Sweep, until: datetime, problem: str) -> bool:
    """Slack will not delete this message, for this reason: it is tried again then, and the others go on.

    False when another replica was refused it at the same time: that counts once.
    """
    key = {"team": sweep.team_id, "where": sweep.channel, "moment": sweep.ts, "so_far": sweep.tries}
    return (await connection.execute(_POSTPONE, {**key, "until": until, "why": problem})).rowcount == 1


async def count_refused(connection: AsyncConnection, team_id: str, tries: int) -> int:
    """How many messages Slack has refused to delete so many times or more."""
    return int((await connection.execute(_COUNT_REFUSED, {"team": team_id, "often": tries})).scalar_one())
