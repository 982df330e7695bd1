"""Words that come too early, too late, twice, as a greeting or in the other language: none of them is lost."""

from __future__ import annotations

import pytest

from bot.conversation.turns import AskAboutChange, Remark
from db.models.drafts import DraftStatus, DraftStep, Question, WrittenAnswer
from tests.conversation.scripted_dialogue import ANSWER_TEXTS, MATERIAL, dialogue_at

ENGLISH, ARABIC = ANSWER_TEXTS["en"], ANSWER_TEXTS["ar"]
TEXT_STEPS = [
    DraftStep.WARM_UP,
    DraftStep.PASTE,
    DraftStep.TURN,
    DraftStep.FILL,
    DraftStep.YOURS,
    DraftStep.BALANCE,
    DraftStep.OUTSIDE,
    DraftStep.ASK_ME,
    DraftStep.HEADLINE,
]
CHOICE_STEPS = [
    DraftStep.INVITATION,
    DraftStep.RULES,
    DraftStep.SEGMENT,
    DraftStep.LANGUAGE,
    DraftStep.LINES,
    DraftStep.DRAFT,
    DraftStep.LAST_LOOK,
    DraftStep.TAKE,
    DraftStep.HAND,
    DraftStep.HIGHLIGHT,
]


# --- greetings --------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", TEXT_STEPS)
@pytest.mark.parametrize("greeting", ["hi", "Hello!", "مرحبا", "السلام عليكم"])
def test_a_bare_greeting_is_held_and_becomes_the_answer_only_when_they_say_so(
    step: DraftStep, greeting: str
) -> None:
    dialogue = dialogue_at(step)
    question = dialogue.draft.at

    dialogue.says(greeting)
    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.GREETING)
    assert dialogue.draft.answer_to(question) is None

    dialogue.presses("was_answer")
    assert dialogue.draft.written_text(question) == greeting
    assert dialogue.draft.at != question


