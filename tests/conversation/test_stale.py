"""Old buttons and double clicks: whatever was pressed before may be pressed again, and nothing changes by it."""

from __future__ import annotations

import pytest

from bot.conversation.turns import Pressed, Remark
from bot.i18n import Texts
from bot.ids import CHOOSE
from bot.views.stories.questions import screen
from db.models.drafts import Question, Step
from tests.conversation.dialogues import MATERIAL, Dialogue, at

TEXTS = Texts("en")


def offered(dialogue: Dialogue) -> list[Pressed]:
    """Every choice that answers the present question."""
    draft = dialogue.draft
    choices = screen(draft, draft.at, MATERIAL, TEXTS).choices
    return [
        Pressed(choice.to or draft.at, choice.name, choice.about)
        for choice in choices
        if choice.action == CHOOSE
    ]


def whole_way() -> list[tuple[Question, list[Pressed], Dialogue]]:
    """Each question on the way to the end, what could be pressed there, and the dialogue standing there."""
    way, dialogue = [], Dialogue()
    while dialogue.step is not Step.DONE:
        here = Dialogue(dialogue.draft)
        way.append((here.draft.at, offered(here), here))
        dialogue.goes_on()
    return [*way, (dialogue.draft.at, [], Dialogue(dialogue.draft))]


WAY = whole_way()


@pytest.mark.parametrize("place", range(1, len(WAY)), ids=lambda place: WAY[place][0].key)
def test_every_choice_of_every_earlier_question_leaves_the_draft_as_it_is(place: int) -> None:
    _, _, dialogue = WAY[place]
    before = dialogue.draft

    for question, choices, _ in WAY[:place]:
        for pressed in choices:
            if question.step is before.at.step is Step.LINES:
                continue  # pages of cards stay open while the lines are being chosen
            dialogue.does(pressed)
            assert (dialogue.draft, dialogue.remark) == (before, Remark.OUT_OF_TURN), pressed


@pytest.mark.parametrize("place", range(len(WAY) - 1), ids=lambda place: WAY[place][0].key)
def test_a_double_click_counts_once(place: int) -> None:
    question, choices, here = WAY[place]

    for pressed in choices:
        once = Dialogue(here.draft).does(pressed).draft
        twice = Dialogue(once).does(pressed).draft
        assert twice == once or question.step is Step.LINES, pressed


@pytest.mark.parametrize("place", range(len(WAY) - 1), ids=lambda place: WAY[place][0].key)
def test_every_choice_on_the_screen_does_something(place: int) -> None:
    _, choices, here = WAY[place]

    for pressed in choices:
        dialogue = Dialogue(here.draft)
        if pressed.choice == "open":
            continue  # dealt by the caller, see `Opened`
        assert dialogue.does(pressed).remark is not Remark.OUT_OF_TURN, pressed


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.DONE])
@pytest.mark.parametrize(
    "choice", ["", "nonsense", "swap", "leave_story", "was_answer", "use_strays", "go_on"]
)
def test_a_forged_choice_shows_the_present_question(step: Step, choice: str) -> None:
    dialogue = at(step)
    before = dialogue.draft

    dialogue.presses(choice)

    assert (dialogue.draft, dialogue.remark) == (before, Remark.OUT_OF_TURN)


def test_an_earlier_answer_can_be_changed_and_the_conversation_returns_to_where_it_was() -> None:
    dialogue = at(Step.DRAFT).presses_at(Question(Step.TURN), "change")
    assert dialogue.draft.at == Question(Step.TURN)

    dialogue.says("I got lost in Lima.")

    assert dialogue.step is Step.DRAFT
    assert dialogue.written(Step.TURN) == "I got lost in Lima."


@pytest.mark.parametrize(
    "question", [Question(Step.PASTE), Question(Step.FILL, "no.such"), Question(Step.BALANCE, "x")]
)
def test_a_question_that_is_not_in_this_story_cannot_be_changed(question: Question) -> None:
    dialogue = at(Step.DRAFT).presses_at(question, "change")

    assert (dialogue.step, dialogue.remark) == (Step.DRAFT, Remark.OUT_OF_TURN)


def test_nothing_is_changed_by_a_button_once_the_story_is_finished() -> None:
    dialogue = at(Step.DONE)
    before = dialogue.draft

    for question, _, _ in WAY:
        assert dialogue.presses_at(question, "change").draft == before
