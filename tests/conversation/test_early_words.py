"""Words that came before their question: offered once, where they fit, and never lost."""

from __future__ import annotations

import pytest

from bot.conversation.state import Step
from bot.conversation.turns import Remark
from tests.conversation.dialogues import Dialogue, at


def test_words_written_too_early_are_offered_and_used_at_the_first_question_they_fit() -> None:
    dialogue = Dialogue().says("I once fixed a lift.").says("And a fridge.").reaches(Step.WARM_UP)

    dialogue.presses("use_strays")

    assert dialogue.written(Step.WARM_UP) == "I once fixed a lift.\nAnd a fridge."
    assert dialogue.draft.strays == ()
    assert dialogue.step is Step.TURN


@pytest.mark.parametrize("gesture", ["I count fridges.", "skip"])
def test_words_written_too_early_are_offered_once_and_kept(gesture: str) -> None:
    dialogue = Dialogue().says("I once fixed a lift.").reaches(Step.WARM_UP).says(gesture)

    assert dialogue.step is Step.TURN
    assert dialogue.draft.strays == ()
    assert [said.plain for said in dialogue.draft.former] == ["I once fixed a lift."]


def test_words_written_too_early_are_still_offered_to_who_has_a_text_already() -> None:
    dialogue = Dialogue().says("I once fixed a lift.").reaches(Step.PASTE).presses("use_strays")

    assert dialogue.story == "I once fixed a lift."


def test_words_no_longer_offered_follow_their_message() -> None:
    dialogue = Dialogue().says("I once fixed a lift.").says("And a fridge.").reaches(Step.TURN)

    dialogue.edits("I once fixed a lift.", "I once fixed two lifts.").deletes("And a fridge.")

    assert [said.plain for said in dialogue.draft.former] == ["I once fixed two lifts."]


def test_words_nobody_asked_for_can_be_added_to_the_end_of_the_draft() -> None:
    dialogue = at(Step.DRAFT).says("I once fixed a lift.")
    story = dialogue.story

    dialogue.presses("add_strays")

    assert dialogue.story == f"{story}\n\nI once fixed a lift."
    assert dialogue.draft.strays == ()
    assert dialogue.remark is Remark.SAVED
