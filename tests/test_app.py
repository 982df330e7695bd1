"""Building a bot: it succeeds, or leaves nothing open."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.app import build_bot
from bot.clock import SystemClock
from db.engine.database import Database
from tests.e2e.app_under_test import AppUnderTest, open_workspace


async def test_nothing_is_left_open_when_bolt_cannot_be_built(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ValueError("the test wants this to fail")

    monkeypatch.setattr(AsyncApp, "use", refuse)
    async with open_workspace() as slack:
        app = AppUnderTest(slack, database_url)
        with pytest.raises(ValueError, match="the test wants this"):
            await build_bot(app.settings(), SystemClock())
        await app.http_session.close()

    again = await Database.open(database_url, exclusive=True)
    await again.close()
    gc.collect()  # an open connection would complain now
