"""The starter bank keeps its promises: themes, kinds, anchors, openings, lengths, both languages."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.coaching.jargon import detect_jargon
from bot.content import starter_bank, starter_jargon
from bot.conversation.bank import Card, Prompt, StatementBank, parse_bank, placeholder_names
from bot.i18n import Texts
from bot.text import card_outcome_in_line, detect_language, split_words
from bot.text.overlap import without_placeholders
from db.models.drafts import StoryLanguage

BANK = starter_bank()
SHORTEST: dict[StoryLanguage, int] = {"en": 8, "ar": 7}
LANGUAGES: tuple[StoryLanguage, StoryLanguage] = ("en", "ar")

every_card = pytest.mark.parametrize("card", BANK.cards, ids=lambda card: card.id)
each_language = pytest.mark.parametrize("tongue", LANGUAGES)


def test_there_are_ten_themes_of_five_cards() -> None:
    assert len(BANK.themes) == 10
    assert Counter(card.theme for card in BANK.cards) == {theme.id: 5 for theme in BANK.themes}
    assert len({card.id for card in BANK.cards}) == 50


def test_each_theme_has_three_anchors_and_one_card_for_each_segment() -> None:
    for theme in BANK.themes:
        scopes = Counter(card.scope for card in BANK.cards if card.theme == theme.id)
        assert scopes == {"all": 3, "tech": 1, "gtm": 1}
        assert len(BANK.anchor_cards(theme.id)) == 3


@pytest.mark.parametrize("segment", ["tech", "gtm", None])
def test_seven_in_ten_are_about_culture_in_every_segment(segment: str | None) -> None:
    shown = [card for card in BANK.cards if card.scope == "all"] + list(BANK.segment_cards(segment))

    assert sum(card.kind == "culture" for card in shown) / len(shown) == pytest.approx(0.7)


@every_card
def test_a_card_is_of_the_kind_of_its_theme(card: Card) -> None:
    assert card.kind == BANK.theme(card.theme).kind


@every_card
@each_language
def test_the_frame_of_a_card_is_long_enough_to_be_recognised(card: Card, tongue: StoryLanguage) -> None:
    assert len(split_words(without_placeholders(card.texts[tongue]))) >= SHORTEST[tongue]


@every_card
def test_openings_agree_between_the_languages_and_are_explained(card: Card) -> None:
    english, arabic = (set(placeholder_names(card.texts[tongue])) for tongue in LANGUAGES)

    assert english == arabic == set(card.hints)
    assert 1 <= len(english) <= 2
    assert all(hint[tongue].strip() for hint in card.hints.values() for tongue in LANGUAGES)


@every_card
@each_language
def test_each_opening_stands_once_and_the_card_ends_with_a_stop_or_one(
    card: Card, tongue: StoryLanguage
) -> None:
    text = card.texts[tongue]

    assert all(text.count("{{" + name + "}}") == 1 for name in placeholder_names(text))
    assert text.endswith((".", "؟", "?", "}}"))
    assert "!" not in text
    assert len(text) <= 150


@every_card
@each_language
def test_a_card_is_written_in_its_language_and_without_jargon(card: Card, tongue: StoryLanguage) -> None:
    text = card.texts[tongue]

    assert detect_language(without_placeholders(text)) == tongue
    assert detect_jargon(without_placeholders(text), starter_jargon()) == ()


@every_card
def test_every_reminder_of_care_has_its_words(card: Card) -> None:
    assert all(Texts(tongue).say(f"care-{code}") for code in card.care for tongue in LANGUAGES)


@every_card
@each_language
def test_a_card_is_no_other_card_when_they_are_compared(card: Card, tongue: StoryLanguage) -> None:
    others = [other for other in BANK.cards if other.id != card.id]

    assert card_outcome_in_line(card.texts[tongue], card.texts[tongue]).coverage == 1.0
    assert all(
        card_outcome_in_line(card.texts[tongue], other.texts[tongue]).coverage < 0.40 for other in others
    )


@pytest.mark.parametrize("prompt", BANK.prompts, ids=lambda prompt: prompt.id)
def test_a_prompt_from_outside_work_is_one_question_in_both_languages(prompt: Prompt) -> None:
    assert prompt.texts["en"].endswith("?")
    assert prompt.texts["ar"].endswith("؟")


def test_every_theme_asks_for_a_detail_in_both_languages() -> None:
    for theme in BANK.themes:
        assert all(theme.names[tongue] and theme.make_it_yours[tongue] for tongue in LANGUAGES)
        assert theme.make_it_yours["ar"].endswith("؟")


def test_nobody_without_a_segment_is_shown_less() -> None:
    assert len(BANK.segment_cards("tech")) == len(BANK.segment_cards("gtm")) == 10
    assert len(BANK.segment_cards(None)) == 20
    assert all(card.scope == "tech" for card in BANK.segment_cards("tech"))


def test_cards_are_found_by_id_and_missing_ones_are_an_error() -> None:
    assert BANK.has_card("di-1")
    assert not BANK.has_card("di-99")
    with pytest.raises(KeyError):
        BANK.card("di-99")


def test_a_malformed_bank_names_what_it_lacks() -> None:
    with pytest.raises(KeyError, match="statements"):
        parse_bank({"themes": [], "personal_prompts": []})


def test_an_empty_bank_is_a_bank() -> None:
    assert parse_bank({"themes": [], "statements": [], "personal_prompts": []}) == StatementBank((), (), ())
