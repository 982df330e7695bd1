"""Answered questions: their text, and whether they can be changed."""

from __future__ import annotations

import pytest

from bot.i18n import LOCALES, Texts
from bot.views.stories.answered_questions import answered_question_message
from db.models.drafts import Draft, DraftStep, Question
from tests.conversation.scripted_dialogue import MATERIAL, dialogue_at
from tests.views.block_inspection import button_labels, posted_question, visible_text


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


def answered_text(draft: Draft, question: Question, texts: Texts) -> str:
    """Return the text of a question after it's answered."""
    return visible_text(answered_question_message(draft, question, MATERIAL, texts).blocks)


def test_a_question_left_by_going_back_has_no_change_button(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("back")
    assert dialogue.step is DraftStep.WARM_UP

    left = answered_question_message(dialogue.draft, Question(DraftStep.TURN), MATERIAL, texts)

    assert texts.label("answered-again") in left.text
    assert button_labels(left.blocks) == []


def test_an_answered_question_can_be_changed_also_after_going_back(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("back")

    kept = answered_question_message(dialogue.draft, Question(DraftStep.TURN), MATERIAL, texts)

    assert button_labels(kept.blocks) == [texts.label("choice-change")]


def test_a_gap_left_open_and_asked_again_is_left_with_one_button(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.FILL)
    question = dialogue.draft.at

    again = posted_question(dialogue.presses("leave").presses_at(question, "change").draft, texts)

    assert texts.label("choice-leave-open") in button_labels(again.blocks)
    assert texts.label("choice-go_on") not in button_labels(again.blocks)


def test_the_last_look_says_what_was_seen_and_that_it_can_stay(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.LAST_LOOK).presses("fine")

    collapsed = answered_text(dialogue.draft, Question(DraftStep.LAST_LOOK), texts)

    assert "maya@example.com" in collapsed
    assert texts.label("choice-fine-last_look") in collapsed
    assert texts.say("remark-saved") not in collapsed


def test_the_last_look_shows_what_was_seen_again_when_somebody_goes_back_to_it() -> None:
    dialogue = dialogue_at(DraftStep.LAST_LOOK).presses("fine").says("back")

    assert dialogue.step is DraftStep.LAST_LOOK
    assert "maya@example.com" in answered_text(dialogue.draft, Question(DraftStep.LAST_LOOK), Texts("en"))


def test_the_last_look_is_done_when_no_finding_is_left(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.LAST_LOOK).edits_the_text("I bake for the neighbours.")

    collapsed = answered_text(dialogue.draft, Question(DraftStep.LAST_LOOK), texts)

    assert texts.label("answered-changed") in collapsed
    assert texts.say("ask-last_look-done") in collapsed


@pytest.mark.parametrize("step", [DraftStep.FIRST_LINE, DraftStep.FILL])
def test_what_was_left_as_it_is_says_so(step: DraftStep, texts: Texts) -> None:
    dialogue = dialogue_at(step)
    question, button = dialogue.draft.at, "as_is" if step is DraftStep.FIRST_LINE else "leave"

    collapsed = answered_text(dialogue.presses(button).draft, question, texts)

    expected = {DraftStep.FIRST_LINE: "choice-as_is", DraftStep.FILL: "choice-leave-open"}[step]
    assert texts.label(expected) in collapsed
    assert texts.label("answered-skipped") not in collapsed
