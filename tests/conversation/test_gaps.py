"""Unfilled gaps: how they are shown, overwritten and filled later, regardless of the origin of the text."""

from __future__ import annotations

import pytest

from bot.conversation.gaps import list_open_gaps, mark_gaps, story_with_gap_hints, unmark_gaps
from bot.conversation.turns import AskAboutChange, AskQuestion, Remark
from db.models.drafts import DraftStep, Question, StoryLanguage, StoryLine
from tests.conversation.draft_samples import draft_with, kept_card, own_line
from tests.conversation.scripted_dialogue import BANK, MATERIAL, ScriptedDialogue, dialogue_at

GAP_QUESTION = Question(DraftStep.FILL, "di-1.what_i_noticed")
GAP_MARK = "[____ a small detail]"


def dialogue_with_gap(language: StoryLanguage = "en") -> ScriptedDialogue:
    """Return a dialogue at the draft, with one kept line whose gap was skipped."""
    dialogue = (
        dialogue_at(DraftStep.LINES, language)
        .opens_the_lines()
        .keeps("di-1")
        .presses("done")
        .presses("leave")
    )
    return dialogue.reaches(DraftStep.DRAFT)


# --- shown ------------------------------------------------------------------------------------------


def test_a_gap_is_shown_as_a_blank_with_its_hint() -> None:
    dialogue = dialogue_with_gap()

    assert f"On my first day I noticed {GAP_MARK}. It told me" in story_with_gap_hints(
        dialogue.draft, MATERIAL
    )
    assert "{{" not in story_with_gap_hints(dialogue.draft, MATERIAL)


def test_a_gap_in_an_arabic_story_has_its_hint_in_arabic() -> None:
    shown = story_with_gap_hints(dialogue_with_gap("ar").draft, MATERIAL)

    assert "لفت نظري أمر صغير: [____ تفصيل صغير، مثل: اسمي على باب المكتب]. ومنه" in shown


def test_braces_that_somebody_typed_are_no_gap() -> None:
    mine = draft_with(
        own_line("I love {{mustache}} templates."), kept_card("te-3"), warm_up="{{x}} is how I write."
    )

    assert story_with_gap_hints(mine, MATERIAL).startswith("{{x}} is how I write.")
    assert "I love {{mustache}} templates." in story_with_gap_hints(mine, MATERIAL)
    assert [gap.question.about for gap in list_open_gaps(mine, MATERIAL)] == ["te-3.who_or_what"]


def test_two_gaps_of_one_name_are_distinguished_by_the_words_around_them() -> None:
    both = draft_with(kept_card("op-1"), kept_card("op-4"))
    text = f"{BANK.card('op-4').texts['en']} {BANK.card('op-1').texts['en']}"

    assert [gap.question.about for gap in list_open_gaps(both, MATERIAL)] == ["op-1.topic", "op-4.topic"]
    assert [gap.question.about for gap in list_open_gaps(both, MATERIAL, text)] == [
        "op-4.topic",
        "op-1.topic",
    ]


def test_what_was_marked_can_be_unmarked() -> None:
    cards = tuple(card.id for card in BANK.cards)
    for language in ("en", "ar"):
        for card in BANK.cards:
            kept = draft_with(kept_card(card.id, language), language=language)
            text = card.texts[language]
            shown = mark_gaps(text, list_open_gaps(kept, MATERIAL, text))
            assert "{{" not in shown
            assert unmark_gaps(shown, (card.id,), language, MATERIAL) == text, card.id
    assert unmark_gaps("[____] {{x}}", cards, "en", MATERIAL) == "[____] {{x}}"


# --- filled later -----------------------------------------------------------------------------------


def test_a_gap_is_filled_from_the_draft_and_the_draft_comes_again() -> None:
    dialogue = dialogue_with_gap().presses_at(GAP_QUESTION, "change")
    assert dialogue.draft.at == GAP_QUESTION

    dialogue.says("my name on a door.")

    assert dialogue.step is DraftStep.DRAFT
    assert "On my first day I noticed my name on a door. It told me" in dialogue.story
    assert list_open_gaps(dialogue.draft, MATERIAL) == ()


# --- in a text edited by hand -----------------------------------------------------------------------


