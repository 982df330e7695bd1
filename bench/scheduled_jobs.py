"""A reminder for each person: outbox rows compared with APScheduler jobs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from bench.child_processes import running_child
from bench.companies import fill_company
from bench.comparison import Goal, Measurement, Result, compare
from bench.people import DatabaseTemplates
from bench.scale import Scale
from bench.waiting_notices import fill_due_notices

SCHEDULER = "APScheduler"
ADD_IN_MEMORY = Goal("jobs", "100,000 people: invited / given a job in memory", "the bot", SCHEDULER, "s")
ADD_IN_TABLE = Goal(
    "jobs", "… for each of them / for each job in a table", "the bot", SCHEDULER, "µs", unit_factor=1e6
)
JOB_MEMORY = Goal(
    "jobs", "memory with 100,000 jobs added / before", "with", "without", "MB", unit_factor=1e-6
)
STALL = Goal(
    "jobs", "longest stall, 1,000 due at once / jobs in a table", "the bot", SCHEDULER, "ms", unit_factor=1e3
)
MEMORY_AFTER_RESTART = Goal(
    "memory", "memory with 100,000 people invited", "started again", "nobody", "MB", unit_factor=1e-6
)
MEMORY_AFTER_PLANNING = Goal(
    "memory", "… in the process that invited them", "has invited", "nobody", "MB", unit_factor=1e-6
)


async def measure_jobs(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Measure how long planning takes, and the longest stall when all of it is due."""
    async with running_child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def plan_wave() -> float:
            company = await templates.fresh_copy("company", partial(fill_company, count=scale.invited))
            async with running_child("planner", api=api, database=company) as bot:
                return await bot.ask("plan")

        async def add_in_memory() -> Measurement:
            async with running_child("scheduler", count=scale.invited) as scheduler:
                return await plan_wave(), await scheduler.ask("add")

        async def add_in_table() -> Measurement:
            async with running_child(
                "scheduler", count=scale.jobs, file=templates.scratch_file()
            ) as scheduler:
                return await plan_wave() / scale.invited, await scheduler.ask("add") / scale.jobs

        rounds = min(3, scale.starts)
        for goal, measure_round in (
            (ADD_IN_MEMORY, add_in_memory),
            (ADD_IN_TABLE, add_in_table),
            (STALL, partial(_compare_stalls, templates, scale, api)),
        ):
            yield await compare(goal, rounds, measure_round)
            templates.delete_copies()


async def _compare_stalls(templates: DatabaseTemplates, scale: Scale, api: str) -> Measurement:
    fill = partial(fill_due_notices, count=scale.jobs)
    database = await templates.fresh_copy(f"due-{scale.jobs}", fill)
    options = {"api": api, "database": database, "paced": True, "seconds": scale.watch_seconds}
    async with running_child("stalls", **options) as bot:
        ours = await bot.ask("stall")
    async with running_child("scheduler", count=scale.jobs, file=templates.scratch_file()) as scheduler:
        return ours, await scheduler.ask("stall")


async def measure_job_memory(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Measure the memory a wave for everybody takes, in one round: memory varies far less than time."""
    async with running_child("slack") as slack:
        options = {"api": f"http://127.0.0.1:{slack.port}/0/api/", "stopped": True}
        async with running_child("bot", **options, database=await templates.database_with_drafts(1)) as bot:
            await bot.ask("ticks")
            without_wave = await bot.memory_bytes()
        company = await templates.fresh_copy("company", partial(fill_company, count=scale.invited))
        async with running_child("bot", **options, database=company) as bot:
            await bot.ask("plan")
            await bot.ask("ticks")
            after_planning = await bot.memory_bytes()
        async with running_child("bot", **options, database=company) as bot:
            await bot.ask("ticks")
            after_restart = await bot.memory_bytes()
    templates.delete_copies()
    async with running_child("scheduler", count=scale.invited) as scheduler:
        without_jobs = await scheduler.memory_bytes()
        with_jobs = without_jobs + await scheduler.ask("weight")
    yield Result(MEMORY_AFTER_RESTART, ((after_restart, without_wave),))
    yield Result(MEMORY_AFTER_PLANNING, ((after_planning, without_wave),))
    yield Result(JOB_MEMORY, ((with_jobs, without_jobs),))
