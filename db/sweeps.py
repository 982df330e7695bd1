"""Sweeps: the bot's messages that are still to be deleted in Slack after an erasure."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import Sweep
from db.rows import all_of, columns_of
from db.tables import sweeps

_LIST = (
    select(*columns_of(Sweep, sweeps))
    .where(sweeps.c.team_id == bindparam("team"))
    .order_by(sweeps.c.at, sweeps.c.channel, sweeps.c.ts)
    .limit(bindparam("most"))
)
_MARK = delete(sweeps).where(
    sweeps.c.team_id == bindparam("team"),
    sweeps.c.channel == bindparam("where"),
    sweeps.c.ts == bindparam("moment"),
)


async def list_sweeps(session: AsyncConnection, team_id: str, limit: int) -> tuple[Sweep, ...]:
    """Messages to be deleted, the longest waiting first; the same ones again until they are marked."""
    return all_of(Sweep, await session.execute(_LIST, {"team": team_id, "most": limit}))


async def mark_swept(session: AsyncConnection, team_id: str, channel: str, ts: str) -> None:
    """The message is gone from Slack, and with it the last trace of where it lay."""
    await session.execute(_MARK, {"team": team_id, "where": channel, "moment": ts})
