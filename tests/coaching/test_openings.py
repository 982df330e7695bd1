"""Openings are the person's own whole sentences, from different answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.coaching import suggest_first_sentences
from bot.text import largest_counted_length

ANSWERS = (
    "I make sure the lights stay on. It is fun. Most days I read graphs.",
    "A student's father showed me a program, and I could not stop thinking about it.",
    "I bake bread for my neighbours.",
    "I keep bees.",
)


def test_each_answer_gives_its_best_sentence_before_any_gives_two() -> None:
    assert suggest_first_sentences(ANSWERS) == (
        "I make sure the lights stay on.",
        "A student's father showed me a program, and I could not stop thinking about it.",
        "I bake bread for my neighbours.",
    )


def test_one_answer_gives_several_when_there_is_no_other() -> None:
    assert suggest_first_sentences(ANSWERS[:1]) == (
        "I make sure the lights stay on.",
        "Most days I read graphs.",
    )


def test_sentences_that_make_poor_openings_are_not_offered() -> None:
    answers = (
        "I am a product engineer at Qamar Labs.",
        "I saw {{something}} on my first day.",
        "I walk " + "and walk " * 40,
        "Short one.",
        "أعمل كمهندسة في مختبرات قمر.",
    )

    assert suggest_first_sentences(answers) == ()


def test_a_sentence_that_leans_on_another_comes_last() -> None:
    assert suggest_first_sentences(("But then it all fell down. I learned to build walls.",)) == (
        "I learned to build walls.",
        "But then it all fell down.",
    )


def test_arabic_answers_give_arabic_openings() -> None:
    answers = ("لذلك أحب عملي كثيراً. أجلس كل صباح أمام الأسئلة.", "أزرع النعناع على الشرفة.")

    assert suggest_first_sentences(answers) == (
        "أجلس كل صباح أمام الأسئلة.",
        "أزرع النعناع على الشرفة.",
        "لذلك أحب عملي كثيراً.",
    )


def test_the_same_sentence_is_offered_once_when_two_answers_hold_it() -> None:
    assert suggest_first_sentences(("I bake good bread.", "i bake good bread.")) == ("I bake good bread.",)


@given(st.lists(st.text(max_size=400), max_size=6), st.integers(10, 300))
def test_openings_are_few_whole_and_within_the_limit_for_any_answers(answers: list[str], limit: int) -> None:
    found = suggest_first_sentences(answers, limit)

    assert len(found) <= 3
    for sentence in found:
        assert largest_counted_length(sentence) <= limit
        assert any(sentence in answer for answer in answers)
