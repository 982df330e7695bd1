"""The report: a line for each goal, with its floor and whether the floor was steady."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from bench.comparison import MAX_FLOOR_DRIFT, Result

VERDICT_COLOURS = {"met": "green", "met, stretch too": "green", "missed": "red", "does not count": "yellow"}


def results_table(results: list[Result]) -> Table:
    """Return a table with a row for each result."""
    table = Table(title="Ratios to a floor measured beside it: the middle of the rounds (lowest to highest)")
    for name in ("goal", "what"):
        table.add_column(name, overflow="fold")
    for name in ("ratio", "target", "ours", "floor", "floor moved"):
        table.add_column(name, justify="right")
    table.add_column("")
    for result in results:
        table.add_row(*_row_cells(result))
    return table


def _row_cells(result: Result) -> tuple[str, ...]:
    goal, ratios = result.goal, result.ratios
    stretch = f", stretch {goal.stretch:g}" if goal.stretch is not None else ""
    verdict = result.verdict
    colour = VERDICT_COLOURS.get(verdict, "dim")
    return (
        goal.name,
        goal.description,
        f"{result.ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
        f"{'≥' if goal.at_least else '≤'} {goal.target:g}{stretch}" if goal.target is not None else "–",
        f"{goal.ours}: {_format_figure(result.ours)} {goal.unit}",
        f"{goal.floor}: {_format_figure(result.floor)} {goal.unit}",
        f"{result.floor_drift:.0%}",
        f"[{colour}]{verdict}[/{colour}]",
    )


def _format_figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def print_unsteady(console: Console, result: Result, retries_left: int) -> None:
    """Print that a run doesn't count, and whether it will be repeated."""
    next_step = "Measured again." if retries_left else "Run it again when the machine has nothing else to do."
    console.print(
        f"  {result.goal.description}: the floor moved by {result.floor_drift:.0%} between rounds, more than "
        f"{MAX_FLOOR_DRIFT:.0%}; this run does not count. {next_step}",
        style="yellow",
    )
