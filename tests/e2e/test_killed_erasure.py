"""A crash right after an erasure: the next start removes the words from the files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp

from bot.settings import CrashPoint
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest, open_workspace
from tests.e2e.bot_process import PROCESS_TIMEOUT, BotProcess
from tests.e2e.phrases import phrase
from tests.e2e.story_steps import finish_story
from tests.sqlite_builds import database_bytes

CANARY = "quartz lighthouse marmalade"


async def test_words_are_in_no_file_after_a_restart_when_the_power_went_right_after_the_erasure(
    database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "hakawati.db"
    async with open_workspace() as there, aiohttp.ClientSession() as session:
        app = AppUnderTest(there, database_url, http_session=session)
        maya = app.person("U0MAYA")
        # Given a whole story, and its author before the last question of the erasure
        async with app.running():
            await finish_story(maya, f"I tend the {CANARY}. And more.", f"A {CANARY} led me here. It did.")
            await maya.opens_home()
            await maya.sees(phrase("home-held-delete"), where="home")
            await maya.clicks(phrase("home-held-delete"), where="home")
            await maya.submits()
            await maya.sees(phrase("erase-sure-title"), where="modal")
            await app.wait_until_idle()
        # When the process dies as soon as that has been committed
        process = BotProcess(app, tmp_path / "bot.log")
        async with process.running(CrashPoint(moment="committed", count=1)) as dying:
            await maya.submits({phrase("erase-sure-label"): ["yes"]}, must=False)
            async with asyncio.timeout(PROCESS_TIMEOUT):
                await dying.wait()
        assert CANARY.encode() in database_bytes(file)
        # Then what is left of it in the files is gone when the bot is there again
        async with app.running():
            await app.advance_clock(app.person("U0OMAR"), advance_seconds=1)
            assert await stored_data.tables_containing(app, CANARY) == []
            assert CANARY.encode() not in database_bytes(file)
