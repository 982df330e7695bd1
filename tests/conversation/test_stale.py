"""Old buttons and double clicks: every button can be pressed again, and nothing changes."""

from __future__ import annotations

import pytest

from bot.conversation.turns import ButtonPressed, Remark
from bot.i18n import Texts
from bot.ids import CHOICE_PRESS
from bot.views.stories.questions import build_screen
from db.models.drafts import DraftStep, Question
from tests.conversation.scripted_dialogue import MATERIAL, ScriptedDialogue, dialogue_at

TEXTS = Texts("en")


def offered_choices(dialogue: ScriptedDialogue) -> list[ButtonPressed]:
    """Return every choice that answers the current question."""
    draft = dialogue.draft
    choices = build_screen(draft, draft.at, MATERIAL, TEXTS).choices
    return [
        ButtonPressed(choice.target or draft.at, choice.name, choice.about)
        for choice in choices
        if choice.action_id == CHOICE_PRESS
    ]


def play_whole_way() -> list[tuple[Question, list[ButtonPressed], ScriptedDialogue]]:
    """Return each question on the way to the end, with its buttons and the dialogue at it."""
    steps, dialogue = [], ScriptedDialogue()
    while dialogue.step is not DraftStep.DONE:
        here = ScriptedDialogue(dialogue.draft)
        steps.append((here.draft.at, offered_choices(here), here))
        dialogue.goes_on()
    return [*steps, (dialogue.draft.at, [], ScriptedDialogue(dialogue.draft))]


PLAYED_STEPS = play_whole_way()


@pytest.mark.parametrize("place", range(1, len(PLAYED_STEPS)), ids=lambda place: PLAYED_STEPS[place][0].key)
def test_every_choice_of_every_earlier_question_leaves_the_draft_as_it_is(place: int) -> None:
    _, _, dialogue = PLAYED_STEPS[place]
    before = dialogue.draft

    for question, choices, _ in PLAYED_STEPS[:place]:
        for pressed in choices:
            if question.step is before.at.step is DraftStep.LINES:
                continue  # pages of cards stay open while the lines are being chosen
            dialogue.does(pressed)
            assert (dialogue.draft, dialogue.remark) == (before, Remark.OUT_OF_TURN), pressed


@pytest.mark.parametrize("place", range(len(PLAYED_STEPS) - 1), ids=lambda place: PLAYED_STEPS[place][0].key)
def test_a_double_click_counts_once(place: int) -> None:
    question, choices, here = PLAYED_STEPS[place]

    for pressed in choices:
        once = ScriptedDialogue(here.draft).does(pressed).draft
        twice = ScriptedDialogue(once).does(pressed).draft
        assert twice == once or question.step is DraftStep.LINES, pressed


@pytest.mark.parametrize("place", range(len(PLAYED_STEPS) - 1), ids=lambda place: PLAYED_STEPS[place][0].key)
def test_every_choice_on_the_screen_does_something(place: int) -> None:
    _, choices, here = PLAYED_STEPS[place]

    for pressed in choices:
        dialogue = ScriptedDialogue(here.draft)
        assert dialogue.does(pressed).remark is not Remark.OUT_OF_TURN, pressed


@pytest.mark.parametrize("step", [step for step in DraftStep if step is not DraftStep.DONE])
@pytest.mark.parametrize(
    "choice", ["", "nonsense", "swap", "leave_story", "was_answer", "use_strays", "go_on"]
)
def test_a_forged_choice_shows_the_present_question(step: DraftStep, choice: str) -> None:
    dialogue = dialogue_at(step)
    before = dialogue.draft

    dialogue.presses(choice)

    assert (dialogue.draft, dialogue.remark) == (before, Remark.OUT_OF_TURN)


def test_an_earlier_answer_can_be_changed_and_the_conversation_returns_to_where_it_was() -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).presses_at(Question(DraftStep.TURN), "change")
    assert dialogue.draft.at == Question(DraftStep.TURN)

    dialogue.says("I got lost in Lima.")

    assert dialogue.step is DraftStep.DRAFT
    assert dialogue.written(DraftStep.TURN) == "I got lost in Lima."


@pytest.mark.parametrize(
    "question",
    [Question(DraftStep.PASTE), Question(DraftStep.FILL, "no.such"), Question(DraftStep.BALANCE, "x")],
)
def test_a_question_that_is_not_in_this_story_cannot_be_changed(question: Question) -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).presses_at(question, "change")

    assert (dialogue.step, dialogue.remark) == (DraftStep.DRAFT, Remark.OUT_OF_TURN)


def test_nothing_is_changed_by_a_button_once_the_story_is_finished() -> None:
    dialogue = dialogue_at(DraftStep.DONE)
    before = dialogue.draft

    for question, _, _ in PLAYED_STEPS:
        assert dialogue.presses_at(question, "change").draft == before
