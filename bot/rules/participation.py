"""Figures about people taking part, published so that nobody can work out who did and who didn't.

A figure is published from five people on, once a day, and stays as it is until five more people have entered it. It
is a number only where it and every rest are five people or more: the list without it, and the step before without it.
The figures of segments are published together, and from then on everybody's figure is their sum: two figures taken on
different days would tell of the few people in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.rules.waves import FEWEST_SHOWN
from db.models.waves import EVERYONE, Figure, Step

FEWEST = FEWEST_SHOWN
"""The smallest group that a figure tells of: itself, the rest of the list, and what a change adds."""
FEWEST_LISTED = 2 * FEWEST
"""The shortest list with figures: of a shorter one no number and its rest are both large enough."""

Key = tuple[Step, str]
"""A step and a segment."""


@dataclass(frozen=True)
class Count:
    """How many people of a list are counted in a wave, and how many of them have started and finished by now."""

    listed: int
    started: int = 0
    finished: int = 0

    def of(self, step: Step) -> int:
        """Return how many have reached this step."""
        return self.finished if step == "finished" else self.started


class Hidden(StrEnum):
    """Why a figure is no number."""

    SMALL = "small"
    """The list is too short for any figure: no number and its rest can both be five."""
    BESIDE = "beside"
    """Another segment is too small for any figure, and this one would give it away."""
    FEW = "few"
    """Fewer than five people have entered it."""
    STARTED = "started"
    """Fewer than ten people have started, so that nothing can be told of those who finished."""
    MORE = "more"
    """The group that it was last told of has grown, and fewer than five more people have entered it since."""
    ALL = "all"
    """Everyone on the list, or all but fewer than five."""
    STARTERS = "starters"
    """Everyone who started, or all but fewer than five."""
    SEGMENTS = "segments"
    """Segments can't be told apart yet: one of them has no number."""
    SUM = "sum"
    """It's the sum of segments of which one is hidden, and would give that away."""


Shown = int | Hidden


@dataclass(frozen=True)
class Row:
    """The figures of a segment, or of everybody, as owners may read them."""

    listed: int
    started: Shown
    finished: Shown


@dataclass(frozen=True)
class Figures:
    """The figures of a wave: by segment, and of everybody; none where fewer than ten people are counted in it."""

    segments: Mapping[str, Row]
    everyone: Row | None


def publish(wave_id: str, before: Iterable[Figure], counts: Mapping[str, Count]) -> tuple[Figure, ...]:
    """Return the figures of a wave to publish today, from those published before and today's counts by segment."""
    figures: dict[Key, Figure] = {(figure.step, figure.segment): figure for figure in before}
    steps: tuple[Step, Step] = ("started", "finished")
    for step in steps:
        rows: Mapping[str, Count] = {EVERYONE: total(counts.values())}
        if len(counts) == 1 or _is_parted(figures, step) or _can_be_parted(figures, counts, step):
            figures.pop((step, EVERYONE), None)
            rows = counts
        for segment, count in rows.items():
            new = _next(figures.get((step, segment)), count, step, _started_beside(figures, segment))
            if new is not None:
                figures[step, segment] = replace(new, wave_id=wave_id, segment=segment)
    return tuple(figures.values())


def figures_of(published: Iterable[Figure], listed: Mapping[str, int]) -> Figures:
    """Return the published figures of a wave as owners may read them; `listed` is its list by segment."""
    figures: dict[Key, Figure] = {(figure.step, figure.segment): figure for figure in published}
    is_even = min(listed.values(), default=0) >= FEWEST_LISTED
    segments = {
        name: _row(figures, name, n, is_several=len(listed) > 1, is_even=is_even)
        for name, n in listed.items()
    }
    everybody = sum(listed.values())
    if everybody < FEWEST_LISTED:
        return Figures(segments, None)
    if len(segments) == 1:
        return Figures(segments, next(iter(segments.values())))
    row = _row(figures, EVERYONE, everybody, is_several=True, is_even=is_even)
    if _is_parted(figures, "started"):
        row = replace(row, started=_sum([one.started for one in segments.values()]))
    if _is_parted(figures, "finished"):
        row = replace(row, finished=_sum([one.finished for one in segments.values()]))
    return Figures(segments, row)


