"""Participation figures, published so that nobody can work out who took part and who didn't.

A figure is published from five people on, once a day, and stays as it is until five more people have entered it. It
is a number only where it and every rest are five people or more: the list without it, and the step before without it.
The figures of segments are published together, and from then on everybody's figure is their sum: two figures taken on
different days would reveal the few people in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.rules.waves import SMALLEST_SHOWN_GROUP
from db.models.waves import ALL_SEGMENTS, FigureStep, PublishedFigure

SMALLEST_GROUP = SMALLEST_SHOWN_GROUP
"""The smallest group that a figure describes: itself, the rest of the list, and what a change adds."""
SHORTEST_LIST = 2 * SMALLEST_GROUP
"""The shortest list with figures: of a shorter one no number and its rest are both large enough."""

FigureKey = tuple[FigureStep, str]
"""A step and a segment."""


@dataclass(frozen=True)
class ParticipationCount:
    """The number of people on a list who are counted in a wave, and of those who have started and finished by now."""

    listed: int
    started: int = 0
    finished: int = 0

    def count_at(self, step: FigureStep) -> int:
        """Return the number of people who have reached this step."""
        return self.finished if step == "finished" else self.started


class HiddenReason(StrEnum):
    """Why a figure is no number."""

    SMALL = "small"
    """The list is too short for any figure: no number and its rest can both be five."""
    BESIDE = "beside"
    """Another segment is too small for any figure, and this one would give it away."""
    FEW = "few"
    """Fewer than five people have entered it."""
    STARTED = "started"
    """Fewer than ten people have started, so that nothing can be said about those who finished."""
    MORE = "more"
    """The group has grown since its last figure, and fewer than five more people have entered it."""
    ALL = "all"
    """Everyone on the list, or all but fewer than five."""
    STARTERS = "starters"
    """Everyone who started, or all but fewer than five."""
    SEGMENTS = "segments"
    """Segments can't be shown separately yet: one of them has no number."""
    SUM = "sum"
    """It's the sum of segments of which one is hidden, and would give that away."""


FigureValue = int | HiddenReason


@dataclass(frozen=True)
class PublishedRow:
    """The figures of a segment, or of everybody, as owners may read them."""

    listed: int
    started: FigureValue
    finished: FigureValue


@dataclass(frozen=True)
class PublishedFigures:
    """The figures of a wave: by segment, and of everybody; none where fewer than ten people are counted in it."""

    segments: Mapping[str, PublishedRow]
    everyone: PublishedRow | None


def next_published_figures(
    wave_id: str, before: Iterable[PublishedFigure], counts: Mapping[str, ParticipationCount]
) -> tuple[PublishedFigure, ...]:
    """Return the figures of a wave to publish today, from those published before and today's counts by segment."""
    figures: dict[FigureKey, PublishedFigure] = {(figure.step, figure.segment): figure for figure in before}
    steps: tuple[FigureStep, FigureStep] = ("started", "finished")
    for step in steps:
        rows: Mapping[str, ParticipationCount] = {ALL_SEGMENTS: sum_counts(counts.values())}
        if (
            len(counts) == 1
            or _is_split_by_segment(figures, step)
            or _can_split_by_segment(figures, counts, step)
        ):
            figures.pop((step, ALL_SEGMENTS), None)
            rows = counts
        for segment, count in rows.items():
            new = _next_figure(figures.get((step, segment)), count, step, _started_figure(figures, segment))
            if new is not None:
                figures[step, segment] = replace(new, wave_id=wave_id, segment=segment)
    return tuple(figures.values())


def figures_for_owners(published: Iterable[PublishedFigure], listed: Mapping[str, int]) -> PublishedFigures:
    """Return the published figures of a wave as owners may read them; `listed` is its list by segment."""
    figures: dict[FigureKey, PublishedFigure] = {
        (figure.step, figure.segment): figure for figure in published
    }
    is_even = min(listed.values(), default=0) >= SHORTEST_LIST
    segments = {
        name: _published_row(figures, name, n, is_several=len(listed) > 1, is_even=is_even)
        for name, n in listed.items()
    }
    everybody = sum(listed.values())
    if everybody < SHORTEST_LIST:
        return PublishedFigures(segments, None)
    if len(segments) == 1:
        return PublishedFigures(segments, next(iter(segments.values())))
    row = _published_row(figures, ALL_SEGMENTS, everybody, is_several=True, is_even=is_even)
    if _is_split_by_segment(figures, "started"):
        row = replace(row, started=_sum_values([one.started for one in segments.values()]))
    if _is_split_by_segment(figures, "finished"):
        row = replace(row, finished=_sum_values([one.finished for one in segments.values()]))
    return PublishedFigures(segments, row)


