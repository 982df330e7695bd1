"""Words that change later: messages edited and deleted in Slack, the text rewritten, and the questions that follow."""

from __future__ import annotations

import pytest

from bot.conversation.turns import AskAboutChange, AskQuestion, NoReply, Remark
from db.models.drafts import DraftStatus, DraftStep, Question, TextChange
from tests.conversation.scripted_dialogue import ANSWER_TEXTS, ScriptedDialogue, dialogue_at

WARM_UP, TURN = ANSWER_TEXTS["en"][DraftStep.WARM_UP], ANSWER_TEXTS["en"][DraftStep.TURN]
OUTSIDE = ANSWER_TEXTS["en"][DraftStep.OUTSIDE]


def hand_edited(dialogue: ScriptedDialogue) -> ScriptedDialogue:
    """Return the same dialogue, with its whole text edited by hand."""
    return dialogue.edits_the_text(f"{dialogue.story}\n\nAnd that is all.")


# --- while nothing was edited by hand, the story follows the messages -------------------------------


def test_an_edited_message_changes_its_answer_and_the_story() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).edits(TURN, "I got lost in Lima.")

    assert dialogue.written(DraftStep.TURN) == "I got lost in Lima."
    assert "I got lost in Lima." in dialogue.story
    assert (dialogue.step, dialogue.remark) == (DraftStep.DRAFT, Remark.EDITED)


def test_one_of_several_messages_changes_alone() -> None:
    dialogue = (
        dialogue_at(DraftStep.WARM_UP)
        .says("one fish")
        .says("two fish", late=True)
        .edits("one fish", "red fish")
    )

    assert dialogue.written(DraftStep.WARM_UP) == "red fish\ntwo fish"


@pytest.mark.parametrize("step", [DraftStep.TURN, DraftStep.DRAFT, DraftStep.DONE])
def test_a_link_preview_changes_nothing(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    before = dialogue.draft

    dialogue.edits(WARM_UP, WARM_UP)

    assert dialogue.turn == NoReply(before)


def test_a_message_that_was_no_answer_can_be_edited_and_deleted_without_a_reply() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).says("hi")
    before = dialogue.draft

    assert dialogue.edits("hi", "hi there").turn == NoReply(before)
    assert dialogue.deletes("hi").turn == NoReply(before)


def test_words_kept_for_later_follow_their_message() -> None:
    dialogue = (
        dialogue_at(DraftStep.RULES).says("I once fixed a lift.").edits("I once fixed a lift.", "Twice.")
    )
    assert [stray.plain for stray in dialogue.draft.unplaced] == ["Twice."]

    assert dialogue.deletes("I once fixed a lift.").draft.unplaced == ()


def test_a_held_greeting_follows_its_message() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("hi").edits("hi", "hi, I got lost in Lima")

    assert dialogue.presses("was_answer").written(DraftStep.TURN) == "hi, I got lost in Lima"


def test_a_deleted_message_leaves_the_story_and_can_be_kept() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT)
    story = dialogue.story

    dialogue.deletes(TURN)
    assert TURN not in dialogue.story
    assert isinstance(dialogue.turn, AskQuestion)
    assert (dialogue.remark, dialogue.turn.about) == (Remark.REMOVED, f"turn|{dialogue.said(TURN).ts}")

    dialogue.restores(TURN, Question(DraftStep.TURN))
    assert (dialogue.story, dialogue.remark) == (story, Remark.RESTORED)


def test_a_message_is_deleted_and_kept_once() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).deletes(TURN)
    assert isinstance(dialogue.deletes(TURN).turn, NoReply)

    dialogue.restores(TURN, Question(DraftStep.TURN)).restores(TURN, Question(DraftStep.TURN))
    assert dialogue.remark is Remark.OUT_OF_TURN


def test_a_deleted_message_stays_out_when_its_preview_changes() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).deletes(TURN).edits(TURN, "I got lost in Lima.")

    assert "Lima" not in dialogue.story


def test_the_headline_follows_its_message_and_asks_nothing() -> None:
    dialogue = hand_edited(dialogue_at(DraftStep.TAKE)).edits(
        ANSWER_TEXTS["en"][DraftStep.HEADLINE], "Bread and sensors"
    )

    assert dialogue.written(DraftStep.HEADLINE) == "Bread and sensors"
    assert dialogue.remark is Remark.EDITED


# --- the whole text edited: from then on it counts --------------------------------------------------


