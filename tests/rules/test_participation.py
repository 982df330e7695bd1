"""Numbers of who took part: none points at anybody, alone or together with the others."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.participation import Count, Share, shares
from bot.rules.waves import Hidden

HIDDEN = Hidden()


@pytest.mark.parametrize(
    ("count", "share"),
    [
        (Count(40, 20, 12), Share(40, 20, 12)),
        (Count(40, 0, 0), Share(40, HIDDEN, HIDDEN)),
        (Count(40, 12, 12), Share(40, 12, 12)),
        (Count(40, 12, 9), Share(40, HIDDEN, 9)),  # three on their way
        (Count(40, 40, 38), Share(40, HIDDEN, HIDDEN)),  # two who have not finished
        (Count(4, 4, 4), Share(4, HIDDEN, HIDDEN)),
    ],
)
def test_small_numbers_and_their_complements_are_hidden(count: Count, share: Share) -> None:
    assert shares({"tech": count, "gtm": Count(400, 200, 150)}).segments["tech"] == share


def test_number_hidden_alone_takes_the_smallest_other_one_with_it() -> None:
    counts = {"tech": Count(40, 20, 3), "gtm": Count(40, 20, 10), "other": Count(40, 20, 15)}

    found = shares(counts)

    assert [row.finished for row in found.segments.values()] == [HIDDEN, HIDDEN, 15]
    assert found.total.finished == 28


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """A segment of up to sixty people."""
    invited = draw(st.integers(0, 60))
    started = draw(st.integers(0, invited))
    return Count(invited, started, draw(st.integers(0, started)))


@given(st.lists(counts(), min_size=1, max_size=4))
def test_no_column_gives_a_hidden_number_away_by_its_sum(rows: list[Count]) -> None:
    found = shares({str(n): row for n, row in enumerate(rows)})

    shown = [*found.segments.values(), found.total]
    for column, row in product(("started", "finished"), shown):
        n = getattr(row, column)
        assert isinstance(n, Hidden) or 5 <= n <= row.invited - 5
    for column in ("started", "finished"):
        hidden = sum(isinstance(getattr(row, column), Hidden) for row in shown)
        assert hidden != 1 or len(shown) == 1
    for row in shown:
        if not isinstance(row.started, Hidden) and not isinstance(row.finished, Hidden):
            assert not 0 < row.started - row.finished < 5
