"""Figures of who took part: none points at anybody, alone, together with others, or over the days."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.participation import (
    Count,
    Figures,
    Hidden,
    Shown,
    figures_of,
    publish,
)
from db.models.waves import Figure

Counts = dict[str, Count]


def read_over(days: list[Counts]) -> list[Figures]:
    """What an owner reads on each of these days."""
    published: tuple[Figure, ...] = ()
    read = []
    for counts in days:
        published = publish("w1", published, counts)
        read.append(figures_of(published, {name: count.listed for name, count in counts.items()}))
    return read


def read_last(*days: Counts) -> Figures:
    """What an owner reads on the last of these days."""
    return read_over(list(days))[-1]


def row(listed: int, started: int = 0, finished: int = 0) -> tuple[Shown, Shown]:
    """What is read of a wave to one segment, on its first day."""
    everyone = read_last({"tech": Count(listed, started, finished)}).everyone
    assert everyone is not None
    return everyone.started, everyone.finished


@pytest.mark.parametrize(
    ("counts", "read"),
    [
        ((40, 20, 12), (20, 12)),
        ((40, 4, 0), (Hidden.FEW, Hidden.STARTED)),
        ((40, 5, 4), (5, Hidden.STARTED)),
        ((40, 12, 4), (12, Hidden.FEW)),
        ((40, 12, 12), (12, Hidden.STARTERS)),
        ((40, 12, 8), (12, Hidden.STARTERS)),
        ((40, 9, 9), (9, Hidden.STARTED)),  # of nine, the words would mean five at least
        ((40, 5, 5), (5, Hidden.STARTED)),
        ((40, 12, 7), (12, 7)),
        ((40, 36, 30), (Hidden.ALL, 30)),
        ((40, 35, 31), (35, Hidden.STARTERS)),
        ((40, 40, 36), (Hidden.ALL, Hidden.ALL)),
        ((10, 6, 5), (Hidden.ALL, Hidden.STARTED)),
        ((10, 5, 0), (5, Hidden.STARTED)),
    ],
)
def test_number_is_read_where_it_and_every_rest_are_five_people_or_more(
    counts: tuple[int, int, int], read: tuple[Shown, Shown]
) -> None:
    assert row(*counts) == read


@pytest.mark.parametrize("listed", [1, 4, 5, 9])
@pytest.mark.parametrize("gone", [0, 1])
def test_wave_to_fewer_than_ten_people_has_no_figures(listed: int, gone: int) -> None:
    found = read_last({"tech": Count(listed, listed - gone, listed - gone)})

    assert found.everyone is None
    assert [found.segments["tech"].started, found.segments["tech"].finished] == [Hidden.SMALL] * 2


def test_figure_stays_until_five_more_people_have_entered_it() -> None:
    days = [{"tech": Count(40, started)} for started in (4, 6, 10, 11, 15)]

    read = [one.everyone.started for one in read_over(days) if one.everyone is not None]

    assert read == [Hidden.FEW, 6, 6, 11, 11]


def test_published_figure_stays_when_people_delete_everything() -> None:
    read = read_last({"tech": Count(40, 20, 12)}, {"tech": Count(40, 18, 9)})

    assert read.everyone is not None
    assert (read.everyone.started, read.everyone.finished) == (20, 12)


def test_segments_are_read_together_or_not_at_all() -> None:
    apart = {"gtm": Count(20, 6), "tech": Count(30, 12)}
    few = {**apart, "gtm": Count(20, 4)}

    together, both = read_last(few), read_last(few, {**apart, "tech": Count(30, 16)})

    assert together.everyone is not None
    assert (together.everyone.started, together.segments["tech"].started) == (16, Hidden.SEGMENTS)
    assert both.everyone is not None
    assert [one.started for one in both.segments.values()] == [6, 16]
    assert both.everyone.started == 22


def test_everybody_is_the_sum_of_segments_read_on_different_days() -> None:
    first = {"gtm": Count(20, 6), "tech": Count(30, 12)}

    read = read_last(first, {"gtm": Count(20, 8), "tech": Count(30, 17)})

    assert read.everyone is not None
    assert [one.started for one in read.segments.values()] == [6, 17]
    assert read.everyone.started == 23


def test_words_are_taken_back_when_their_group_has_grown() -> None:
    starters = read_last({"tech": Count(40, 10, 8)}, {"tech": Count(40, 15, 8)})
    joined = read_last({"tech": Count(12, 8)}, {"tech": Count(20, 8)})

    assert starters.everyone is not None
    assert (starters.everyone.started, starters.everyone.finished) == (15, Hidden.MORE)
    assert joined.everyone is not None
    assert joined.everyone.started is Hidden.MORE


def test_segment_keeps_its_figure_when_another_one_joins() -> None:
    alone = {"tech": Count(30, 10)}

    read = read_last(alone, {"tech": Count(30, 9), "gtm": Count(20, 6)})

    assert read.everyone is not None
    assert [read.segments["tech"].started, read.segments["gtm"].started] == [10, 6]
    assert read.everyone.started == 16


def test_segment_too_small_for_figures_hides_the_others() -> None:
    read = read_last({"tech": Count(30, 20), "gtm": Count(3, 3)})

    assert read.everyone is not None
    assert [one.started for one in read.segments.values()] == [Hidden.BESIDE, Hidden.SMALL]
    assert read.everyone.started == 23


@st.composite
def histories(draw: st.DrawFn) -> list[Counts]:
    """Up to twelve days of up to three segments: lists grow, people start, finish, and sometimes delete it all.

    A segment may join in between, with new colleagues.
    """
    names = draw(st.lists(st.sampled_from(["", "gtm", "tech"]), min_size=1, max_size=3, unique=True))
    now = {name: Count(draw(st.integers(1, 40))) for name in sorted(names)}
    days = []
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.integers(0, 5)) == 0:
            now.setdefault(draw(st.sampled_from(["", "gtm", "tech"])), Count(draw(st.integers(1, 15))))
        for name, count in list(now.items()):
            listed = count.listed + draw(st.sampled_from([0, 0, 0, 1, 6]))
            started = min(listed, max(0, count.started + draw(st.integers(-1, 9))))
            finished = min(started, max(0, count.finished + draw(st.integers(-1, 9))))
            now[name] = Count(listed, started, finished)
        days.append(dict(now))
    return days


def numbers(read: Figures, step: str) -> dict[str, int]:
    """Every number of a step that is read on a day, by segment; everybody's under * where there are several."""
    several = read.everyone is not None and len(read.segments) > 1
    rows = {**read.segments, **({"*": read.everyone} if several else {})}
    found = {name: getattr(one, step) for name, one in rows.items()}
    return {name: shown for name, shown in found.items() if isinstance(shown, int)}


