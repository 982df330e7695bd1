"""What the bot said in direct messages: where each message lies and whether it carries their words."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import SaidByBot
from db.schema.core import said
from db.schema.row_mapping import all_of, columns_of, one_or_none, values_of

_ADD = insert(said)
# A message that is redrawn keeps its place and may gain or lose the person's words.
_ADD = _ADD.on_conflict_do_update(
    index_elements=["team_id", "channel", "ts"],
    set_={name: _ADD.excluded[name] for name in ("question", "carries_words")},
    where=said.c.user_id == _ADD.excluded.user_id,
)
_COLUMNS = columns_of(SaidByBot, said)
_THEIRS = (said.c.team_id == bindparam("team")) & (said.c.user_id == bindparam("user"))
_IN_ORDER = (said.c.at, said.c.ts)
_LIST = select(*_COLUMNS).where(_THEIRS).order_by(*_IN_ORDER)
_FIND = (
    select(*_COLUMNS)
    .where(
        said.c.team_id == bindparam("team"),
        said.c.draft_id == bindparam("draft"),
        said.c.question == bindparam("key"),
    )
    .order_by(said.c.at.desc(), said.c.ts.desc())
    .limit(1)
)


async def add_said(connection: AsyncConnection, message: SaidByBot) -> None:
    """Keep where the bot's message lies; a redrawn one takes the place of what was known of it."""
    await connection.execute(_ADD, values_of(message))


async def find_said(
    connection: AsyncConnection, team_id: str, draft_id: str, question: str
) -> SaidByBot | None:
    """The last message in which this question of the draft was asked."""
    key = {"team": team_id, "draft": draft_id, "key": question}
    return one_or_none(SaidByBot, await connection.execute(_FIND, key))


async def list_said(connection: AsyncConnection, team_id: str, user_id: str) -> tuple[SaidByBot, ...]:
    """Every message of the bot's to the person, oldest first."""
    return all_of(SaidByBot, await connection.execute(_LIST, {"team": team_id, "user": user_id}))
