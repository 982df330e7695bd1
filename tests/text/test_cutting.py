"""Long texts are split between sentences and joined again without losing a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import (
    escape_mrkdwn,
    join_parts,
    split_for_slack,
    split_into_editor_fields,
    truncate_at_word,
    utf16_length,
)

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
LONG_TEXTS = st.lists(
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


@given(LONG_TEXTS, st.integers(20, 120))
def test_pieces_are_the_text_when_they_are_joined(text: str, limit: int) -> None:
    parts = split_for_slack(text, limit)

    assert "".join(parts) == text
    assert all(0 < utf16_length(escape_mrkdwn(part)) <= limit for part in parts)


@given(LONG_TEXTS, st.integers(20, 120), st.integers(1, 5))
def test_paragraphs_are_the_text_when_they_are_joined(text: str, limit: int, most: int) -> None:
    taken = split_into_editor_fields(text, limit, most)

    assert join_parts(taken.parts, taken.separators) == text
    assert len(taken.separators) == len(taken.parts) - 1
    assert all(utf16_length(piece) <= limit for piece in taken.parts)
    assert all(separator.strip() == "" for separator in taken.separators)


@given(LONG_TEXTS, st.integers(1, 300))
def test_preview_is_the_start_of_the_text_and_fits(text: str, limit: int) -> None:
    seen = truncate_at_word(text, limit)

    assert text.startswith(seen)
    assert utf16_length(seen) <= limit or utf16_length(text[0]) > limit


def test_pieces_end_with_a_sentence_when_one_fits() -> None:
    text = "The first one. The second one is longer. And a third."

    assert split_for_slack(text, 45) == ("The first one. The second one is longer. ", "And a third.")


def test_pieces_count_what_escaping_adds_when_the_text_is_full_of_signs() -> None:
    assert split_for_slack("&&&&", 10) == ("&&", "&&")


@pytest.mark.parametrize("whole", [FAMILY, "🇸🇦", "👋🏽", "e\u0301\u0302", "1\ufe0f\u20e3"])
def test_a_visible_unit_is_never_split_while_it_fits(whole: str) -> None:
    limit = 2 * utf16_length(whole) + 1

    assert set(split_for_slack(whole * 9, max(limit, 6))) <= {whole * count for count in range(1, 10)}


def test_a_limit_is_refused_when_no_character_fits_into_it() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        split_for_slack("a", 3)


def test_the_editor_opens_in_paragraphs_when_there_are_blank_lines() -> None:
    taken = split_into_editor_fields("One.\n\nTwo. Still two.\n \n\nThree.", 2_800)

    assert taken.parts == ("One.", "Two. Still two.", "Three.")
    assert taken.separators == ("\n\n", "\n \n\n")


def test_paragraphs_share_a_field_when_there_are_too_many() -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(100))

    taken = split_into_editor_fields(text, 400, max_parts=10)

    assert len(taken.parts) <= 10
    assert join_parts(taken.parts, taken.separators) == text


def test_an_emptied_paragraph_takes_its_separator_along_when_the_text_is_joined() -> None:
    assert join_parts(("One.", "", "Three."), ("\n\n", "\n\n")) == "One.\n\nThree."
    assert join_parts(("", "Two."), ("\n\n",)) == "Two."


def test_forty_thousand_characters_are_kept_whole_when_they_are_cut() -> None:
    text = "كلمة & جملة. " * 3_200

    assert "".join(split_for_slack(text, 2_900)) == text
    taken = split_into_editor_fields(text, 2_800)
    assert join_parts(taken.parts, taken.separators) == text


def test_only_whole_words_are_seen_when_the_opening_is_long() -> None:
    assert truncate_at_word("one two three", 9) == "one two"
    assert truncate_at_word("one two three", 7) == "one two"
    assert truncate_at_word("one two", 7) == "one two"
