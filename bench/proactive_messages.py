"""Proactive messages: how long they block the event loop, and what waiting notices cost (goals 8 to 10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bench.child_processes import Child, running_child
from bench.companies import fill_company
from bench.comparison import Goal, Measurement, Result, compare
from bench.people import DatabaseTemplates
from bench.scale import Scale
from bench.waiting_notices import fill_due_notices, fill_later_notices

PLAN = Goal("8", "starting a wave for 100,000 people", "the bot", "a copy", "s", 3)
STALL_WHILE_PLANNING = Goal(
    "8", "longest stall while a wave starts", "the bot", "APScheduler, 10,000 due", "ms", None, None, 1e3
)
STALL = Goal(
    "9", "longest stall, 10,000 notices due at once", "the bot", "APScheduler", "ms", 0.06, None, 1e3
)
UNPACED_STALL = Goal("9", "… with the pace taken away", "the bot", "APScheduler", "ms", 0.06, None, 1e3)
TICK = Goal("10", "idle tick with 1,000,000 notices waiting", "1,000,000", "10,000", "ms", 1.2, None, 1e3)
MEMORY = Goal(
    "10", "memory of the bot with 100,000 notices waiting", "100,000", "none", "MB", 1.05, None, 1e-6
)


async def measure_planning(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 8: measure the planning of a wave, from the people in the database to the rows in the outbox."""
    fill = partial(fill_company, count=scale.invited)
    async with running_child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def measure_round() -> Measurement:
            async with running_child(
                "planner", api=api, database=await templates.fresh_copy("company", fill)
            ) as bot:
                ours = await bot.ask("plan")
            file = (await templates.fresh_copy("company", fill)).partition("///")[2]
            async with running_child("copy", file=file) as copy:
                floor = await copy.ask("plan")
            templates.delete_copies()
            return ours, floor

        yield await compare(PLAN, scale.starts, measure_round)

        async def measure_stall_round() -> Measurement:
            async with running_child(
                "planner", api=api, database=await templates.fresh_copy("company", fill)
            ) as bot:
                ours = await bot.ask("stall")
            templates.delete_copies()
            async with running_child("scheduler", count=scale.due_notices) as scheduler:
                return ours, await scheduler.ask("stall")

        yield await compare(STALL_WHILE_PLANNING, min(3, scale.starts), measure_stall_round)


async def measure_stalls(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 9: measure the longest stall of a process that finds everything due when it starts."""
    async with running_child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def measure_round(*, paced: bool) -> Measurement:
            database = await templates.fresh_copy(
                f"due-{scale.due_notices}", partial(fill_due_notices, count=scale.due_notices)
            )
            options = {"api": api, "database": database, "paced": paced, "seconds": scale.watch_seconds}
            async with running_child("stalls", **options) as bot:
                ours = await bot.ask("stall")
            templates.delete_copies()
            async with running_child("scheduler", count=scale.due_notices) as scheduler:
                return ours, await scheduler.ask("stall")

        for goal, paced in ((STALL, True), (UNPACED_STALL, False)):
            yield await compare(goal, scale.starts, partial(measure_round, paced=paced))


async def measure_ticks(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 10: measure a tick with nothing due, while few or many notices wait."""
    many, few = scale.waiting_notices
    async with (
        running_child("slack") as slack,
        _idle_bot(templates, slack, many) as ours,
        _idle_bot(templates, slack, few) as floor,
    ):

        async def measure_round() -> Measurement:
            return await ours.ask("ticks"), await floor.ask("ticks")

        await measure_round()
        yield await compare(TICK, scale.rounds, measure_round)
    templates.delete_copies()


@asynccontextmanager
async def _idle_bot(templates: DatabaseTemplates, slack: Child, count: int) -> AsyncIterator[Child]:
    """Run a bot with `count` notices for later."""
    database = await templates.fresh_copy(f"later-{count}", partial(fill_later_notices, count=count))
    async with running_child("bot", api=f"http://127.0.0.1:{slack.port}/0/api/", database=database) as bot:
        yield bot


async def measure_waiting_memory(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 10: measure the memory after some ticks, with many notices waiting and with none."""
    async with running_child("slack") as slack:

        async def memory_after_ticks(count: int) -> float:
            async with _idle_bot(templates, slack, count) as bot:
                await bot.ask("ticks")
                return await bot.memory_bytes()

        async def measure_round() -> Measurement:
            return await memory_after_ticks(scale.held_notices), await memory_after_ticks(0)

        yield await compare(MEMORY, scale.starts, measure_round)
    templates.delete_copies()
