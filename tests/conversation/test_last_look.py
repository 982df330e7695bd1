"""The last look, the first line and silenced notes."""

from __future__ import annotations

import pytest

from bot.coaching import CoachingCheck
from bot.conversation.compose import first_line_candidates, first_line_id
from bot.conversation.draft_notes import notes_for_step
from bot.conversation.turns import RedrawScreen, Remark
from db.models.drafts import DraftStep, Question
from tests.conversation.scripted_dialogue import ANSWER_TEXTS, MATERIAL, ScriptedDialogue, dialogue_at

WARM_UP = ANSWER_TEXTS["en"][DraftStep.WARM_UP]
OUTSIDE = ANSWER_TEXTS["en"][DraftStep.OUTSIDE]


def test_the_last_look_is_left_when_nothing_is_left_to_check() -> None:
    dialogue = dialogue_at(DraftStep.LAST_LOOK).edits_the_text("I bake for the neighbours.")

    assert (dialogue.step, dialogue.remark) == (DraftStep.TAKE, Remark.SAVED)


def test_the_first_line_is_not_asked_when_its_sentences_are_gone() -> None:
    dialogue = dialogue_at(DraftStep.WARM_UP).says("I fix graphs here. People come to me.").says("skip")
    dialogue.says("skip").reaches(DraftStep.OUTSIDE).says("skip").says("skip")
    assert dialogue.step is DraftStep.FIRST_LINE

    dialogue.deletes("I fix graphs here. People come to me.")

    assert (dialogue.step, dialogue.remark) == (DraftStep.DRAFT, Remark.REMOVED)


# --- the first line, and the notes ------------------------------------------------------------------


def test_the_first_line_is_an_own_sentence_or_a_new_one_or_skipped() -> None:
    asked = dialogue_at(DraftStep.FIRST_LINE)
    second = first_line_candidates(asked.draft)[1]
    assert asked.presses("first", first_line_id(second)).story.startswith(second)
    assert (
        dialogue_at(DraftStep.FIRST_LINE)
        .says("It began with a fridge")
        .story.startswith("It began with a fridge. ")
    )
    assert dialogue_at(DraftStep.FIRST_LINE).presses("as_is").story.startswith(WARM_UP)


def test_an_old_button_means_the_same_first_line_when_the_sentences_have_changed() -> None:
    asked = dialogue_at(DraftStep.FIRST_LINE)
    first, second = first_line_candidates(asked.draft)[:2]
    source = next(said.plain for said in asked.messages if first.rstrip(".") in said.plain)
    asked.edits(source, source.replace(first.rstrip("."), "Now it reads otherwise"))
    assert first not in first_line_candidates(asked.draft)

    assert ScriptedDialogue(asked.draft).presses("first", first_line_id(second)).story.startswith(second)
    assert ScriptedDialogue(asked.draft).presses("first", first_line_id(first)).remark is Remark.OUT_OF_TURN


@pytest.mark.parametrize("about", ["0", "", "x", "²", "-1"])
def test_a_sentence_that_is_not_offered_cannot_be_chosen(about: str) -> None:
    assert dialogue_at(DraftStep.FIRST_LINE).presses("first", about).remark is Remark.OUT_OF_TURN


def test_a_note_is_silenced_for_good() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("skip").reaches(DraftStep.DRAFT)
    assert int(CoachingCheck.PERSONAL) in dialogue.draft.notes_shown

    dialogue.presses("silence", str(int(CoachingCheck.PERSONAL)))

    assert isinstance(dialogue.turn, RedrawScreen)
    dialogue.edits_the_text("Work, work, work.")
    assert all(
        note.check is not CoachingCheck.PERSONAL
        for note in notes_for_step(dialogue.draft, DraftStep.DRAFT, MATERIAL)
    )


@pytest.mark.parametrize("about", ["99", "", "²", "x"])
def test_a_note_that_does_not_exist_cannot_be_silenced(about: str) -> None:
    assert dialogue_at(DraftStep.DRAFT).presses("silence", about).remark is Remark.OUT_OF_TURN


def test_the_note_on_life_outside_work_is_silenced_when_it_is_skipped_twice() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("skip").reaches(DraftStep.DRAFT)

    dialogue.presses_at(Question(DraftStep.OUTSIDE, "pp-6"), "change").presses("leave")

    assert int(CoachingCheck.PERSONAL) in dialogue.draft.notes_silenced


def test_the_last_look_is_silenced_once_it_was_taken() -> None:
    assert int(CoachingCheck.RISK) in dialogue_at(DraftStep.LAST_LOOK).presses("fine").draft.notes_silenced
