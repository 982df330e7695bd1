"""The bot's messages are found by their question and redrawn in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.engine.database import Database
from db.queries.bot_messages import find_question_message, list_bot_messages, upsert_bot_message
from tests.db.samples import MAYA, NOW, TEAM, bot_message


async def test_the_last_message_with_a_question_is_found(database: Database) -> None:
    first, second = bot_message(), bot_message(ts="1.2", sent_at=NOW + timedelta(minutes=1))
    other = bot_message(ts="1.3", question="headline")
    async with database.write_transaction() as connection:
        for message in (second, first, other):
            await upsert_bot_message(connection, message)
        assert await find_question_message(connection, TEAM, "d1", "draft") == second
        assert await find_question_message(connection, TEAM, "d1", "nothing") is None
        assert await list_bot_messages(connection, TEAM, MAYA) == (first, other, second)


async def test_a_redrawn_message_is_kept_once_with_what_it_carries_now(database: Database) -> None:
    redrawn = replace(bot_message(), carries_words=False, question="headline")
    async with database.write_transaction() as connection:
        await upsert_bot_message(connection, bot_message())
        await upsert_bot_message(connection, redrawn)
        assert await list_bot_messages(connection, TEAM, MAYA) == (redrawn,)
