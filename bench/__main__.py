"""The benchmarks' command line: `python -m bench [--quick] [names]`."""

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

from bench import apiece, clicking, linking, memory, rates, starting, unasked
from bench.children import PINS, step_aside
from bench.comparing import Result
from bench.people import Shelf
from bench.report import table, tell_unsteady
from bench.scale import QUICK, WHOLE, Scale
from tests.postgres import NoServerError

Bench = Callable[[Shelf, Scale], AsyncIterator[Result]]

BENCHES: dict[str, Bench] = {
    "acks": clicking.acks,
    "cost": clicking.cost,
    "dispatch": clicking.dispatch,
    "sending": clicking.sending,
    "tails": clicking.tails,
    "postgres": clicking.postgres,
    "linked": linking.linked,
    "plan": unasked.plan,
    "stalls": unasked.stalls,
    "ticks": unasked.ticks,
    "waiting": unasked.waiting,
    "rates": rates.rates,
    "jobs": apiece.apiece,
    "start": starting.cold,
    "practice": starting.practice,
    "memory": memory.held,
    "weights": apiece.weights,
}
PARTS = ("slack-bolt", "slack-sdk", "aiohttp", "SQLAlchemy", "aiosqlite")

out = Console(highlight=False, soft_wrap=True)


def bench(
    names: Annotated[list[str] | None, typer.Argument(help=f"Which: {', '.join(BENCHES)}.")] = None,
    quick: Annotated[bool, typer.Option(help="Only prove that they run; the figures say nothing.")] = False,
) -> None:
    """Measure how fast the bot is, each time as a ratio to a floor that runs beside it."""
    unknown = sorted(set(names or ()) - set(BENCHES))
    if unknown:
        raise typer.BadParameter(f"there is no {unknown[0]}; known are {', '.join(BENCHES)}")
    chosen = [BENCHES[name] for name in names or BENCHES]
    asyncio.run(_measure(chosen, QUICK if quick else WHOLE))


async def _measure(chosen: list[Bench], scale: Scale) -> None:
    parts = ", ".join(f"{part} {version(part)}" for part in PARTS)
    out.print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {parts}.", style="dim")
    if PINS is None:
        out.print("Servers and load share their cores here: the figures are rough.", style="yellow")
    step_aside()
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="hakawati-bench-") as folder:
        shelf = Shelf(Path(folder))
        for one in chosen:
            try:
                results += await _steady(one, shelf, scale)
            except NoServerError as problem:
                out.print(f"  {problem}", style="yellow")
    # On paper and in a pipe the table is as wide as it has to be.
    Console(highlight=False, width=None if out.is_terminal else 240).print(table(results))


async def _steady(one: Bench, shelf: Shelf, scale: Scale) -> list[Result]:
    """What came of one benchmark, measured again as long as a floor would not stand still."""
    left = scale.again
    while True:
        found: list[Result] = []
        async for result in one(shelf, scale):
            out.print(f"  {result.goal.what}: {result.ratio:.2f}", style="dim")
            found.append(result)
        unsteady = [result for result in found if not result.counts]
        for result in unsteady:
            tell_unsteady(out, result, left)
        if not unsteady or not left:
            return found
        left -= 1


if __name__ == "__main__":
    typer.run(bench)
