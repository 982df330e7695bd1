"""Direction controls in somebody's words can't change the surrounding text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import isolate_bidi, neutralize_bidi

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("plain", "plain"),
        ("pay \u202etxt.exe", "pay txt.exe"),
        ("pay \u202etxt\u202c.exe", "pay txt.exe"),
        ("\u2067balanced\u2069", "\u2067balanced\u2069"),
        ("\u202bbalanced\u202c", "\u202bbalanced\u202c"),
        ("\u2067open", "open"),
        ("closed\u2069", "closed"),
        ("\u2067crossed\u202c", "crossed"),
        ("\u2067one line\nthe next\u2069", "one line\nthe next"),
        ("قصة\u200f عادية", "قصة\u200f عادية"),
    ],
)
def test_only_what_would_reach_its_neighbours_is_left_out_when_a_text_is_shown(
    stored: str, shown: str
) -> None:
    assert neutralize_bidi(stored) == shown


@given(st.text(CONTROLS + "ab\nق"))
def test_a_shown_text_is_settled_and_balanced_whatever_was_typed(text: str) -> None:
    shown = neutralize_bidi(text)

    assert neutralize_bidi(shown) == shown
    for line in shown.split("\n"):
        assert sum(map(line.count, "\u2066\u2067\u2068")) == line.count("\u2069")
        assert sum(map(line.count, "\u202a\u202b")) == line.count("\u202c")
        assert not set("\u202d\u202e") & set(line)


def test_a_name_is_isolated_in_somebody_elses_sentence() -> None:
    assert isolate_bidi("سلمى\u2069") == "\u2068سلمى\u2069"
