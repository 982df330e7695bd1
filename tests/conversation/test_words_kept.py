"""Words that come too early, too late, twice, as a greeting or in the other language: none of them is lost."""

from __future__ import annotations

import pytest

from bot.conversation.turns import Compare, Remark
from db.models.drafts import Question, Status, Step, Written
from tests.conversation.dialogues import MATERIAL, WORDS, at

ENGLISH, ARABIC = WORDS["en"], WORDS["ar"]
TEXT_STEPS = [
    Step.WARM_UP,
    Step.PASTE,
    Step.TURN,
    Step.FILL,
    Step.YOURS,
    Step.BALANCE,
    Step.OUTSIDE,
    Step.ASK_ME,
    Step.HEADLINE,
]
CHOICE_STEPS = [
    Step.INVITATION,
    Step.RULES,
    Step.SEGMENT,
    Step.LANGUAGE,
    Step.LINES,
    Step.DRAFT,
    Step.LAST_LOOK,
    Step.TAKE,
    Step.HAND,
    Step.HIGHLIGHT,
]


# --- greetings --------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", TEXT_STEPS)
@pytest.mark.parametrize("greeting", ["hi", "Hello!", "مرحبا", "السلام عليكم"])
def test_a_bare_greeting_is_held_and_becomes_the_answer_only_when_they_say_so(
    step: Step, greeting: str
) -> None:
    dialogue = at(step)
    question = dialogue.draft.at

    dialogue.says(greeting)
    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.GREETING)
    assert dialogue.draft.answer(question) is None

    dialogue.presses("was_answer")
    assert dialogue.draft.written(question) == greeting
    assert dialogue.draft.at != question


@pytest.mark.parametrize("step", CHOICE_STEPS)
def test_a_greeting_at_a_choice_shows_where_they_were(step: Step) -> None:
    dialogue = at(step)
    before = dialogue.draft

    dialogue.says("hi")

    assert (dialogue.draft, dialogue.remark) == (before, Remark.WELCOME_BACK)


def test_a_held_greeting_is_forgotten_when_the_answer_comes() -> None:
    dialogue = at(Step.TURN).says("hi").says("I got lost in Lima.")

    assert dialogue.draft.held is None
    assert dialogue.written(Step.TURN) == "I got lost in Lima."


def test_a_greeting_deleted_in_slack_is_no_longer_held() -> None:
    dialogue = at(Step.TURN).says("hi").deletes("hi").presses("was_answer")

    assert dialogue.remark is Remark.OUT_OF_TURN
    assert dialogue.draft.answer(Question(Step.TURN)) is None


# --- too early, too late ----------------------------------------------------------------------------


@pytest.mark.parametrize("step", CHOICE_STEPS)
def test_words_at_a_choice_are_kept_and_the_choice_is_asked_again(step: Step) -> None:
    dialogue = at(step)
    question = dialogue.draft.at

    dialogue.says("I once fixed a lift.")

    assert dialogue.draft.at == question
    assert dialogue.remark in {Remark.STRAY, Remark.CHOOSE}
    assert [stray.plain for stray in dialogue.draft.strays] == ["I once fixed a lift."]


def test_a_second_message_before_the_next_question_goes_to_the_answer_before() -> None:
    dialogue = at(Step.WARM_UP).says("I keep graphs honest").says("and people, too", late=True)

    assert dialogue.written(Step.WARM_UP) == "I keep graphs honest\nand people, too"
    assert (dialogue.step, dialogue.remark) == (Step.TURN, Remark.ADDED)


def test_a_late_message_goes_to_the_answer_just_changed_and_not_to_a_later_one() -> None:
    dialogue = at(Step.OUTSIDE).presses_at(Question(Step.WARM_UP), "change")

    dialogue.says("I keep graphs honest.").says("And people, too.", late=True)

    assert dialogue.written(Step.WARM_UP) == "I keep graphs honest.\nAnd people, too."
    assert dialogue.written(Step.TURN) == ENGLISH[Step.TURN]


def test_a_late_message_asks_before_it_touches_a_text_edited_by_hand() -> None:
    dialogue = (
        at(Step.OUTSIDE)
        .edits_the_text("My own text.")
        .says("I bake.")
        .presses_at(Question(Step.OUTSIDE, "pp-6"), "leave_story")
    )

    dialogue.says("Badly.", late=True)

    assert isinstance(dialogue.turn, Compare)
    assert dialogue.story == "My own text."


def test_quick_words_at_a_page_of_cards_are_a_line_and_no_late_answer() -> None:
    dialogue = (
        at(Step.LINES).opens_the_lines().says("We laugh a lot.").says("And we leave at five.", late=True)
    )

    assert [line.text for line in dialogue.draft.lines] == ["We laugh a lot.", "And we leave at five."]
    assert dialogue.written(Step.TURN) == ENGLISH[Step.TURN]


def test_late_words_before_any_answer_are_kept_too() -> None:
    dialogue = at(Step.RULES).says("I once fixed a lift.", late=True)

    assert [stray.plain for stray in dialogue.draft.strays] == ["I once fixed a lift."]


