"""Two spellings of one word fold to the same string, and words are counted as people count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import count_words, fold, folded_words, split_words, to_nfc, tokenize, words_for_comparison


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Story", "sTORY"),
        ("إأآٱ", "اااا"),
        ("قِصَّةٌ", "قصه"),
        ("الـقـصـة", "القصة"),
        ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("قائمة", "قايمه"),
        ("ﻗﺼﺔ", "قصة"),
        ("ｆｕｌｌ", "full"),
        ("cafe\u0301", "café"),
        ("I’m", "i'm"),
        ("هذٰا", "هذا"),
    ],
)
def test_spellings_are_the_same_after_folding(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "similar"),
    [
        ("والقصة", ("قصه",)),
        ("فالقصة", ("قصه",)),
        ("بالقصة كالقصة للقصة القصة", ("قصه", "قصه", "قصه", "قصه")),
        ("ورد", ("ورد",)),
        ("وقفت", ("وقفت",)),
        ("ووقفت", ("وقفت",)),
        ("ال", ("ال",)),
        ("Walk", ("walk",)),
    ],
)
def test_what_arabic_glues_to_the_front_goes_when_texts_are_compared(
    text: str, similar: tuple[str, ...]
) -> None:
    assert words_for_comparison(text) == similar


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("… — !", 0),
        ("I'm here", 2),
        ("a state-of-the-art thing", 3),
        ("3.5 and 1,300 and ٣٫٥", 5),
        ("كَتَبَ الدَّرسَ", 2),
        ("Hello👋world", 2),
        ("don’t stop", 2),
        ("snake_case", 2),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert count_words(text) == count
    assert len(split_words(text)) == count


def test_the_shown_form_is_composed_when_a_text_comes_decomposed() -> None:
    assert to_nfc("cafe\u0301") == "café"


@given(st.text())
def test_folding_twice_changes_nothing_more_when_matching(text: str) -> None:
    assert fold(fold(fold(text))) == fold(fold(text))


@given(st.text())
def test_every_token_has_its_place(text: str) -> None:
    for token in tokenize(text):
        assert token.word == fold(text[token.start : token.end])
    assert len(tokenize(text)) == len(split_words(text)) == count_words(text)
    assert isinstance(folded_words(text), tuple)
