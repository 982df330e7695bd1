"""Words that came before their question: offered once, where they fit, and never lost."""

from __future__ import annotations

import pytest

from bot.conversation.plan import TEXT_STEPS
from bot.conversation.turns import Remark
from db.models.drafts import DraftStatus, DraftStep, WrittenAnswer
from tests.conversation.scripted_dialogue import ScriptedDialogue, dialogue_at


def test_words_written_too_early_are_offered_and_used_at_the_first_question_they_fit() -> None:
    dialogue = (
        ScriptedDialogue().says("I once fixed a lift.").says("And a fridge.").reaches(DraftStep.WARM_UP)
    )

    dialogue.presses("use_strays")

    assert dialogue.written(DraftStep.WARM_UP) == "I once fixed a lift.\nAnd a fridge."
    assert dialogue.draft.unplaced == ()
    assert dialogue.step is DraftStep.TURN


@pytest.mark.parametrize("gesture", ["I count fridges.", "skip"])
def test_words_written_too_early_are_offered_once_and_kept(gesture: str) -> None:
    dialogue = ScriptedDialogue().says("I once fixed a lift.").reaches(DraftStep.WARM_UP).says(gesture)

    assert dialogue.step is DraftStep.TURN
    assert dialogue.draft.unplaced == ()
    assert [said.plain for said in dialogue.draft.superseded] == ["I once fixed a lift."]


def test_words_written_too_early_are_offered_to_authors_who_have_a_text() -> None:
    dialogue = ScriptedDialogue().says("I once fixed a lift.").reaches(DraftStep.PASTE).presses("use_strays")

    assert dialogue.story == "I once fixed a lift."


def test_words_no_longer_offered_follow_their_message() -> None:
    dialogue = ScriptedDialogue().says("I once fixed a lift.").says("And a fridge.").reaches(DraftStep.TURN)

    dialogue.edits("I once fixed a lift.", "I once fixed two lifts.").deletes("And a fridge.")

    assert [said.plain for said in dialogue.draft.superseded] == ["I once fixed two lifts."]


def test_unplaced_words_can_be_added_to_the_end_of_the_draft() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).says("I once fixed a lift.")
    story = dialogue.story

    dialogue.presses("add_strays")

    assert dialogue.story == f"{story}\n\nI once fixed a lift."
    assert dialogue.draft.unplaced == ()
    assert dialogue.remark is Remark.SAVED


# --- after a pause ----------------------------------------------------------------------------------

WORDY = [*sorted(TEXT_STEPS), DraftStep.FIRST_LINE, DraftStep.OTHER_LANGUAGE]


def paused_dialogue(step: DraftStep) -> ScriptedDialogue:
    """Return a dialogue paused at this step; at the cards, with one page open."""
    dialogue = dialogue_at(step).opens_the_lines() if step is DraftStep.LINES else dialogue_at(step)
    return dialogue.says("pause")


@pytest.mark.parametrize("step", [*WORDY, DraftStep.LINES])
def test_first_words_after_a_pause_are_no_answer_until_they_say_so(step: DraftStep) -> None:
    dialogue = paused_dialogue(step)
    question, answers, lines = dialogue.draft.at, dialogue.draft.answers, dialogue.draft.lines

    dialogue.says("Well, I am back again.")
    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.BACK)
    assert (dialogue.draft.answers, dialogue.draft.lines) == (answers, lines)
    assert dialogue.draft.status is DraftStatus.OPEN

    dialogue.presses("was_answer")
    kept = [a.text for a in dialogue.draft.answers.values() if isinstance(a, WrittenAnswer)]
    assert "Well, I am back again." in kept
    assert (dialogue.draft.unplaced, dialogue.draft.pending) == ((), None)


@pytest.mark.parametrize("step", [*WORDY, DraftStep.LINES])
def test_first_words_after_a_pause_are_kept_and_not_offered_again_when_the_answer_is_another(
    step: DraftStep,
) -> None:
    dialogue = paused_dialogue(step).says("Well, I am back again.").says("I count fridges.")

    assert (dialogue.draft.unplaced, dialogue.draft.pending) == ((), None)
    assert "Well, I am back again." in [said.plain for said in dialogue.draft.superseded]
    kept = [a.text for a in dialogue.draft.answers.values() if isinstance(a, WrittenAnswer)]
    assert "I count fridges." in kept


@pytest.mark.parametrize("step", [DraftStep.INVITATION, DraftStep.SEGMENT, DraftStep.DRAFT, DraftStep.HAND])
def test_first_words_after_a_pause_are_kept_where_something_is_to_be_chosen(step: DraftStep) -> None:
    dialogue = paused_dialogue(step).says("Well, I am back again.")

    assert dialogue.remark is Remark.WELCOME_BACK
    assert [said.plain for said in dialogue.draft.early_messages] == ["Well, I am back again."]


def test_early_words_are_offered_with_the_first_ones_after_a_pause() -> None:
    dialogue = ScriptedDialogue().says("I once fixed a lift.").reaches(DraftStep.WARM_UP).says("pause")

    dialogue.says("Well, I am back again.").presses("use_strays")

    assert dialogue.written(DraftStep.WARM_UP) == "I once fixed a lift."
    assert [said.plain for said in dialogue.draft.superseded] == ["Well, I am back again."]


def test_button_pressed_after_a_pause_goes_on_at_once() -> None:
    dialogue = paused_dialogue(DraftStep.FIRST_LINE).presses("as_is")

    assert dialogue.step is DraftStep.DRAFT
