"""The formulas agree with another implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.readability import lix_score, osman_score


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I fix the small things that keep a clinic waiting. Most of them are one line long. Some of them take "
            "a week. Nobody sees the good ones and that is fine by me.",
            11.441176470588236,
        ),
        (
            "When the search page broke on a Friday nobody asked who had done it. They asked what everybody could "
            "learn from the accident and wrote it down for the next generation of engineers.",
            28.62121212121212,
        ),
        (
            "Responsible for operationalising customer communication strategies throughout international "
            "organisations. Facilitating continuous improvement initiatives demonstrates considerable "
            "organisational commitment.",
            102.61764705882354,
        ),
    ],
)
def test_lix_agrees_with_another_implementation_on_english_texts(text: str, expected: float) -> None:
    """Compare with figures computed once with textstat 0.7.13, `textstat.lix(text)`."""
    assert lix_score(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "أزرع النعناع على الشرفة كل ربيع. جاري يسقيه حين أسافر. ثم نشرب الشاي معا ونضحك.",
            110.27646666666668,
        ),
        (
            "تعمل المؤسسة على تطوير استراتيجيات متكاملة لتعزيز المشاركة المجتمعية وتحقيق الأهداف المستقبلية. "
            "يستخدمون الإمكانات المتوفرة لديهم لتنفيذ المشروعات المؤسسية.",
            24.42686842105263,
        ),
    ],
)
def test_osman_agrees_with_another_implementation_on_arabic_texts(text: str, expected: float) -> None:
    """Compare with figures computed once with textstat 0.7.13, `textstat.osman(text)`."""
    assert osman_score(text) == pytest.approx(expected)


@given(st.text(max_size=200))
def test_any_text_has_figures(text: str) -> None:
    assert lix_score(text) >= 0.0
    assert osman_score(text) <= 201.0
