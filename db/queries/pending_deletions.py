"""The bot's messages that must still be deleted in Slack after an erasure."""

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
    & (pending_deletions.c.channel == bindparam("in_channel"))
    & (pending_deletions.c.ts == bindparam("message_ts"))
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
    .where(_THIS_ONE, pending_deletions.c.tries == bindparam("tries_before"))
    .values(
        tries=pending_deletions.c.tries + 1,
        problem=bindparam("why", type_=Text),
        again_at=bindparam("until", type_=UTCDateTime),
    )
)
_COUNT_REFUSED = select(func.count()).where(_IN_TEAM, pending_deletions.c.tries >= bindparam("min_tries"))


async def list_due_deletions(
    connection: AsyncConnection, team_id: str, now: datetime, *, limit: int
) -> tuple[PendingDeletion, ...]:
    """Return messages due for deletion, the longest waiting first; they're returned again until marked."""
    key = {"team": team_id, "now": now, "most": limit}
    return map_all(PendingDeletion, await connection.execute(_LIST, key))


async def forget_deleted_message(connection: AsyncConnection, team_id: str, channel: str, ts: str) -> None:
    """Delete the row of a message that was deleted in Slack, the last trace of where it was."""
    await connection.execute(_DELETE, {"team": team_id, "in_channel": channel, "message_ts": ts})


async def postpone_deletion(
    connection: AsyncConnection, deletion: PendingDeletion, until: datetime, problem: str
) -> bool:
    """Note that Slack refused to delete this message, and when to try again; other messages don't wait.

    Return False if another replica noted the same refusal: that counts once.
    """
    key = {
        "team": deletion.team_id,
        "in_channel": deletion.channel,
        "message_ts": deletion.ts,
        "tries_before": deletion.tries,
    }
    return (await connection.execute(_POSTPONE, {**key, "until": until, "why": problem})).rowcount == 1


async def count_refused_deletions(connection: AsyncConnection, team_id: str, tries: int) -> int:
    """Return the number of messages that Slack has refused to delete at least this often."""
    return int((await connection.execute(_COUNT_REFUSED, {"team": team_id, "min_tries": tries})).scalar_one())
