"""The bot under test, in a process of its own: `python -m bench.serve bot|dispatch|stalls|planner|many <options>`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from statistics import median
from typing import Any

from pydantic import SecretStr

from bench import bolt, dispatching
from bench.answering import Served, answering, listening
from bench.companies import OWNER, WAVE
from bench.stalls import after, longest_stall
from bench.waiting import WORKDAY
from bot import logs
from bot.app import Bot, build
from bot.clock import StoppedClock, SystemClock
from bot.jobs.deliver import deliver
from bot.jobs.reconcile import reconcile
from bot.lifecycle import running, settled
from bot.services import Saying, Services, Voice, Who
from bot.settings import Settings
from bot.timings import Timings
from bot.workflows.waves import launch

TICKS = 25
"""Ticks for one figure."""


class Mute(Voice):
    """A voice that says nothing: with it, a click is all that comes before the ack, and no more."""

    def say(self, who: Who, saying: Saying) -> None:
        """Say nothing."""


@asynccontextmanager
async def _bot(options: dict[str, Any]) -> AsyncIterator[Served]:
    """The bot as `hakawati run` runs it."""
    clock = StoppedClock(WORKDAY) if options.get("stopped") else SystemClock()
    async with running(_settings(options), clock, build) as now:
        assert isinstance(now.bot, Bot)
        if options.get("mute"):
            now.bot.services.voice = Mute()
        services = now.bot.services
        asked = {"ticks": partial(_ticks, services), "plan": partial(_plan, services)}
        yield Served(now.port, services.voice.quiet, asked)


async def _ticks(services: Services) -> float:
    """The seconds that a tick takes which looks through the outbox: the middle of many."""
    times: list[float] = []
    for _ in range(TICKS):
        before = time.perf_counter()
        for job in (deliver, reconcile):
            await job(services, services.clock.now())
        times.append(time.perf_counter() - before)
    return median(times)


@asynccontextmanager
async def _stalling(options: dict[str, Any]) -> AsyncIterator[Served]:
    """The bot at noon, not yet started; `stall` starts it and tells how long the loop stood still."""
    timings = Timings() if options["paced"] else replace(Timings(), workspace_gap=timedelta())
    bot = await build(_settings(options), StoppedClock(WORKDAY), timings)

    async def stall() -> float:
        watching = asyncio.create_task(longest_stall(after(options["seconds"])))
        await bot.start()
        return await watching

    try:
        with settled():
            yield Served(quiet=bot.services.voice.quiet, asked={"stall": stall})
    finally:
        await bot.stop()


@asynccontextmanager
async def _planning(options: dict[str, Any]) -> AsyncIterator[Served]:
    """The bot, not started; `plan` starts the wave and tells how long that took, `stall` how long the loop stood."""
    bot = await build(_settings(options), StoppedClock(WORKDAY))

    async def stall() -> float:
        planning = asyncio.create_task(_plan(bot.services))
        longest = await longest_stall(planning.done)
        await planning
        return longest

    try:
        with settled():
            yield Served(asked={"plan": partial(_plan, bot.services), "stall": stall})
    finally:
        await bot.stop()


async def _plan(services: Services) -> float:
    """The seconds that starting the wave takes."""
    before = time.perf_counter()
    await launch.start(services, Who(bolt.TEAM, OWNER), WAVE, version="1")
    return time.perf_counter() - before


@asynccontextmanager
async def _many(options: dict[str, Any]) -> AsyncIterator[Served]:
    """A bot for each of these databases, at noon, not yet started; `send` lets them say what is due, for so long."""
    bots = [
        await build(_settings({**options, "database": database, "number": number}), StoppedClock(WORKDAY))
        for number, database in enumerate(options["databases"])
    ]

    async def send() -> float:
        await asyncio.gather(*(bot.start() for bot in bots))
        await asyncio.sleep(options["seconds"])
        return 0.0

    try:
        with settled():
            yield Served(asked={"send": send})
    finally:
        await asyncio.gather(*(bot.stop() for bot in bots))


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
        slack_bot_token=SecretStr(f"{bolt.TOKEN}{options.get('number', '')}"),
        slack_signing_secret=SecretStr(bolt.SECRET),
        slack_api_url=options["api"],
        database_url=options["database"],
        slack_app_token=SecretStr(bolt.APP_TOKEN) if options.get("linked") else None,
        host="127.0.0.1",
        port=0,
    )


if __name__ == "__main__":
    logs.configure("WARNING")
    known = {
        "bot": _bot,
        "dispatch": _dispatching,
        "stalls": _stalling,
        "planner": _planning,
        "many": _many,
    }
    serving = known[sys.argv[1]]
    asyncio.run(answering(serving(json.loads(sys.argv[2]))))
