"""What the bot said: found by its question, and redrawn in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.engine.database import Database
from db.queries.bot_messages import add_said, find_said, list_said
from tests.db.samples import MAYA, NOW, TEAM, message


async def test_the_last_message_with_a_question_is_found(database: Database) -> None:
    first, second = message(), message(ts="1.2", at=NOW + timedelta(minutes=1))
    other = message(ts="1.3", question="headline")
    async with database.writing() as connection:
        for said in (second, first, other):
            await add_said(connection, said)
        assert await find_said(connection, TEAM, "d1", "draft") == second
        assert await find_said(connection, TEAM, "d1", "nothing") is None
        assert await list_said(connection, TEAM, MAYA) == (first, other, second)


async def test_a_redrawn_message_is_kept_once_with_what_it_carries_now(database: Database) -> None:
    redrawn = replace(message(), carries_words=False, question="headline")
    async with database.writing() as connection:
        await add_said(connection, message())
        await add_said(connection, redrawn)
        assert await list_said(connection, TEAM, MAYA) == (redrawn,)
