"""The bot under test, in a process of its own: `python -m bench.serve bot|dispatch <options>`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pydantic import SecretStr

from bench import bolt, dispatching
from bench.answering import Served, answering, listening
from bot import logs
from bot.app import Bot, build
from bot.clock import SystemClock
from bot.process import running
from bot.services import Saying, Voice, Who
from bot.settings import Settings


class Mute(Voice):
    """A voice that says nothing: with it, a click is all that comes before the ack, and no more."""

    def say(self, who: Who, saying: Saying) -> None:
        """Say nothing."""


@asynccontextmanager
async def _bot(options: dict[str, Any]) -> AsyncIterator[Served]:
    """The bot as `hakawati run` runs it."""
    async with running(_settings(options), SystemClock(), build) as now:
        assert isinstance(now.bot, Bot)
        if options.get("mute"):
            now.bot.services.voice = Mute()
        yield now.port, now.bot.services.voice.quiet


@asynccontextmanager
async def _dispatching(options: dict[str, Any]) -> AsyncIterator[Served]:
    """Its listeners alone."""
    bot = await build(_settings(options), SystemClock())
    try:
        async with listening(dispatching.application(bot.services, options.get("only"))) as served:
            yield served
    finally:
        await bot.stop()


def _settings(options: dict[str, Any]) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(bolt.TOKEN),
        slack_signing_secret=SecretStr(bolt.SECRET),
        slack_api_url=options["api"],
        database_url=options["database"],
        host="127.0.0.1",
        port=0,
    )


if __name__ == "__main__":
    logs.configure("WARNING")
    serving = {"bot": _bot, "dispatch": _dispatching}[sys.argv[1]]
    asyncio.run(answering(serving(json.loads(sys.argv[2]))))
