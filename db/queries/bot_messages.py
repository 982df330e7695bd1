"""The bot's direct messages: where each one is in Slack, and whether it carries the person's words."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models import BotMessage
from db.schema.core import bot_messages
from db.schema.row_mapping import columns_of, map_all, map_one_or_none, values_of

_ADD = insert(bot_messages)
# A redrawn message stays where it is and may gain or lose the person's words.
_ADD = _ADD.on_conflict_do_update(
    index_elements=["team_id", "channel", "ts"],
    set_={name: _ADD.excluded[name] for name in ("question", "carries_words")},
    where=bot_messages.c.user_id == _ADD.excluded.user_id,
)
_COLUMNS = columns_of(BotMessage, bot_messages)
_OF_PERSON = (bot_messages.c.team_id == bindparam("team")) & (bot_messages.c.user_id == bindparam("user"))
_IN_ORDER = (bot_messages.c.sent_at, bot_messages.c.ts)
_LIST = select(*_COLUMNS).where(_OF_PERSON).order_by(*_IN_ORDER)
_FIND = (
    select(*_COLUMNS)
    .where(
        bot_messages.c.team_id == bindparam("team"),
        bot_messages.c.draft_id == bindparam("draft"),
        bot_messages.c.question == bindparam("key"),
    )
    .order_by(bot_messages.c.sent_at.desc(), bot_messages.c.ts.desc())
    .limit(1)
)


async def upsert_bot_message(connection: AsyncConnection, message: BotMessage) -> None:
    """Store where the bot's message is; a redrawn message replaces its row."""
    await connection.execute(_ADD, values_of(message))


async def find_question_message(
    connection: AsyncConnection, team_id: str, draft_id: str, question: str
) -> BotMessage | None:
    """Return the last message that asked this question of the draft."""
    key = {"team": team_id, "draft": draft_id, "key": question}
    return map_one_or_none(BotMessage, await connection.execute(_FIND, key))


async def list_bot_messages(
    connection: AsyncConnection, team_id: str, user_id: str
) -> tuple[BotMessage, ...]:
    """Return every message from the bot to the person, oldest first."""
    return map_all(BotMessage, await connection.execute(_LIST, {"team": team_id, "user": user_id}))
