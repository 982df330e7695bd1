"""Answers changed after the whole text was edited by hand: each change is asked about separately."""

from __future__ import annotations

from bot.conversation.turns import AskAboutChange, AskQuestion, Remark
from db.models.drafts import DraftStep, Question, TextChange
from tests.conversation.scripted_dialogue import ANSWER_TEXTS, ScriptedDialogue, dialogue_at

WARM_UP, TURN = ANSWER_TEXTS["en"][DraftStep.WARM_UP], ANSWER_TEXTS["en"][DraftStep.TURN]
TURN_QUESTION, WARM_UP_QUESTION = Question(DraftStep.TURN), Question(DraftStep.WARM_UP)


def hand_edited_dialogue() -> ScriptedDialogue:
    """Return a dialogue at the draft, with its whole text edited by hand."""
    dialogue = dialogue_at(DraftStep.DRAFT)
    return dialogue.edits_the_text(f"{dialogue.story}\n\nAnd that is all.")


def dialogue_changed_twice() -> ScriptedDialogue:
    """Return a dialogue in which the turning point and then the warm-up changed; neither is decided."""
    return hand_edited_dialogue().edits(TURN, "I got lost in Lima.").edits(WARM_UP, "I fix graphs.")


def test_the_newest_change_is_asked_about_at_once_and_the_one_before_is_kept() -> None:
    dialogue = dialogue_changed_twice()

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.turn.change == TextChange("warm_up", WARM_UP, "I fix graphs.")
    assert [change.question for change in dialogue.draft.changes] == ["turn", "warm_up"]


def test_the_other_change_is_asked_about_once_one_is_settled() -> None:
    dialogue = dialogue_changed_twice().presses_at(WARM_UP_QUESTION, "swap")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert (dialogue.turn.change.question, dialogue.turn.remark) == ("turn", Remark.SWAPPED)
    assert "I fix graphs." in dialogue.story
    assert TURN in dialogue.story

    dialogue.presses_at(TURN_QUESTION, "leave_story")
    assert isinstance(dialogue.turn, AskQuestion)
    assert dialogue.step is DraftStep.DRAFT
    assert "Lima" not in dialogue.story
    assert dialogue.draft.changes == ()


def test_the_older_change_may_be_settled_first() -> None:
    dialogue = dialogue_changed_twice().presses_at(TURN_QUESTION, "swap")
    assert "I got lost in Lima." in dialogue.story
    assert [change.question for change in dialogue.draft.changes] == ["warm_up"]

    dialogue.presses_at(WARM_UP_QUESTION, "swap")
    assert "I fix graphs." in dialogue.story
    assert WARM_UP not in dialogue.story


def test_a_change_is_settled_once() -> None:
    dialogue = dialogue_changed_twice().presses_at(TURN_QUESTION, "swap")
    story = dialogue.story

    assert dialogue.presses_at(TURN_QUESTION, "swap").remark is Remark.OUT_OF_TURN
    assert dialogue.story == story


def test_the_newest_words_go_in_when_a_message_was_edited_twice_before_the_decision() -> None:
    dialogue = dialogue_changed_twice().edits(TURN, "I got lost in Rome.")
    assert TextChange("turn", TURN, "I got lost in Rome.") in dialogue.draft.changes
    assert len(dialogue.draft.changes) == 2

    dialogue.presses_at(TURN_QUESTION, "swap")

    assert "I got lost in Rome." in dialogue.story
    assert TURN not in dialogue.story


def test_nothing_is_asked_when_an_edit_was_undone_before_the_decision() -> None:
    dialogue = dialogue_changed_twice().edits(TURN, TURN)

    assert [change.question for change in dialogue.draft.changes] == ["warm_up"]


def test_a_change_whose_words_are_gone_blocks_no_other_change() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).edits_the_text(f"All new. {TURN}")
    dialogue.edits(WARM_UP, "I fix graphs.").edits(TURN, "I got lost in Lima.")

    assert dialogue.presses_at(WARM_UP_QUESTION, "swap").remark is Remark.NOT_FOUND
    assert dialogue.presses_at(TURN_QUESTION, "swap").story == "All new. I got lost in Lima."


def test_the_editor_settles_every_change() -> None:
    assert dialogue_changed_twice().edits_the_text("All new.").draft.changes == ()
