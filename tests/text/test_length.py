"""Lengths are never shorter than another counter's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.text import largest_counted_length, utf16_length


def test_a_character_beyond_the_first_plane_counts_twice_when_units_are_counted() -> None:
    assert utf16_length("a👋") == 3
    assert largest_counted_length("قصة👋") == 5


@given(st.text())
def test_the_length_is_the_larger_of_both_counts_for_any_text(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    assert largest_counted_length(text) == max(len(text), utf16_length(text))
