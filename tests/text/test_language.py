"""The language of a text follows the script of its letters."""

from __future__ import annotations

import pytest

from bot.text import Language, arabic_share, detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I build things", "en"),
        ("أبني الأشياء", "ar"),
        ("أنا أعمل على APIs و Kubernetes", "en"),
        ("أنا أعمل كل يوم على APIs", "ar"),
        ("اب ab", "ar"),
        ("ابc de", "en"),
        ("123 … 👋 ١٢٣", None),
        ("", None),
        ("Ich baue Dinge", "en"),
        ("ﻗﺼﺔ", "ar"),
    ],
)
def test_the_language_is_that_of_half_the_letters_or_more(text: str, expected: Language | None) -> None:
    assert detect_language(text) == expected


def test_the_share_counts_letters_only_among_digits() -> None:
    assert arabic_share("اب 123 cd؟") == 0.5
    assert arabic_share("123") is None
