"""Long texts are cut between sentences and come together again without a character lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import cut, join, paragraph_pieces, pieces, to_slack, utf16_units

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
LONG = st.lists(
    st.sampled_from(
        [
            "A sentence. ",
            "جملة قصيرة. ",
            "word ",
            "&",
            "<",
            ">",
            "\n",
            "\n\n",
            " \n \n",
            "x" * 30,
            FAMILY,
            "🇸🇦",
            "e\u0301",
        ]
    ),
    max_size=60,
).map("".join) | st.text(max_size=200)


@given(LONG, st.integers(20, 120))
def test_pieces_are_the_text_when_they_are_joined(text: str, limit: int) -> None:
    parts = pieces(text, limit)

    assert "".join(parts) == text
    assert all(0 < utf16_units(to_slack(part)) <= limit for part in parts)


@given(LONG, st.integers(20, 120), st.integers(1, 5))
def test_paragraphs_are_the_text_when_they_are_joined(text: str, limit: int, most: int) -> None:
    taken = paragraph_pieces(text, limit, most)

    assert join(taken.pieces, taken.separators) == text
    assert len(taken.separators) == len(taken.pieces) - 1
    assert all(utf16_units(piece) <= limit for piece in taken.pieces)
    assert all(separator.strip() == "" for separator in taken.separators)


@given(LONG, st.integers(1, 300))
def test_what_is_seen_is_the_beginning_of_the_text_and_fits(text: str, limit: int) -> None:
    seen = cut(text, limit)

    assert text.startswith(seen)
    assert utf16_units(seen) <= limit or utf16_units(text[0]) > limit


def test_pieces_end_with_a_sentence_when_one_fits() -> None:
    text = "The first one. The second one is longer. And a third."

    assert pieces(text, 45) == ("The first one. The second one is longer. ", "And a third.")


def test_pieces_count_what_escaping_adds_when_the_text_is_full_of_signs() -> None:
    assert pieces("&&&&", 10) == ("&&", "&&")


@pytest.mark.parametrize("whole", [FAMILY, "🇸🇦", "👋🏽", "e\u0301\u0302", "1\ufe0f\u20e3"])
def test_what_is_one_to_the_eye_is_never_taken_apart_while_it_fits(whole: str) -> None:
    limit = 2 * utf16_units(whole) + 1

    assert set(pieces(whole * 9, max(limit, 6))) <= {whole * count for count in range(1, 10)}


def test_a_limit_is_refused_when_no_character_fits_into_it() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        pieces("a", 3)


def test_the_editor_opens_in_paragraphs_when_there_are_blank_lines() -> None:
    taken = paragraph_pieces("One.\n\nTwo. Still two.\n \n\nThree.", 2_800)

    assert taken.pieces == ("One.", "Two. Still two.", "Three.")
    assert taken.separators == ("\n\n", "\n \n\n")


def test_paragraphs_share_a_field_when_there_are_too_many() -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(100))

    taken = paragraph_pieces(text, 400, most=10)

    assert len(taken.pieces) <= 10
    assert join(taken.pieces, taken.separators) == text


def test_an_emptied_paragraph_takes_its_separator_along_when_the_text_is_joined() -> None:
    assert join(("One.", "", "Three."), ("\n\n", "\n\n")) == "One.\n\nThree."
    assert join(("", "Two."), ("\n\n",)) == "Two."


def test_forty_thousand_characters_are_kept_whole_when_they_are_cut() -> None:
    text = "كلمة & جملة. " * 3_200

    assert "".join(pieces(text, 2_900)) == text
    taken = paragraph_pieces(text, 2_800)
    assert join(taken.pieces, taken.separators) == text


def test_only_whole_words_are_seen_when_the_opening_is_long() -> None:
    assert cut("one two three", 9) == "one two"
    assert cut("one two three", 7) == "one two"
    assert cut("one two", 7) == "one two"
