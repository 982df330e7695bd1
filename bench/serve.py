"""The bot under test, in a process of its own: `python -m bench.serve bot|dispatch|stalls|planner <options>`."""

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
from bot.process import running, settled
from bot.services import Saying, Services, Voice, Who
from bot.settings import Settings
from bot.timings import Timings
from bot.workflows import starting

TICKS = 25
"""Ticks for one figure."""


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
        services = now.bot.services
        yield Served(now.port, services.voice.quiet, {"ticks": partial(_ticks, services)})


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
    """The bot, not started; `plan` starts the wave and tells how long that took."""
    bot = await build(_settings(options), StoppedClock(WORKDAY))

    async def plan() -> float:
        before = time.perf_counter()
        await starting.start(bot.services, Who(bolt.TEAM, OWNER), WAVE, version="1")
        return time.perf_counter() - before

    try:
        with settled():
            yield Served(asked={"plan": plan})
    finally:
        await bot.stop()


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
        slack_app_token=SecretStr(bolt.APP_TOKEN) if options.get("linked") else None,
        host="127.0.0.1",
        port=0,
    )


if __name__ == "__main__":
    logs.configure("WARNING")
    serving = {"bot": _bot, "dispatch": _dispatching, "stalls": _stalling, "planner": _planning}[sys.argv[1]]
    asyncio.run(answering(serving(json.loads(sys.argv[2]))))