def test_the_edited_text_is_the_story_and_the_question_stays() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).edits_the_text("  Mine, all of it.\n")

    assert dialogue.story == "Mine, all of it."
    assert (dialogue.step, dialogue.remark) == (DraftStep.DRAFT, Remark.SAVED)


def test_the_text_may_be_edited_again_after_the_end() -> None:
    dialogue = dialogue_at(DraftStep.DONE).edits_the_text("Mine, all of it.").edits_the_text("Mine, still.")

    assert (dialogue.story, dialogue.remark) == ("Mine, still.", Remark.SAVED)
    assert (dialogue.step, dialogue.draft.status) == (DraftStep.DONE, DraftStatus.FINISHED)


@pytest.mark.parametrize("blank", ["", " \n "])
def test_a_text_without_words_is_not_saved(blank: str) -> None:
    dialogue = dialogue_at(DraftStep.DRAFT)
    story = dialogue.story

    assert dialogue.edits_the_text(blank).remark is Remark.EMPTY
    assert dialogue.story == story


def test_an_edited_message_is_compared_with_the_text_and_changes_nothing_by_itself() -> None:
    dialogue = hand_edited(dialogue_at(DraftStep.DRAFT))
    story = dialogue.story

    dialogue.edits(TURN, "I got lost in Lima.")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.draft.changes == (TextChange("turn", TURN, "I got lost in Lima."),)
    assert dialogue.story == story


@pytest.mark.parametrize(("choice", "swapped"), [("swap", True), ("leave_story", False)])
def test_the_new_words_go_in_only_when_they_say_so(choice: str, swapped: bool) -> None:
    dialogue = hand_edited(dialogue_at(DraftStep.DRAFT)).edits(TURN, "I got lost in Lima.")

    dialogue.presses_at(Question(DraftStep.TURN), choice)

    assert ("I got lost in Lima." in dialogue.story, TURN in dialogue.story) == (swapped, not swapped)
    assert dialogue.story.endswith("And that is all.")
    assert dialogue.draft.changes == ()


def test_a_deleted_message_is_taken_out_of_an_edited_text_only_when_they_say_so() -> None:
    dialogue = hand_edited(dialogue_at(DraftStep.DRAFT)).deletes(OUTSIDE)
    assert OUTSIDE in dialogue.story

    dialogue.presses_at(dialogue.draft.at.from_key("outside:pp-6"), "swap")

    assert OUTSIDE not in dialogue.story
    assert "\n\n\n" not in dialogue.story


def test_words_no_longer_in_the_text_are_not_guessed_at() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).edits_the_text("All new.").edits(TURN, "I got lost in Lima.")

    dialogue.presses_at(Question(DraftStep.TURN), "swap")

    assert (dialogue.story, dialogue.remark) == ("All new.", Remark.NOT_FOUND)
    assert dialogue.draft.changes != ()


def test_a_new_answer_after_the_text_was_edited_is_offered_to_its_end() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("skip").reaches(DraftStep.DRAFT).edits_the_text("All new.")
    outside = Question(DraftStep.OUTSIDE, "pp-6")

    dialogue.presses_at(outside, "change").says("I bake.")
    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.story == "All new."

    dialogue.presses_at(outside, "swap")
    assert (dialogue.story, dialogue.remark) == ("All new.\n\nI bake.", Remark.SWAPPED)


def test_a_message_kept_after_the_text_was_edited_is_offered_to_its_end() -> None:
    dialogue = (
        dialogue_at(DraftStep.DRAFT)
        .deletes(TURN)
        .edits_the_text("All new.")
        .restores(TURN, Question(DraftStep.TURN))
    )

    dialogue.presses_at(Question(DraftStep.TURN), "swap")

    assert dialogue.story == f"All new.\n\n{TURN}"


def test_a_first_line_changed_after_the_text_was_edited_is_compared_too() -> None:
    dialogue = hand_edited(dialogue_at(DraftStep.FIRST_LINE).says("It began with a fridge."))

    dialogue.edits("It began with a fridge.", "It began with a lift.")

    assert isinstance(dialogue.turn, AskAboutChange)


def test_the_editor_settles_what_was_asked_about_an_old_answer() -> None:
    dialogue = (
        hand_edited(dialogue_at(DraftStep.DRAFT))
        .edits(TURN, "I got lost in Lima.")
        .edits_the_text("All new.")
    )

    assert dialogue.draft.changes == ()
    dialogue.presses_at(Question(DraftStep.TURN), "swap")
    assert (dialogue.story, dialogue.remark) == ("All new.", Remark.OUT_OF_TURN)


# --- questions that no longer apply ----------------------------------------------------------------
