"""One server under test, in a process of its own: `python -m bench.serve <what> <options>`.

It prints its port, then answers the lines it reads: `processor` with the seconds it has used, `memory` with
the bytes it holds, `quiet` with the seconds it has used once all is said.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bench import bolt, dispatching
from bench.slack import stub
from bot import logs
from bot.app import Bot, build
from bot.clock import SystemClock
from bot.process import running
from bot.services import Saying, Voice, Who
from bot.settings import Settings

Quiet = Callable[[], Awaitable[None]]
Served = tuple[int, Quiet]


class Mute(Voice):
    """A voice that says nothing: with it, a click is all that comes before the ack, and no more."""

    def say(self, who: Who, saying: Saying) -> None:
        """Say nothing."""


async def _no_voice() -> None:
    """Nothing is ever said."""


@asynccontextmanager
async def _serving(what: str, options: dict[str, Any]) -> AsyncIterator[Served]:
    """The server of this name, until the block is left; gives its port and a way to wait until all is said."""
    match what:
        case "slack":
            serving = _listening(stub())
        case "stock":
            serving = _listening(bolt.stock(options["api"]))
        case "bare":
            serving = _listening(bolt.bare())
        case "dispatch":
            serving = _dispatching(options)
        case _:
            serving = _bot(options)
    async with serving as served:
        yield served


@asynccontextmanager
async def _listening(application: web.Application) -> AsyncIterator[Served]:
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield int(runner.addresses[0][1]), _no_voice
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _dispatching(options: dict[str, Any]) -> AsyncIterator[Served]:
    bot = await build(_settings(options), SystemClock())
    try:
        async with _listening(dispatching.application(bot.services, options.get("only"))) as served:
            yield served
    finally:
        await bot.stop()


@asynccontextmanager
async def _bot(options: dict[str, Any]) -> AsyncIterator[Served]:
    """The bot as `hakawati run` runs it."""
    async with running(_settings(options), SystemClock(), build) as now:
        assert isinstance(now.bot, Bot)
        if options.get("mute"):
            now.bot.services.voice = Mute()
        yield now.port, now.bot.services.voice.quiet


def _settings(options: dict[str, Any]) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(bolt.TOKEN),
        slack_signing_secret=SecretStr(bolt.SECRET),
        slack_api_url=options["api"],
        database_url=options["database"],
        host="127.0.0.1",
        port=0,
    )


def memory() -> float:
    """The bytes of memory that this process holds once what is no longer needed has gone."""
    gc.collect()
    pages = Path("/proc/self/statm")
    if pages.exists():
        return float(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    # Without /proc only the highest that it has ever been is known.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak if sys.platform == "darwin" else peak * 1024)


async def _main(what: str, options: dict[str, Any]) -> None:
    async with _serving(what, options) as (port, quiet):
        print(json.dumps(port), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            match line.strip():
                case "processor":
                    answer = time.process_time()
                case "memory":
                    answer = memory()
                case _:
                    await quiet()
                    answer = time.process_time()
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    logs.configure("WARNING")
    asyncio.run(_main(sys.argv[1], json.loads(sys.argv[2])))
