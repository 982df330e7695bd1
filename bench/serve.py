"""Servers with the bot in them: `python -m bench.serve bot|dispatch|stalls|planner|many <options>`."""

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

from bench import bolt, dispatch_server
from bench.child_server import ServerHandle, answer_queries, serve_application
from bench.companies import OWNER_ID, WAVE_ID
from bench.stalls import deadline_in, longest_stall
from bench.waiting_notices import WORKDAY
from bot import logs
from bot.app import Bot, build_bot
from bot.clock import StoppedClock, SystemClock
from bot.jobs.deliver import deliver_due
from bot.jobs.reconcile import reconcile_outbox
from bot.lifecycle import bot_lifespan, frozen_gc
from bot.outgoing import OutgoingQueue, SendCallback
from bot.services import Services, UserRef
from bot.settings import Settings
from bot.timings import Timings
from bot.workflows.waves import launch

TICKS_PER_FIGURE = 25
"""Ticks whose median is one figure."""


class MutedOutgoingQueue(OutgoingQueue):
    """Outgoing queue that drops everything, so that a click costs only what comes before its ack."""

    def enqueue(self, who: UserRef, send: SendCallback) -> None:
        """Drop the message."""


@asynccontextmanager
async def _serve_bot(options: dict[str, Any]) -> AsyncIterator[ServerHandle]:
    """Run the bot as `hakawati run` does."""
    clock = StoppedClock(WORKDAY) if options.get("stopped") else SystemClock()
    async with bot_lifespan(_settings(options), clock, build_bot) as running:
        assert isinstance(running.bot, Bot)
        if options.get("mute"):
            running.bot.services.outgoing = MutedOutgoingQueue()
        services = running.bot.services
        queries = {"ticks": partial(_measure_tick, services), "plan": partial(_measure_planning, services)}
        yield ServerHandle(running.port, services.outgoing.wait_until_idle, queries)


async def _measure_tick(services: Services) -> float:
    """Return the median seconds of a tick that scans the outbox."""
    times: list[float] = []
    for _ in range(TICKS_PER_FIGURE):
        before = time.perf_counter()
        for job in (deliver_due, reconcile_outbox):
            await job(services, services.clock.now())
        times.append(time.perf_counter() - before)
    return median(times)


@asynccontextmanager
async def _serve_stalls(options: dict[str, Any]) -> AsyncIterator[ServerHandle]:
    """Build the bot at noon, unstarted; `stall` starts it and answers the longest stall of the event loop."""
    timings = Timings() if options["paced"] else replace(Timings(), workspace_interval=timedelta())
    bot = await build_bot(_settings(options), StoppedClock(WORKDAY), timings)

    async def stall() -> float:
        watching = asyncio.create_task(longest_stall(deadline_in(options["seconds"])))
        await bot.start()
        return await watching

    try:
        with frozen_gc():
            yield ServerHandle(
                wait_until_idle=bot.services.outgoing.wait_until_idle, queries={"stall": stall}
            )
    finally:
        await bot.stop()


@asynccontextmanager
async def _serve_planner(options: dict[str, Any]) -> AsyncIterator[ServerHandle]:
    """Build the bot, unstarted; `plan` starts the wave and answers the seconds, `stall` the longest stall meanwhile."""
    bot = await build_bot(_settings(options), StoppedClock(WORKDAY))

    async def stall() -> float:
        planning = asyncio.create_task(_measure_planning(bot.services))
        longest = await longest_stall(planning.done)
        await planning
        return longest

    try:
        with frozen_gc():
            yield ServerHandle(queries={"plan": partial(_measure_planning, bot.services), "stall": stall})
    finally:
        await bot.stop()


async def _measure_planning(services: Services) -> float:
    """Return the seconds it takes to start the wave."""
    before = time.perf_counter()
    await launch.start(services, UserRef(bolt.TEAM, OWNER_ID), WAVE_ID, version=1)
    return time.perf_counter() - before


@asynccontextmanager
async def _serve_many_bots(options: dict[str, Any]) -> AsyncIterator[ServerHandle]:
    """Build a bot for each database, at noon, unstarted; `send` lets them send what is due for `seconds`."""
    bots = [
        await build_bot(_settings({**options, "database": database, "number": number}), StoppedClock(WORKDAY))
        for number, database in enumerate(options["databases"])
    ]

    async def send() -> float:
        await asyncio.gather(*(bot.start() for bot in bots))
        await asyncio.sleep(options["seconds"])
        return 0.0

    try:
        with frozen_gc():
            yield ServerHandle(queries={"send": send})
    finally:
        await asyncio.gather(*(bot.stop() for bot in bots))


@asynccontextmanager
async def _serve_dispatch(options: dict[str, Any]) -> AsyncIterator[ServerHandle]:
    """Serve the bot's listeners alone."""
    bot = await build_bot(_settings(options), SystemClock())
    try:
        async with serve_application(
            dispatch_server.dispatch_application(bot.services, options.get("only"))
        ) as served:
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
    servers = {
        "bot": _serve_bot,
        "dispatch": _serve_dispatch,
        "stalls": _serve_stalls,
        "planner": _serve_planner,
        "many": _serve_many_bots,
    }
    serve = servers[sys.argv[1]]
    asyncio.run(answer_queries(serve(json.loads(sys.argv[2]))))
