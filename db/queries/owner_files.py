"""The bot's files that name people, until they're deleted in Slack."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.privacy import BotFile
from db.schema.programme import bot_files
from db.schema.row_mapping import columns_of, map_all, values_of
from db.schema.types import UTCDateTime

_IN_TEAM = bot_files.c.team_id == bindparam("team")
_THIS_ONE = _IN_TEAM & (bot_files.c.id == bindparam("file_id"))
_ADD = insert(bot_files).on_conflict_do_nothing()
_LIST_DUE = (
    select(*columns_of(BotFile, bot_files))
    .where(
        _IN_TEAM,
        bot_files.c.delete_at <= bindparam("now"),
        or_(bot_files.c.again_at.is_(None), bot_files.c.again_at <= bindparam("now")),
    )
    .order_by(bot_files.c.delete_at, bot_files.c.id)
    .limit(bindparam("most"))
)
_DELETE = delete(bot_files).where(_THIS_ONE)
_POSTPONE = (
    update(bot_files)
    .where(_THIS_ONE, bot_files.c.tries == bindparam("tries_before"))
    .values(
        tries=bot_files.c.tries + 1,
        problem=bindparam("why", type_=Text),
        again_at=bindparam("until", type_=UTCDateTime),
    )
)
_COUNT_REFUSED = select(func.count()).where(_IN_TEAM, bot_files.c.tries >= bindparam("min_tries"))


async def schedule_file_deletion(connection: AsyncConnection, file: BotFile) -> None:
    """Store when this file must be deleted."""
    await connection.execute(_ADD, values_of(file))


async def list_due_files(
    connection: AsyncConnection, team_id: str, now: datetime, *, limit: int
) -> tuple[BotFile, ...]:
    """Return the files due for deletion, the longest due first; they're returned again until marked."""
    key = {"team": team_id, "now": now, "most": limit}
    return map_all(BotFile, await connection.execute(_LIST_DUE, key))


async def forget_deleted_file(connection: AsyncConnection, team_id: str, file_id: str) -> None:
    """Delete the row of a file that was deleted in Slack."""
    await connection.execute(_DELETE, {"team": team_id, "file_id": file_id})


async def postpone_file(connection: AsyncConnection, file: BotFile, until: datetime, problem: str) -> bool:
    """Note that Slack refused to delete this file, and when to try again.

    Return False if another replica noted the same refusal: that counts once.
    """
    key = {"team": file.team_id, "file_id": file.id, "tries_before": file.tries}
    return (await connection.execute(_POSTPONE, {**key, "until": until, "why": problem})).rowcount == 1


async def count_refused_file_deletions(connection: AsyncConnection, team_id: str, tries: int) -> int:
    """Return the number of files that Slack has refused to delete at least this often."""
    return int((await connection.execute(_COUNT_REFUSED, {"team": team_id, "min_tries": tries})).scalar_one())