# --- the other language -----------------------------------------------------------------------------


@pytest.mark.parametrize("step", [s for s in TEXT_STEPS if s is not Step.HEADLINE])
def test_an_answer_in_the_other_language_is_kept_and_asked_about(step: Step) -> None:
    dialogue = at(step)
    question = dialogue.draft.at

    dialogue.says(ARABIC[Step.TURN])

    assert dialogue.draft.at == Question(Step.OTHER_LANGUAGE, question.key)
    assert dialogue.draft.written(question) == ARABIC[Step.TURN]
    dialogue.presses("fine")
    assert dialogue.draft.written(question) == ARABIC[Step.TURN]
    assert dialogue.step is not Step.OTHER_LANGUAGE


def test_an_answer_in_the_other_language_is_written_again_when_they_like() -> None:
    dialogue = at(Step.OTHER_LANGUAGE).presses("again")
    assert dialogue.draft.at == Question(Step.WARM_UP)

    dialogue.says("I keep graphs honest.")

    assert dialogue.written(Step.WARM_UP) == "I keep graphs honest."
    assert dialogue.step is Step.TURN


def test_words_at_the_question_about_the_language_are_the_answer_anew() -> None:
    dialogue = at(Step.OTHER_LANGUAGE).says("I keep graphs honest.")

    assert dialogue.written(Step.WARM_UP) == "I keep graphs honest."


def test_the_question_about_the_language_goes_when_the_message_is_edited_into_it() -> None:
    dialogue = at(Step.OTHER_LANGUAGE).edits(ARABIC[Step.WARM_UP], "I keep graphs honest.")

    assert (dialogue.step, dialogue.remark) == (Step.TURN, Remark.EDITED)


def test_a_word_or_two_in_the_other_language_are_not_asked_about() -> None:
    assert at(Step.TURN).says("بيروت الجميلة").step is Step.LINES


# --- a text of one's own ----------------------------------------------------------------------------


def test_a_pasted_text_is_the_story_and_goes_on_to_the_lines() -> None:
    dialogue = at(Step.PASTE).says(ENGLISH[Step.PASTE])

    assert dialogue.step is Step.LINES
    assert dialogue.story == ENGLISH[Step.PASTE]
    assert dialogue.says("skip").step is Step.DRAFT


@pytest.mark.parametrize("gesture", ["write_one", "skip"])
def test_who_would_rather_write_a_new_one_is_asked_the_warm_up(gesture: str) -> None:
    dialogue = at(Step.PASTE)

    dialogue.says("skip") if gesture == "skip" else dialogue.presses(gesture)

    assert dialogue.step is Step.WARM_UP
    assert dialogue.draft.answer(Question(Step.WARM_UP)) is None


def test_a_new_story_after_a_pasted_one_is_made_of_the_new_answers() -> None:
    dialogue = at(Step.PASTE).says(ENGLISH[Step.PASTE]).says("back").presses("write_one")

    dialogue.says("I keep graphs honest.").says("I got lost in Lima.")

    assert dialogue.story == "I keep graphs honest.\n\nI got lost in Lima."
    assert dialogue.written(Step.PASTE) == ENGLISH[Step.PASTE]


def test_a_warm_up_given_up_for_a_pasted_text_is_offered_again() -> None:
    dialogue = at(Step.TURN).says("back").presses("have_one")

    assert [stray.plain for stray in dialogue.draft.strays] == [ENGLISH[Step.WARM_UP]]


# --- answers changed, prompts exchanged -------------------------------------------------------------


def test_an_answer_can_be_kept_as_it_is_after_going_back() -> None:
    dialogue = at(Step.TURN).says("back").presses("go_on")

    assert (dialogue.step, dialogue.written(Step.WARM_UP)) == (Step.TURN, ENGLISH[Step.WARM_UP])


def test_a_new_answer_takes_the_place_of_the_one_before() -> None:
    dialogue = at(Step.TURN).says("back").says("I keep graphs honest.")

    assert dialogue.written(Step.WARM_UP) == "I keep graphs honest."


def test_another_prompt_from_outside_work_comes_round_to_the_first() -> None:
    dialogue = at(Step.OUTSIDE)
    first, seen = dialogue.draft.at, []

    for _ in MATERIAL.bank.prompts:
        seen.append(dialogue.draft.at.about)
        dialogue.presses("another")

    assert dialogue.draft.at == first
    assert sorted(seen) == sorted(prompt.id for prompt in MATERIAL.bank.prompts)


def test_the_newest_answer_from_outside_work_stands_in_the_story_and_the_other_is_kept() -> None:
    dialogue = at(Step.OUTSIDE).says("I bake.").says("back").presses("another").says("I swim.")

    assert "I swim." in dialogue.story
    assert "I bake." not in dialogue.story
    words = [
        a.text
        for k, a in dialogue.draft.answers.items()
        if k.startswith("outside") and isinstance(a, Written)
    ]
    assert words == ["I bake.", "I swim."]
    assert dialogue.draft.status is Status.OPEN
