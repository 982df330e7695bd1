"""A database outage: people who wait for an answer read a reference, and nobody else hears of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from tests.e2e import visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import WARM_UP, begin_story

ERROR_TEXT = "Something went wrong on my side."


@asynccontextmanager
async def database_unavailable(app: AppUnderTest, table: str = "people") -> AsyncIterator[None]:
    """Make every query of the people table (or another one) fail."""
    await app.wait_until_idle()
    assert app.bot is not None
    transaction = app.bot.services.transaction
    async with transaction() as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
    try:
        yield
    finally:
        await app.wait_until_idle()
        async with transaction() as connection:
            await connection.execute(text(f"ALTER TABLE {table}_away RENAME TO {table}"))


@pytest.mark.wide
async def test_person_reads_a_reference_in_both_languages_when_the_database_is_away_during_a_click(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody at a question
    await begin_story(maya)
    # When they press a button while the database is away
    async with database_unavailable(app):
        await maya.clicks(phrase("choice-have_one"), must=False)
        # Then they read what happened, in both languages, for their language is not known
        told = await maya.sees(ERROR_TEXT)
        assert visible_content.has_text(told, "حدث خلل عندي.")
    # And the same button answers when it is back
    await maya.clicks(phrase("choice-have_one"))
    await maya.sees(phrase("ask-paste"))


async def test_words_are_taken_after_all_when_the_database_comes_back(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who answers while the database is away
    await begin_story(maya)
    async with database_unavailable(app):
        await maya.says(WARM_UP)
        await maya.sees(ERROR_TEXT)
    # Then Slack tries again, and the conversation goes on
    await maya.says("I forgot: hello to all of you, too.")
    await maya.sees(phrase("ask-turn"))


async def test_nobody_is_written_to_when_what_slack_tells_of_them_cannot_be_kept(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who never wrote to the bot
    jack = app.person("U0JACK")
    # When their profile changes while nothing can be received
    async with database_unavailable(app, "receipts"):
        await maya.does("person", id=jack.id, title="Head of Vans")
        await app.workspace.world.delivery.wait_until_idle()
    # Then they hear nothing of it
    assert await jack.messages() == []