@given(histories())
def test_no_number_tells_of_fewer_than_five_people(days: list[Counts]) -> None:
    for counts, read in zip(days, read_over(days), strict=True):
        listed = {name: count.listed for name, count in counts.items()}
        listed["*"] = sum(listed.values())
        started, finished = numbers(read, "started"), numbers(read, "finished")
        for name, n in [*started.items(), *finished.items()]:
            assert 5 <= n <= listed[name] - 5
        for name in started.keys() & finished.keys():
            assert finished[name] <= started[name] - 5


@given(histories())
def test_no_number_follows_from_others_of_the_same_day(days: list[Counts]) -> None:
    for read in read_over(days):
        if len(read.segments) == 1:
            continue
        for step in ("started", "finished"):
            found = numbers(read, step)
            everyone = found.pop("*", None)
            if everyone is not None:
                assert not found or (len(found) == len(read.segments) and sum(found.values()) == everyone)


@given(histories())
def test_no_number_ever_changes_by_fewer_than_five_people(days: list[Counts]) -> None:
    for step in ("started", "finished"):
        last: dict[str, int] = {}
        for read in read_over(days):
            for name, n in numbers(read, step).items():
                assert n == last.get(name, n) or n >= last[name] + 5
                last[name] = n


@given(histories())
def test_segments_never_give_everybodys_earlier_figure_away(days: list[Counts]) -> None:
    """Everybody's figure, and later the sum of the segments, are the same or five people apart."""
    for step in ("started", "finished"):
        for before, after in pairwise(read_over(days)):
            earlier, later = numbers(before, step).get("*"), numbers(after, step)
            later.pop("*", None)
            if earlier is not None and len(later) == len(after.segments) > 1:
                assert sum(later.values()) == earlier or sum(later.values()) >= earlier + 5


@given(histories())
def test_figures_are_what_people_did_on_some_day(days: list[Counts]) -> None:
    seen: dict[str, set[int]] = {"started": set(), "finished": set()}
    for counts, read in zip(days, read_over(days), strict=True):
        for step, were in seen.items():
            were |= {getattr(count, step) for count in counts.values()}
            were.add(sum(getattr(count, step) for count in counts.values()))
            found = numbers(read, step)
            parts = sum(n for name, n in found.items() if name != "*")
            assert {n for n in found.values() if n != parts} <= were