@pytest.mark.parametrize("step", CHOICE_STEPS)
def test_a_greeting_at_a_choice_shows_where_they_were(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    before = dialogue.draft

    dialogue.says("hi")

    assert (dialogue.draft, dialogue.remark) == (before, Remark.WELCOME_BACK)


def test_a_held_greeting_is_forgotten_when_the_answer_comes() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("hi").says("I got lost in Lima.")

    assert dialogue.draft.pending is None
    assert dialogue.written(DraftStep.TURN) == "I got lost in Lima."


def test_a_greeting_deleted_in_slack_is_no_longer_held() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("hi").deletes("hi").presses("was_answer")

    assert dialogue.remark is Remark.OUT_OF_TURN
    assert dialogue.draft.answer_to(Question(DraftStep.TURN)) is None


# --- too early, too late ----------------------------------------------------------------------------


@pytest.mark.parametrize("step", CHOICE_STEPS)
def test_words_at_a_choice_are_kept_and_the_choice_is_asked_again(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    question = dialogue.draft.at

    dialogue.says("I once fixed a lift.")

    assert dialogue.draft.at == question
    assert dialogue.remark in {Remark.UNPLACED, Remark.CHOOSE}
    assert [stray.plain for stray in dialogue.draft.unplaced] == ["I once fixed a lift."]


def test_a_second_message_before_the_next_question_goes_to_the_answer_before() -> None:
    dialogue = dialogue_at(DraftStep.WARM_UP).says("I keep graphs honest").says("and people, too", late=True)

    assert dialogue.written(DraftStep.WARM_UP) == "I keep graphs honest\nand people, too"
    assert (dialogue.step, dialogue.remark) == (DraftStep.TURN, Remark.ADDED)


def test_a_late_message_goes_to_the_answer_just_changed_and_not_to_a_later_one() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).presses_at(Question(DraftStep.WARM_UP), "change")

    dialogue.says("I keep graphs honest.").says("And people, too.", late=True)

    assert dialogue.written(DraftStep.WARM_UP) == "I keep graphs honest.\nAnd people, too."
    assert dialogue.written(DraftStep.TURN) == ENGLISH[DraftStep.TURN]


def test_a_late_message_asks_before_it_touches_a_text_edited_by_hand() -> None:
    dialogue = (
        dialogue_at(DraftStep.OUTSIDE)
        .edits_the_text("My own text.")
        .says("I bake.")
        .presses_at(Question(DraftStep.OUTSIDE, "pp-6"), "leave_story")
    )

    dialogue.says("Badly.", late=True)

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.story == "My own text."


def test_quick_words_at_a_page_of_cards_are_a_line_and_no_late_answer() -> None:
    dialogue = (
        dialogue_at(DraftStep.LINES)
        .opens_the_lines()
        .says("We laugh a lot.")
        .says("And we leave at five.", late=True)
    )

    assert [line.text for line in dialogue.draft.lines] == ["We laugh a lot.", "And we leave at five."]
    assert dialogue.written(DraftStep.TURN) == ENGLISH[DraftStep.TURN]


def test_late_words_before_any_answer_are_kept_too() -> None:
    dialogue = dialogue_at(DraftStep.RULES).says("I once fixed a lift.", late=True)

    assert [stray.plain for stray in dialogue.draft.unplaced] == ["I once fixed a lift."]


# --- the other language -----------------------------------------------------------------------------


@pytest.mark.parametrize("step", [s for s in TEXT_STEPS if s is not DraftStep.HEADLINE])
def test_an_answer_in_the_other_language_is_kept_and_asked_about(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    question = dialogue.draft.at

    dialogue.says(ARABIC[DraftStep.TURN])

    assert dialogue.draft.at == Question(DraftStep.OTHER_LANGUAGE, question.key)
    assert dialogue.draft.written_text(question) == ARABIC[DraftStep.TURN]
    dialogue.presses("fine")
    assert dialogue.draft.written_text(question) == ARABIC[DraftStep.TURN]
    assert dialogue.step is not DraftStep.OTHER_LANGUAGE


def test_an_answer_in_the_other_language_is_written_again_when_they_like() -> None:
    dialogue = dialogue_at(DraftStep.OTHER_LANGUAGE).presses("again")
    assert dialogue.draft.at == Question(DraftStep.WARM_UP)

    dialogue.says("I keep graphs honest.")

    assert dialogue.written(DraftStep.WARM_UP) == "I keep graphs honest."
    assert dialogue.step is DraftStep.TURN


def test_words_at_the_question_about_the_language_are_the_answer_anew() -> None:
    dialogue = dialogue_at(DraftStep.OTHER_LANGUAGE).says("I keep graphs honest.")

    assert dialogue.written(DraftStep.WARM_UP) == "I keep graphs honest."


def test_the_question_about_the_language_goes_when_the_message_is_edited_into_it() -> None:
    dialogue = dialogue_at(DraftStep.OTHER_LANGUAGE).edits(ARABIC[DraftStep.WARM_UP], "I keep graphs honest.")

    assert (dialogue.step, dialogue.remark) == (DraftStep.TURN, Remark.EDITED)


def test_a_word_or_two_in_the_other_language_are_not_asked_about() -> None:
    assert dialogue_at(DraftStep.TURN).says("بيروت الجميلة").step is DraftStep.LINES


# --- an existing text -------------------------------------------------------------------------------


def test_a_pasted_text_is_the_story_and_goes_on_to_the_lines() -> None:
    dialogue = dialogue_at(DraftStep.PASTE).says(ENGLISH[DraftStep.PASTE])

    assert dialogue.step is DraftStep.LINES
    assert dialogue.story == ENGLISH[DraftStep.PASTE]
    assert dialogue.says("skip").step is DraftStep.DRAFT


@pytest.mark.parametrize("gesture", ["write_one", "skip"])
def test_an_author_who_prefers_a_new_text_is_asked_the_warm_up(gesture: str) -> None:
    dialogue = dialogue_at(DraftStep.PASTE)

    dialogue.says("skip") if gesture == "skip" else dialogue.presses(gesture)

    assert dialogue.step is DraftStep.WARM_UP
    assert dialogue.draft.answer_to(Question(DraftStep.WARM_UP)) is None


def test_a_new_story_after_a_pasted_one_is_made_of_the_new_answers() -> None:
    dialogue = dialogue_at(DraftStep.PASTE).says(ENGLISH[DraftStep.PASTE]).says("back").presses("write_one")

    dialogue.says("I keep graphs honest.").says("I got lost in Lima.")

    assert dialogue.story == "I keep graphs honest.\n\nI got lost in Lima."
    assert dialogue.written(DraftStep.PASTE) == ENGLISH[DraftStep.PASTE]


def test_a_warm_up_given_up_for_a_pasted_text_is_offered_again() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("back").presses("have_one")

    assert [stray.plain for stray in dialogue.draft.unplaced] == [ENGLISH[DraftStep.WARM_UP]]


# --- answers changed, prompts replaced -------------------------------------------------------------


def test_an_answer_can_be_kept_as_it_is_after_going_back() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("back").presses("go_on")

    assert (dialogue.step, dialogue.written(DraftStep.WARM_UP)) == (
        DraftStep.TURN,
        ENGLISH[DraftStep.WARM_UP],
    )


def test_a_new_answer_replaces_the_previous_one() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("back").says("I keep graphs honest.")

    assert dialogue.written(DraftStep.WARM_UP) == "I keep graphs honest."


def test_another_prompt_from_outside_work_comes_round_to_the_first() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    first, seen = dialogue.draft.at, []

    for _ in MATERIAL.bank.prompts:
        seen.append(dialogue.draft.at.about)
        dialogue.presses("another")

    assert dialogue.draft.at == first
    assert sorted(seen) == sorted(prompt.id for prompt in MATERIAL.bank.prompts)


def test_the_newest_answer_from_outside_work_is_in_the_story_and_the_other_is_kept() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("I bake.").says("back").presses("another").says("I swim.")

    assert "I swim." in dialogue.story
    assert "I bake." not in dialogue.story
    words = [
        a.text
        for k, a in dialogue.draft.answers.items()
        if k.startswith("outside") and isinstance(a, WrittenAnswer)
    ]
    assert words == ["I bake.", "I swim."]
    assert dialogue.draft.status is DraftStatus.OPEN
