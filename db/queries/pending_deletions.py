"""Sweeps: the bot's messages that are still to be deleted in Slack after an erasure."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import PendingDeletion
from db.schema.core import pending_deletions
from db.schema.row_mapping import columns_of, map_all
from db.schema.types import UTCDateTime

_IN_TEAM = pending_deletions.c.team_id == bindparam("team")
_THIS_ONE = (
    _IN_TEAM
    & (pending_deletions.c.channel == bindparam("where"))
    & (pending_deletions.c.ts == bindparam("moment"))
)
_LIST = (
    select(*columns_of(PendingDeletion, pending_deletions))
    .where(
        _IN_TEAM,
        or_(pending_deletions.c.again_at.is_(None), pending_deletions.c.again_at <= bindparam("now")),
    )
    .order_by(pending_deletions.c.queued_at, pending_deletions.c.channel, pending_deletions.c.ts)
    .limit(bindparam("most"))
)
_DELETE = delete(pending_deletions).where(_THIS_ONE)
_POSTPONE = (
    update(pending_deletions)
    .where(_THIS_ONE, pending_deletions.c.tries == bindparam("so_far"))
    .values(
        tries=pending_deletions.c.tries + 1,
        problem=bindparam("why", type_=Text),
        again_at=bindparam("until", type_=UTCDateTime),
    )
)
_COUNT_REFUSED = select(func.count()).where(_IN_TEAM, pending_deletions.c.tries >= bindparam("often"))


async def list_due_deletions(
    connection: AsyncConnection, team_id: str, now: datetime, *, limit: int
) -> tuple[PendingDeletion, ...]:
    """Messages to be deleted now, the longest waiting first; the same ones again until they are marked."""
    key = {"team": team_id, "now": now, "most": limit}
    return map_all(PendingDeletion, await connection.execute(_LIST, key))


async def mark_message_deleted(connection: AsyncConnection, team_id: str, channel: str, ts: str) -> None:
    """The message is gone from Slack, and with it the last trace of where it lay."""
    await connection.execute(_DELETE, {"team": team_id, "where": channel, "moment": ts})


async def postpone_deletion(
    connection: AsyncConnection, deletion: PendingDeletion, until: datetime, problem: str
) -> bool:
    """Slack will not delete this message, for this reason: it is tried again then, and the others go on.

    False when another replica was refused it at the same time: that counts once.
    """
    key = {
        "team": deletion.team_id,
        "where": deletion.channel,
        "moment": deletion.ts,
        "so_far": deletion.tries,
    }
    return (await connection.execute(_POSTPONE, {**key, "until": until, "why": problem})).rowcount == 1


async def count_refused_deletions(connection: AsyncConnection, team_id: str, tries: int) -> int:
    """How many messages Slack has refused to delete so many times or more."""
    return int((await connection.execute(_COUNT_REFUSED, {"team": team_id, "often": tries})).scalar_one())
