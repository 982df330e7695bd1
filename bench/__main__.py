"""Command line of the benchmarks: `python -m bench [--quick] [names]`."""

from __future__ import annotations

import asyncio
import platform
import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench import (
    http_clicks,
    memory,
    proactive_messages,
    scheduled_jobs,
    socket_mode_clicks,
    startup,
    workspace_rates,
)
from bench.child_processes import CORES, pin_to_load_core
from bench.comparison import Result
from bench.people import DatabaseTemplates
from bench.report import print_unsteady, results_table
from bench.scale import FULL, QUICK, Scale
from tests.postgres import NoServerError

Benchmark = Callable[[DatabaseTemplates, Scale], AsyncIterator[Result]]

BENCHMARKS: dict[str, Benchmark] = {
    "acks": http_clicks.measure_acks,
    "cost": http_clicks.measure_cost,
    "dispatch": http_clicks.measure_dispatch,
    "sending": http_clicks.measure_sending,
    "tails": http_clicks.measure_tails,
    "postgres": http_clicks.measure_postgres,
    "linked": socket_mode_clicks.measure_socket_mode,
    "plan": proactive_messages.measure_planning,
    "stalls": proactive_messages.measure_stalls,
    "ticks": proactive_messages.measure_ticks,
    "waiting": proactive_messages.measure_waiting_memory,
    "rates": workspace_rates.measure_rates,
    "jobs": scheduled_jobs.measure_jobs,
    "start": startup.measure_cold_start,
    "practice": startup.measure_practice_start,
    "memory": memory.measure_memory,
    "weights": scheduled_jobs.measure_job_memory,
}
REPORTED_PACKAGES = ("slack-bolt", "slack-sdk", "aiohttp", "SQLAlchemy", "aiosqlite")

console = Console(highlight=False, soft_wrap=True)


def run_benchmarks(
    names: Annotated[list[str] | None, typer.Argument(help=f"Which: {', '.join(BENCHMARKS)}.")] = None,
    quick: Annotated[bool, typer.Option(help="Only prove that they run; the figures say nothing.")] = False,
) -> None:
    """Measure how fast the bot is, each time as a ratio to a floor that runs beside it."""
    unknown = sorted(set(names or ()) - set(BENCHMARKS))
    if unknown:
        raise typer.BadParameter(f"there is no {unknown[0]}; known are {', '.join(BENCHMARKS)}")
    chosen = [BENCHMARKS[name] for name in names or BENCHMARKS]
    asyncio.run(_measure_all(chosen, QUICK if quick else FULL))


async def _measure_all(chosen: list[Benchmark], scale: Scale) -> None:
    parts = ", ".join(f"{part} {version(part)}" for part in REPORTED_PACKAGES)
    console.print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {parts}.", style="dim")
    if CORES is None:
        console.print("Servers and load share their cores here: the figures are rough.", style="yellow")
    pin_to_load_core()
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="hakawati-bench-") as folder:
        templates = DatabaseTemplates(Path(folder))
        for benchmark in chosen:
            try:
                results += await _measure_until_steady(benchmark, templates, scale)
            except NoServerError as problem:
                console.print(f"  {problem}", style="yellow")
    # Without a terminal (a file, a pipe) the table gets a fixed width in which nothing wraps.
    Console(highlight=False, width=None if console.is_terminal else 240).print(results_table(results))


async def _measure_until_steady(
    benchmark: Benchmark, templates: DatabaseTemplates, scale: Scale
) -> list[Result]:
    """Run one benchmark, again while a floor is unsteady and retries are left, and return its results."""
    retries_left = scale.retries
    while True:
        results: list[Result] = []
        async for result in benchmark(templates, scale):
            console.print(f"  {result.goal.description}: {result.ratio:.2f}", style="dim")
            results.append(result)
        unsteady = [result for result in results if not result.is_steady]
        for result in unsteady:
            print_unsteady(console, result, retries_left)
        if not unsteady or not retries_left:
            return results
        retries_left -= 1


if __name__ == "__main__":
    typer.run(run_benchmarks)
