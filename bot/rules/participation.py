"""Who took part, in numbers from which nobody can work out who did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.rules.waves import Hidden, told

Shown = int | Hidden


@dataclass(frozen=True)
class Count:
    """How many were invited, began within the wave, and finished within it."""

    invited: int
    started: int
    finished: int


@dataclass(frozen=True)
class Share:
    """The same, as far as it may be told; how many were invited the owner knows from the dry run."""

    invited: int
    started: Shown
    finished: Shown


@dataclass(frozen=True)
class Shares:
    """By segment, and of all of them."""

    segments: Mapping[str, Share]
    total: Share


def shares(counts: Mapping[str, Count]) -> Shares:
    """What may be told of these counts.

    A number is hidden when it, or what is missing to the whole, is of one to four people: also the number of those
    who are on their way. And where one number of a column were hidden alone, the others would give it away with
    their sum: another one goes with it, the smallest.
    """
    total = Count(
        sum(count.invited for count in counts.values()),
        sum(count.started for count in counts.values()),
        sum(count.finished for count in counts.values()),
    )
    rows = {name: _row(count) for name, count in counts.items()} | {_TOTAL: _row(total)}
    if (least := _given_away({name: row.started for name, row in rows.items()})) is not None:
        rows[least] = replace(rows[least], started=Hidden())
    if (least := _given_away({name: row.finished for name, row in rows.items()})) is not None:
        rows[least] = replace(rows[least], finished=Hidden())
    return Shares({name: rows[name] for name in counts}, rows[_TOTAL])


_TOTAL = ""


def _given_away(column: Mapping[str, Shown]) -> str | None:
    """Which number has to go along with the one that is hidden alone; rather a segment's than the whole."""
    told_ones = {name: n for name, n in column.items() if not isinstance(n, Hidden)}
    if len(column) - len(told_ones) != 1 or not told_ones:
        return None
    return min(told_ones, key=lambda name: (name == _TOTAL, told_ones[name]))


def _row(count: Count) -> Share:
    started, finished = told(count.started, count.invited), told(count.finished, count.invited)
    on_their_way = count.started - count.finished
    if on_their_way > 0 and isinstance(told(on_their_way, count.invited), Hidden):
        started = Hidden()
    return Share(count.invited, started, finished)
