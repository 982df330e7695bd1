"""What is said unasked: how long it holds everything else up, and what costs that which only waits (8 to 10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bench.children import Child, child
from bench.companies import fill_company
from bench.comparing import Goal, Measured, Result, compared
from bench.people import Shelf
from bench.scale import Scale
from bench.waiting import fill_for_later, fill_for_now

PLAN = Goal("8", "starting a wave for 100,000 people", "the bot", "a copy", "s", 3)
BESIDE = Goal(
    "8", "longest stall while a wave starts", "the bot", "APScheduler, 10,000 due", "ms", None, None, 1e3
)
STALL = Goal(
    "9", "longest stall, 10,000 notices due at once", "the bot", "APScheduler", "ms", 0.06, None, 1e3
)
HURRIED = Goal("9", "… with the pace taken away", "the bot", "APScheduler", "ms", 0.06, None, 1e3)
TICK = Goal("10", "idle tick with 1,000,000 notices waiting", "1,000,000", "10,000", "ms", 1.2, None, 1e3)
MEMORY = Goal(
    "10", "memory of the bot with 100,000 notices waiting", "100,000", "none", "MB", 1.05, None, 1e-6
)


async def plan(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 8: from what stands in the database to what stands in the outbox."""
    fill = partial(fill_company, count=scale.invited)
    async with child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def once() -> Measured:
            async with child("planner", api=api, database=await shelf.copy("company", fill)) as bot:
                ours = await bot.ask("plan")
            file = (await shelf.copy("company", fill)).partition("///")[2]
            async with child("copy", file=file) as copy:
                floor = await copy.ask("plan")
            shelf.clear()
            return ours, floor

        yield await compared(PLAN, scale.starts, once)

        async def beside() -> Measured:
            async with child("planner", api=api, database=await shelf.copy("company", fill)) as bot:
                ours = await bot.ask("stall")
            shelf.clear()
            async with child("scheduler", count=scale.due) as scheduler:
                return ours, await scheduler.ask("stall")

        yield await compared(BESIDE, min(3, scale.starts), beside)


async def stalls(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 9: each time a process that starts and finds everything due."""
    async with child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def once(*, paced: bool) -> Measured:
            database = await shelf.copy(f"due-{scale.due}", partial(fill_for_now, count=scale.due))
            options = {"api": api, "database": database, "paced": paced, "seconds": scale.watched}
            async with child("stalls", **options) as bot:
                ours = await bot.ask("stall")
            shelf.clear()
            async with child("scheduler", count=scale.due) as scheduler:
                return ours, await scheduler.ask("stall")

        for goal, paced in ((STALL, True), (HURRIED, False)):
            yield await compared(goal, scale.starts, partial(once, paced=paced))


async def ticks(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 10: a tick for which nothing is due, and what the process holds."""
    many, some = scale.waiting
    async with (
        child("slack") as slack,
        _idle(shelf, slack, many) as ours,
        _idle(shelf, slack, some) as floor,
    ):

        async def once() -> Measured:
            return await ours.ask("ticks"), await floor.ask("ticks")

        await once()
        yield await compared(TICK, scale.rounds, once)
    shelf.clear()


@asynccontextmanager
async def _idle(shelf: Shelf, slack: Child, count: int) -> AsyncIterator[Child]:
    """A bot that runs, with so many notices for later."""
    database = await shelf.copy(f"later-{count}", partial(fill_for_later, count=count))
    async with child("bot", api=f"http://127.0.0.1:{slack.port}/0/api/", database=database) as bot:
        yield bot


async def waiting(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 10: what the process holds after its ticks, whether much waits or nothing."""
    async with child("slack") as slack:

        async def after(count: int) -> float:
            async with _idle(shelf, slack, count) as bot:
                await bot.ask("ticks")
                return await bot.memory()

        async def once() -> Measured:
            return await after(scale.held), await after(0)

        yield await compared(MEMORY, scale.starts, once)
    shelf.clear()
