"""Everybody's reminder for later: rows of the outbox, beside APScheduler with a job for each person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from bench.children import child
from bench.companies import fill_company
from bench.comparing import Goal, Measured, Result, compared
from bench.people import Shelf
from bench.scale import Scale
from bench.waiting import fill_for_now

SCHEDULER = "APScheduler"
ADDED = Goal("jobs", "100,000 people: invited / given a job in memory", "the bot", SCHEDULER, "s")
KEPT = Goal("jobs", "… for each of them / for each job in a table", "the bot", SCHEDULER, "µs", scale=1e6)
HEAVY = Goal("jobs", "memory with 100,000 jobs added / before", "with", "without", "MB", scale=1e-6)
STALL = Goal(
    "jobs", "longest stall, 1,000 due at once / jobs in a table", "the bot", SCHEDULER, "ms", scale=1e3
)
PEOPLE = Goal("memory", "memory with 100,000 people invited", "started again", "nobody", "MB", scale=1e-6)
PLANNED = Goal("memory", "… in the process that invited them", "has invited", "nobody", "MB", scale=1e-6)


async def apiece(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """How long it takes to plan, and for how long nothing else can run when all of it is due."""
    async with child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def invited() -> float:
            company = await shelf.copy("company", partial(fill_company, count=scale.invited))
            async with child("planner", api=api, database=company) as bot:
                return await bot.ask("plan")

        async def added() -> Measured:
            async with child("scheduler", count=scale.invited) as scheduler:
                return await invited(), await scheduler.ask("add")

        async def kept() -> Measured:
            async with child("scheduler", count=scale.jobs, file=shelf.file()) as scheduler:
                return await invited() / scale.invited, await scheduler.ask("add") / scale.jobs

        async def stalled() -> Measured:
            fill = partial(fill_for_now, count=scale.jobs)
            options = {"api": api, "database": await shelf.copy(f"due-{scale.jobs}", fill), "paced": True}
            async with child("stalls", **options, seconds=scale.watched) as bot:
                ours = await bot.ask("stall")
            async with child("scheduler", count=scale.jobs, file=shelf.file()) as scheduler:
                return ours, await scheduler.ask("stall")

        rounds = min(3, scale.starts)
        for goal, once in ((ADDED, added), (KEPT, kept), (STALL, stalled)):
            yield await compared(goal, rounds, once)
            shelf.clear()


async def weights(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """What a wave for everybody leaves in memory. It does not swing as times do: one round says it."""
    async with child("slack") as slack:
        options = {"api": f"http://127.0.0.1:{slack.port}/0/api/", "stopped": True}
        async with child("bot", **options, database=await shelf.database(1)) as bot:
            await bot.ask("ticks")
            nobody = await bot.memory()
        company = await shelf.copy("company", partial(fill_company, count=scale.invited))
        async with child("bot", **options, database=company) as bot:
            await bot.ask("plan")
            await bot.ask("ticks")
            inviting = await bot.memory()
        async with child("bot", **options, database=company) as bot:
            await bot.ask("ticks")
            again = await bot.memory()
    shelf.clear()
    async with child("scheduler", count=scale.invited) as scheduler:
        before = await scheduler.memory()
        heavy = before + await scheduler.ask("weight")
    yield Result(PEOPLE, ((again, nobody),))
    yield Result(PLANNED, ((inviting, nobody),))
    yield Result(HEAVY, ((heavy, before),))
