"""The overlap of lines and cards, with the figures by which the bank was measured."""

from __future__ import annotations

from importlib.resources import files
from itertools import permutations
from statistics import median
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.text import (
    PLACEHOLDER,
    CardFate,
    best_passage_coverage,
    card_outcome_in_line,
    card_outcome_in_story,
    find_closest_passage,
    folded_words,
    measure_overlap,
    own_words_share,
    without_placeholders,
)

BANK: list[dict[str, Any]] = yaml.safe_load(
    (files("bot") / "content" / "statement-bank.yaml").read_text("utf-8")
)["statements"]
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
ANSWERS = {
    "en": ("the Tuesday stand-up", "how we deploy on Fridays"),
    "ar": ("اجتماع الثلاثاء", "طريقة النشر يوم الخميس"),
}
CARD = "When I make a mistake, people ask {{the_question}} before they ask who did it."


def fill_card(card: str, language: str) -> str:
    """Return the card with two typical answers in its placeholders."""
    answers = iter(ANSWERS[language])
    return PLACEHOLDER.sub(lambda _: next(answers), card)


def change_every_fifth_word(card: str) -> str:
    """Return the frame of the card with every fifth word, rounded, replaced by another."""
    frame = list(folded_words(without_placeholders(card)))
    changes = round(len(frame) / 5)
    for number in range(changes):
        frame[number * len(frame) // changes] = "otherwise"
    return " ".join(frame)


@LANGUAGES
def test_nothing_of_a_card_is_missing_when_only_its_openings_were_filled(language: str) -> None:
    assert [
        measure_overlap(card[language], fill_card(card[language], language)).coverage for card in BANK
    ] == [1.0] * 50


@LANGUAGES
def test_three_quarters_or_more_are_left_when_one_word_in_five_was_changed(language: str) -> None:
    found = [
        measure_overlap(card[language], change_every_fifth_word(card[language])).coverage for card in BANK
    ]

    assert min(found) >= 0.75
    assert max(found) <= 0.86
    assert median(found) == pytest.approx(0.80, abs=0.01)


@LANGUAGES
def test_no_card_is_taken_for_another_when_they_are_compared_whole(language: str) -> None:
    found = [
        measure_overlap(one[language], text).coverage
        for one, other in permutations(BANK, 2)
        for text in (without_placeholders(other[language]), fill_card(other[language], language))
    ]

    assert max(found) < 0.40


@LANGUAGES
def test_every_frame_is_long_enough_to_be_distinguished(language: str) -> None:
    least = {"en": 8, "ar": 7}[language]

    assert min(len(folded_words(without_placeholders(card[language]))) for card in BANK) >= least


@pytest.mark.parametrize(
    ("line", "fate"),
    [
        (CARD, CardFate.KEPT),
        ("When I make a mistake, people ask before they ask who did it", CardFate.KEPT),
        (CARD.replace("{{the_question}}", "what we can learn"), CardFate.FILLED),
        (
            "When I broke the build, people asked what happened before they asked who did it.",
            CardFate.ADAPTED,
        ),
        ("I bake bread on Sundays.", CardFate.REPLACED),
        ("", CardFate.REPLACED),
    ],
)
def test_the_fate_of_a_line_follows_from_the_rest_of_its_card(line: str, fate: CardFate) -> None:
    found = card_outcome_in_line(CARD, line)

    assert found.fate is fate
    assert found.is_chosen == (fate is not CardFate.REPLACED)


def test_an_arabic_line_is_filled_when_only_the_opening_was_answered() -> None:
    card = "في يومي الأول لفت نظري أمر صغير: {{what_i_noticed}}. ومنه عرفت أنني لن أخفي هنا جزءاً من نفسي."
    line = card.replace("{{what_i_noticed}}", "اسمي على باب المكتب")

    assert card_outcome_in_line(card, card).fate is CardFate.KEPT
    assert card_outcome_in_line(card, line).fate is CardFate.FILLED


def test_a_merged_line_is_a_choice_of_both_when_enough_of_each_is_left() -> None:
    one = "I can say no to a good idea when it comes at a bad time."
    other = "People here ask before they assume anything."
    merged = "I can say no to a good idea, and people here ask before they assume anything at a bad time."

    assert card_outcome_in_line(one, merged).is_chosen
    assert card_outcome_in_line(other, merged).is_chosen


def test_the_nearest_stretch_is_found_where_a_story_holds_a_card() -> None:
    line = CARD.replace("{{the_question}}", "what we can learn")
    story = f"I fix small things. {line} On Sundays I bake."

    stretch = find_closest_passage(CARD, story)

    assert stretch is not None
    assert story[stretch.start : stretch.end] == stretch.text == line
    assert card_outcome_in_story(CARD, story).fate is CardFate.FILLED


def test_words_count_as_borrowed_only_where_they_come_from_a_card_in_the_story() -> None:
    card = "Nobody here pretends to know everything about the product."
    story = f"{card} I bake bread for all my neighbours every Sunday."

    assert own_words_share(story, [card]) == pytest.approx(9 / 18)
    assert own_words_share(story, ["A line that is not in this story in any way whatsoever."]) == 1.0
    assert own_words_share(story, []) == 1.0
    assert own_words_share("", [card]) == 1.0


def test_the_best_coverage_is_taken_where_an_answer_was_taken_apart() -> None:
    assert (
        best_passage_coverage("I bake bread. Every Sunday.", "I bake bread every Sunday, badly. And so on.")
        == 1.0
    )
    assert best_passage_coverage("I bake bread.", "") == 0.0
    assert best_passage_coverage("", "Something.") == 0.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_figures_stay_between_nothing_and_everything_for_any_text(card: str, line: str) -> None:
    figures = measure_overlap(card, line)

    assert 0.0 <= figures.coverage <= 1.0
    assert 0.0 <= figures.own_share <= 1.0
    assert 0.0 <= own_words_share(line, [card, line]) <= 1.0