def test_a_gap_left_in_the_editor_stays_open() -> None:
    dialogue = dialogue_with_gap()
    dialogue.edits_the_text(f"Mine. {story_with_gap_hints(dialogue.draft, MATERIAL)}")

    assert "I noticed {{what_i_noticed}}. It" in dialogue.story
    (gap,) = list_open_gaps(dialogue.draft, MATERIAL)
    assert gap.question == GAP_QUESTION
    assert GAP_MARK in story_with_gap_hints(dialogue.draft, MATERIAL)


def test_a_gap_typed_over_in_the_editor_is_filled() -> None:
    dialogue = dialogue_with_gap()
    dialogue.edits_the_text(story_with_gap_hints(dialogue.draft, MATERIAL).replace(GAP_MARK, "my name"))

    assert "I noticed my name. It" in dialogue.story
    assert list_open_gaps(dialogue.draft, MATERIAL) == ()


@pytest.mark.parametrize(("language", "words"), [("en", "my name on a door"), ("ar", "اسمي على الباب")])
def test_a_gap_whose_hint_alone_was_written_over_is_filled(language: StoryLanguage, words: str) -> None:
    dialogue = dialogue_with_gap(language)
    (gap,) = list_open_gaps(dialogue.draft, MATERIAL)
    shown = story_with_gap_hints(dialogue.draft, MATERIAL)

    dialogue.edits_the_text(shown.replace(gap.mark, f"[____ {words}]"))

    assert dialogue.story == shown.replace(gap.mark, words)
    assert list_open_gaps(dialogue.draft, MATERIAL) == ()


@pytest.mark.parametrize("answer", ["my name on a door", "my name on a door."])
def test_a_gap_in_an_edited_text_is_filled_in_place_and_nothing_is_asked(answer: str) -> None:
    dialogue = dialogue_with_gap()
    dialogue.edits_the_text(f"{story_with_gap_hints(dialogue.draft, MATERIAL)}\n\nThat is all.")

    dialogue.presses_at(GAP_QUESTION, "change").says(answer)

    assert isinstance(dialogue.turn, AskQuestion)
    assert (dialogue.step, dialogue.remark) == (DraftStep.DRAFT, Remark.SWAPPED)
    assert "I noticed my name on a door. It told me" in dialogue.story
    assert dialogue.story.endswith("That is all.")
    assert dialogue.draft.changes == ()


def test_a_second_message_for_a_filled_gap_is_asked_about() -> None:
    dialogue = dialogue_with_gap()
    dialogue.edits_the_text(story_with_gap_hints(dialogue.draft, MATERIAL))

    dialogue.presses_at(GAP_QUESTION, "change").says("my name").says("on a door", late=True)

    assert isinstance(dialogue.turn, AskAboutChange)


def test_a_gap_opens_again_when_the_words_in_it_are_taken_out_of_an_edited_text() -> None:
    dialogue = dialogue_with_gap()
    dialogue.edits_the_text(story_with_gap_hints(dialogue.draft, MATERIAL)).presses_at(
        GAP_QUESTION, "change"
    ).says("my name")

    dialogue.deletes("my name").presses_at(GAP_QUESTION, "swap")

    assert "I noticed {{what_i_noticed}}. It" in dialogue.story
    assert len(list_open_gaps(dialogue.draft, MATERIAL)) == 1


# --- in the modals of the cards ---------------------------------------------------------------------


def test_a_gap_left_in_a_reworded_line_is_asked_about() -> None:
    dialogue = (
        dialogue_at(DraftStep.LINES).opens_the_lines().rewords("di-1", f"What I saw first: {GAP_MARK}.")
    )
    assert dialogue.draft.lines == (
        StoryLine("di-1", "What I saw first: {{what_i_noticed}}.", ("di-1",), "culture"),
    )

    assert dialogue.presses("done").draft.at == GAP_QUESTION


def test_gaps_left_in_a_merged_line_are_asked_about() -> None:
    dialogue = dialogue_at(DraftStep.LINES).opens_the_lines().keeps("di-1", "te-3")

    dialogue.merges("di-1", "te-3", f"{GAP_MARK}, and [____ a person or a habit, small is fine].")

    assert dialogue.draft.lines[0].text == "{{what_i_noticed}}, and {{who_or_what}}."
