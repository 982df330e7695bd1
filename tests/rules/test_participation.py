"""Figures of who took part: none points at anybody, alone, together with others, or over the days."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.participation import (
    FigureValue,
    HiddenReason,
    ParticipationCount,
    PublishedFigures,
    figures_for_owners,
    next_published_figures,
)
from db.models.waves import PublishedFigure

Counts = dict[str, ParticipationCount]


def figures_per_day(days: list[Counts]) -> list[PublishedFigures]:
    """Return what an owner reads on each of these days."""
    published: tuple[PublishedFigure, ...] = ()
    read = []
    for counts in days:
        published = next_published_figures("w1", published, counts)
        read.append(figures_for_owners(published, {name: count.listed for name, count in counts.items()}))
    return read


def figures_of_last_day(*days: Counts) -> PublishedFigures:
    """Return what an owner reads on the last of these days."""
    return figures_per_day(list(days))[-1]


def published_row(listed: int, started: int = 0, finished: int = 0) -> tuple[FigureValue, FigureValue]:
    """Return what an owner reads of a wave for one segment, on its first day."""
    everyone = figures_of_last_day({"tech": ParticipationCount(listed, started, finished)}).everyone
    assert everyone is not None
    return everyone.started, everyone.finished


@pytest.mark.parametrize(
    ("counts", "read"),
    [
        ((40, 20, 12), (20, 12)),
        ((40, 4, 0), (HiddenReason.FEW, HiddenReason.STARTED)),
        ((40, 5, 4), (5, HiddenReason.STARTED)),
        ((40, 12, 4), (12, HiddenReason.FEW)),
        ((40, 12, 12), (12, HiddenReason.STARTERS)),
        ((40, 12, 8), (12, HiddenReason.STARTERS)),
        ((40, 9, 9), (9, HiddenReason.STARTED)),  # of nine, the words would mean five at least
        ((40, 5, 5), (5, HiddenReason.STARTED)),
        ((40, 12, 7), (12, 7)),
        ((40, 36, 30), (HiddenReason.ALL, 30)),
        ((40, 35, 31), (35, HiddenReason.STARTERS)),
        ((40, 40, 36), (HiddenReason.ALL, HiddenReason.ALL)),
        ((10, 6, 5), (HiddenReason.ALL, HiddenReason.STARTED)),
        ((10, 5, 0), (5, HiddenReason.STARTED)),
    ],
)
def test_number_is_read_where_it_and_every_rest_are_five_people_or_more(
    counts: tuple[int, int, int], read: tuple[FigureValue, FigureValue]
) -> None:
    assert published_row(*counts) == read


@pytest.mark.parametrize("listed", [1, 4, 5, 9])
@pytest.mark.parametrize("gone", [0, 1])
def test_wave_to_fewer_than_ten_people_has_no_figures(listed: int, gone: int) -> None:
    found = figures_of_last_day({"tech": ParticipationCount(listed, listed - gone, listed - gone)})

    assert found.everyone is None
    assert [found.segments["tech"].started, found.segments["tech"].finished] == [HiddenReason.SMALL] * 2


def test_figure_stays_until_five_more_people_have_entered_it() -> None:
    days = [{"tech": ParticipationCount(40, started)} for started in (4, 6, 10, 11, 15)]

    read = [one.everyone.started for one in figures_per_day(days) if one.everyone is not None]

    assert read == [HiddenReason.FEW, 6, 6, 11, 11]


def test_published_figure_stays_when_people_delete_everything() -> None:
    read = figures_of_last_day(
        {"tech": ParticipationCount(40, 20, 12)}, {"tech": ParticipationCount(40, 18, 9)}
    )

    assert read.everyone is not None
    assert (read.everyone.started, read.everyone.finished) == (20, 12)


def test_segments_are_read_together_or_not_at_all() -> None:
    apart = {"gtm": ParticipationCount(20, 6), "tech": ParticipationCount(30, 12)}
    few = {**apart, "gtm": ParticipationCount(20, 4)}

    together, both = (
        figures_of_last_day(few),
        figures_of_last_day(few, {**apart, "tech": ParticipationCount(30, 16)}),
    )

    assert together.everyone is not None
    assert (together.everyone.started, together.segments["tech"].started) == (16, HiddenReason.SEGMENTS)
    assert both.everyone is not None
    assert [one.started for one in both.segments.values()] == [6, 16]
    assert both.everyone.started == 22


def test_everybody_is_the_sum_of_segments_read_on_different_days() -> None:
    first = {"gtm": ParticipationCount(20, 6), "tech": ParticipationCount(30, 12)}

    read = figures_of_last_day(first, {"gtm": ParticipationCount(20, 8), "tech": ParticipationCount(30, 17)})

    assert read.everyone is not None
    assert [one.started for one in read.segments.values()] == [6, 17]
    assert read.everyone.started == 23


def test_words_are_taken_back_when_their_group_has_grown() -> None:
    starters = figures_of_last_day(
        {"tech": ParticipationCount(40, 10, 8)}, {"tech": ParticipationCount(40, 15, 8)}
    )
    joined = figures_of_last_day({"tech": ParticipationCount(12, 8)}, {"tech": ParticipationCount(20, 8)})

    assert starters.everyone is not None
    assert (starters.everyone.started, starters.everyone.finished) == (15, HiddenReason.MORE)
    assert joined.everyone is not None
    assert joined.everyone.started is HiddenReason.MORE


def test_segment_keeps_its_figure_when_another_one_joins() -> None:
    alone = {"tech": ParticipationCount(30, 10)}

    read = figures_of_last_day(alone, {"tech": ParticipationCount(30, 9), "gtm": ParticipationCount(20, 6)})

    assert read.everyone is not None
    assert [read.segments["tech"].started, read.segments["gtm"].started] == [10, 6]
    assert read.everyone.started == 16


def test_segment_too_small_for_figures_hides_the_others() -> None:
    read = figures_of_last_day({"tech": ParticipationCount(30, 20), "gtm": ParticipationCount(3, 3)})

    assert read.everyone is not None
    assert [one.started for one in read.segments.values()] == [HiddenReason.BESIDE, HiddenReason.SMALL]
    assert read.everyone.started == 23


@st.composite
def count_histories(draw: st.DrawFn) -> list[Counts]:
    """Draw up to twelve days of up to three segments: lists grow, people start, finish, and sometimes delete it all.

    A segment may be added in between, with new colleagues.
    """
    names = draw(st.lists(st.sampled_from(["", "gtm", "tech"]), min_size=1, max_size=3, unique=True))
    now = {name: ParticipationCount(draw(st.integers(1, 40))) for name in sorted(names)}
    days = []
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.integers(0, 5)) == 0:
            now.setdefault(
                draw(st.sampled_from(["", "gtm", "tech"])), ParticipationCount(draw(st.integers(1, 15)))
            )
        for name, count in list(now.items()):
            listed = count.listed + draw(st.sampled_from([0, 0, 0, 1, 6]))
            started = min(listed, max(0, count.started + draw(st.integers(-1, 9))))
            finished = min(started, max(0, count.finished + draw(st.integers(-1, 9))))
            now[name] = ParticipationCount(listed, started, finished)
        days.append(dict(now))
    return days


def published_numbers(read: PublishedFigures, step: str) -> dict[str, int]:
    """Return the numbers of a step shown on a day, by segment; everybody's under * where there are several."""
    several = read.everyone is not None and len(read.segments) > 1
    rows = {**read.segments, **({"*": read.everyone} if several else {})}
    found = {name: getattr(one, step) for name, one in rows.items()}
    return {name: shown for name, shown in found.items() if isinstance(shown, int)}