def sum_counts(counts: Iterable[ParticipationCount]) -> ParticipationCount:
    """Return the counts of all segments together."""
    rows = tuple(counts)
    return ParticipationCount(
        sum(row.listed for row in rows), sum(row.started for row in rows), sum(row.finished for row in rows)
    )


@dataclass(frozen=True)
class _StartedFigure:
    """The published number of people who started, next to a figure of those who finished."""

    count: int = 0
    is_number: bool = False
    """Whether owners read it as a number."""


def _is_split_by_segment(figures: Mapping[FigureKey, PublishedFigure], step: FigureStep) -> bool:
    """Return whether the segments' figures of this step are published, and no longer everybody's."""
    return any(of == step and segment != ALL_SEGMENTS for of, segment in figures)


def _can_split_by_segment(
    figures: Mapping[FigureKey, PublishedFigure], counts: Mapping[str, ParticipationCount], step: FigureStep
) -> bool:
    """Return whether each segment's figure would be a number today, and their sum five more than the last one."""
    if step == "finished" and not _is_split_by_segment(figures, "started"):
        return False
    everyone = figures.get((step, ALL_SEGMENTS))
    if sum_counts(counts.values()).count_at(step) < (everyone.count if everyone else 0) + SMALLEST_GROUP:
        return False
    new = (_next_figure(None, count, step, _started_figure(figures, name)) for name, count in counts.items())
    return all(figure is not None and figure.form == "exact" for figure in new)


def _next_figure(
    old: PublishedFigure | None, count: ParticipationCount, step: FigureStep, started: _StartedFigure
) -> PublishedFigure | None:
    """Return the figure to publish in place of the old one; None to leave that as it is."""
    people = count.count_at(step)
    if count.listed < SHORTEST_LIST or people < (old.count if old else 0) + SMALLEST_GROUP:
        return None
    figure = PublishedFigure("", ALL_SEGMENTS, step, people, count.listed, "exact")
    if count.listed - people < SMALLEST_GROUP:
        return replace(figure, form="all")
    if step == "finished" and count.started - people < SMALLEST_GROUP:
        # Of fewer than ten who started, the words would mean all of them, or nearly.
        return replace(figure, form="step", out_of=started.count) if started.count >= SHORTEST_LIST else None
    if step == "finished" and started.is_number and started.count - people < SMALLEST_GROUP:
        return None  # more people have started than is published yet: this one waits for that
    return figure


def _started_figure(figures: Mapping[FigureKey, PublishedFigure], segment: str) -> _StartedFigure:
    """Return what is published of those who started, in the same row."""
    found = [figures["started", segment]] if ("started", segment) in figures else []
    if segment == ALL_SEGMENTS and _is_split_by_segment(figures, "started"):
        found = [figure for (step, _), figure in figures.items() if step == "started"]
    is_number = bool(found) and all(figure.form == "exact" for figure in found)
    return _StartedFigure(sum(figure.count for figure in found), is_number)


def _published_row(
    figures: Mapping[FigureKey, PublishedFigure],
    segment: str,
    listed: int,
    *,
    is_several: bool,
    is_even: bool,
) -> PublishedRow:
    """Return a row: one of several segments, or not; `is_even` when each of them is large enough for figures."""

    def value_of(step: FigureStep) -> FigureValue:
        if listed < SHORTEST_LIST:
            return HiddenReason.SMALL
        if segment != ALL_SEGMENTS and is_several and not _is_split_by_segment(figures, step):
            return HiddenReason.SEGMENTS if is_even else HiddenReason.BESIDE
        started, figure = _started_figure(figures, segment), figures.get((step, segment))
        if figure is None and step == "finished" and started.count < SHORTEST_LIST:
            return HiddenReason.STARTED
        return _readable_value(figure, listed, started)

    return PublishedRow(listed, value_of("started"), value_of("finished"))


def _readable_value(figure: PublishedFigure | None, listed: int, started: _StartedFigure) -> FigureValue:
    """Return a published figure as it may be read next to the list as it is now, and next to those who started.

    Words hold for the group that they described. When that has grown, the figure is hidden until the next one.
    """
    if figure is None:
        return HiddenReason.FEW
    if figure.form == "all":
        return HiddenReason.ALL if figure.out_of == listed else HiddenReason.MORE
    if figure.form == "step":
        return HiddenReason.STARTERS if figure.out_of == started.count else HiddenReason.MORE
    return figure.count


def _sum_values(column: list[FigureValue]) -> FigureValue:
    numbers = [shown for shown in column if not isinstance(shown, HiddenReason)]
    return sum(numbers) if len(numbers) == len(column) else HiddenReason.SUM
