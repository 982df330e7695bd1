"""Answers changed one after the other once the whole text was edited by hand: each is asked about by itself."""

from __future__ import annotations

from bot.conversation.turns import Ask, Compare, Remark
from db.models.drafts import Change, Question, Step
from tests.conversation.dialogues import WORDS, Dialogue, at

WARM_UP, TURN = WORDS["en"][Step.WARM_UP], WORDS["en"][Step.TURN]
ABOUT_THE_TURN, ABOUT_THE_WARM_UP = Question(Step.TURN), Question(Step.WARM_UP)


def by_hand() -> Dialogue:
    """At the draft, once its whole text has been edited by hand."""
    dialogue = at(Step.DRAFT)
    return dialogue.edits_the_text(f"{dialogue.story}\n\nAnd that is all.")


def twice() -> Dialogue:
    """The turn in the road has changed since, and then the warm-up; neither is decided."""
    return by_hand().edits(TURN, "I got lost in Lima.").edits(WARM_UP, "I fix graphs.")


def test_the_newest_change_is_asked_about_at_once_and_the_one_before_is_kept() -> None:
    dialogue = twice()

    assert isinstance(dialogue.turn, Compare)
    assert dialogue.turn.change == Change("warm_up", WARM_UP, "I fix graphs.")
    assert [change.question for change in dialogue.draft.changes] == ["turn", "warm_up"]


def test_the_other_change_is_asked_about_once_one_is_settled() -> None:
    dialogue = twice().presses_at(ABOUT_THE_WARM_UP, "swap")

    assert isinstance(dialogue.turn, Compare)
    assert (dialogue.turn.change.question, dialogue.turn.remark) == ("turn", Remark.SWAPPED)
    assert "I fix graphs." in dialogue.story
    assert TURN in dialogue.story

    dialogue.presses_at(ABOUT_THE_TURN, "leave_story")
    assert isinstance(dialogue.turn, Ask)
    assert dialogue.step is Step.DRAFT
    assert "Lima" not in dialogue.story
    assert dialogue.draft.changes == ()


def test_the_older_change_may_be_settled_first() -> None:
    dialogue = twice().presses_at(ABOUT_THE_TURN, "swap")
    assert "I got lost in Lima." in dialogue.story
    assert [change.question for change in dialogue.draft.changes] == ["warm_up"]

    dialogue.presses_at(ABOUT_THE_WARM_UP, "swap")
    assert "I fix graphs." in dialogue.story
    assert WARM_UP not in dialogue.story


def test_a_change_is_settled_once() -> None:
    dialogue = twice().presses_at(ABOUT_THE_TURN, "swap")
    story = dialogue.story

    assert dialogue.presses_at(ABOUT_THE_TURN, "swap").remark is Remark.OUT_OF_TURN
    assert dialogue.story == story


def test_the_newest_words_go_in_when_a_message_was_edited_twice_before_the_decision() -> None:
    dialogue = twice().edits(TURN, "I got lost in Rome.")
    assert Change("turn", TURN, "I got lost in Rome.") in dialogue.draft.changes
    assert len(dialogue.draft.changes) == 2

    dialogue.presses_at(ABOUT_THE_TURN, "swap")

    assert "I got lost in Rome." in dialogue.story
    assert TURN not in dialogue.story


def test_nothing_is_asked_any_more_when_an_edit_was_taken_back_before_the_decision() -> None:
    dialogue = twice().edits(TURN, TURN)

    assert [change.question for change in dialogue.draft.changes] == ["warm_up"]


def test_words_that_stand_nowhere_any_more_keep_no_other_change_from_being_settled() -> None:
    dialogue = at(Step.DRAFT).edits_the_text(f"All new. {TURN}")
    dialogue.edits(WARM_UP, "I fix graphs.").edits(TURN, "I got lost in Lima.")

    assert dialogue.presses_at(ABOUT_THE_WARM_UP, "swap").remark is Remark.NOT_FOUND
    assert dialogue.presses_at(ABOUT_THE_TURN, "swap").story == "All new. I got lost in Lima."


def test_the_editor_settles_every_change() -> None:
    assert twice().edits_the_text("All new.").draft.changes == ()