def total(counts: Iterable[Count]) -> Count:
    """Return the counts of all segments together."""
    rows = tuple(counts)
    return Count(
        sum(row.listed for row in rows), sum(row.started for row in rows), sum(row.finished for row in rows)
    )


@dataclass(frozen=True)
class _Beside:
    """How many people were published as having started, beside a figure of those who finished."""

    count: int = 0
    is_number: bool = False
    """Whether owners read it as a number."""


def _is_parted(figures: Mapping[Key, Figure], step: Step) -> bool:
    """Return whether the segments' figures of this step are published, and no longer everybody's."""
    return any(of == step and segment != EVERYONE for of, segment in figures)


def _can_be_parted(figures: Mapping[Key, Figure], counts: Mapping[str, Count], step: Step) -> bool:
    """Return whether each segment's figure would be a number today, and their sum five more than was told before."""
    if step == "finished" and not _is_parted(figures, "started"):
        return False
    everyone = figures.get((step, EVERYONE))
    if total(counts.values()).of(step) < (everyone.count if everyone else 0) + FEWEST:
        return False
    new = (_next(None, count, step, _started_beside(figures, name)) for name, count in counts.items())
    return all(figure is not None and figure.form == "exact" for figure in new)


def _next(old: Figure | None, count: Count, step: Step, beside: _Beside) -> Figure | None:
    """Return the figure to publish in place of the old one; None to leave that as it is."""
    people = count.of(step)
    if count.listed < FEWEST_LISTED or people < (old.count if old else 0) + FEWEST:
        return None
    figure = Figure("", EVERYONE, step, people, count.listed, "exact")
    if count.listed - people < FEWEST:
        return replace(figure, form="all")
    if step == "finished" and count.started - people < FEWEST:
        # Of fewer than ten who started, the words would mean all of them, or nearly.
        return replace(figure, form="step", out_of=beside.count) if beside.count >= FEWEST_LISTED else None
    if step == "finished" and beside.is_number and beside.count - people < FEWEST:
        return None  # more people have started than is published yet: this one waits for that
    return figure


def _started_beside(figures: Mapping[Key, Figure], segment: str) -> _Beside:
    """Return what is published of those who started, in the same row."""
    found = [figures["started", segment]] if ("started", segment) in figures else []
    if segment == EVERYONE and _is_parted(figures, "started"):
        found = [figure for (step, _), figure in figures.items() if step == "started"]
    is_number = bool(found) and all(figure.form == "exact" for figure in found)
    return _Beside(sum(figure.count for figure in found), is_number)


def _row(figures: Mapping[Key, Figure], segment: str, listed: int, *, is_several: bool, is_even: bool) -> Row:
    """Return a row: one of several segments, or not; `is_even` when each of them is large enough for figures."""

    def shown(step: Step) -> Shown:
        if listed < FEWEST_LISTED:
            return Hidden.SMALL
        if segment != EVERYONE and is_several and not _is_parted(figures, step):
            return Hidden.SEGMENTS if is_even else Hidden.BESIDE
        beside, figure = _started_beside(figures, segment), figures.get((step, segment))
        if figure is None and step == "finished" and beside.count < FEWEST_LISTED:
            return Hidden.STARTED
        return _shown(figure, listed, beside)

    return Row(listed, shown("started"), shown("finished"))


def _shown(figure: Figure | None, listed: int, beside: _Beside) -> Shown:
    """Return a published figure as it may be read beside the list as it is now, and beside those who started.

    Words hold for the group that they were published of. When that has grown, the figure is hidden until the next one.
    """
    if figure is None:
        return Hidden.FEW
    if figure.form == "all":
        return Hidden.ALL if figure.out_of == listed else Hidden.MORE
    if figure.form == "step":
        return Hidden.STARTERS if figure.out_of == beside.count else Hidden.MORE
    return figure.count


def _sum(column: list[Shown]) -> Shown:
    numbers = [shown for shown in column if not isinstance(shown, Hidden)]
    return sum(numbers) if len(numbers) == len(column) else Hidden.SUM