@given(count_histories())
def test_no_number_tells_of_fewer_than_five_people(days: list[Counts]) -> None:
    for counts, read in zip(days, figures_per_day(days), strict=True):
        listed = {name: count.listed for name, count in counts.items()}
        listed["*"] = sum(listed.values())
        started, finished = published_numbers(read, "started"), published_numbers(read, "finished")
        for name, n in [*started.items(), *finished.items()]:
            assert 5 <= n <= listed[name] - 5
        for name in started.keys() & finished.keys():
            assert finished[name] <= started[name] - 5


@given(count_histories())
def test_no_number_follows_from_others_of_the_same_day(days: list[Counts]) -> None:
    for read in figures_per_day(days):
        if len(read.segments) == 1:
            continue
        for step in ("started", "finished"):
            found = published_numbers(read, step)
            everyone = found.pop("*", None)
            if everyone is not None:
                assert not found or (len(found) == len(read.segments) and sum(found.values()) == everyone)


@given(count_histories())
def test_no_number_ever_changes_by_fewer_than_five_people(days: list[Counts]) -> None:
    for step in ("started", "finished"):
        last: dict[str, int] = {}
        for read in figures_per_day(days):
            for name, n in published_numbers(read, step).items():
                assert n == last.get(name, n) or n >= last[name] + 5
                last[name] = n


@given(count_histories())
def test_segments_never_give_everybodys_earlier_figure_away(days: list[Counts]) -> None:
    """Compare everybody's figure with the later sum of the segments: they're equal or at least five people apart."""
    for step in ("started", "finished"):
        for before, after in pairwise(figures_per_day(days)):
            earlier, later = published_numbers(before, step).get("*"), published_numbers(after, step)
            later.pop("*", None)
            if earlier is not None and len(later) == len(after.segments) > 1:
                assert sum(later.values()) == earlier or sum(later.values()) >= earlier + 5


@given(count_histories())
def test_figures_are_what_people_did_on_some_day(days: list[Counts]) -> None:
    seen: dict[str, set[int]] = {"started": set(), "finished": set()}
    for counts, read in zip(days, figures_per_day(days), strict=True):
        for step, were in seen.items():
            were |= {getattr(count, step) for count in counts.values()}
            were.add(sum(getattr(count, step) for count in counts.values()))
            found = published_numbers(read, step)
            parts = sum(n for name, n in found.items() if name != "*")
            assert {n for n in found.values() if n != parts} <= were
