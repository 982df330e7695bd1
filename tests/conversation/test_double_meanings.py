"""Words that may be an answer and may be said to the bot: kept as the answer, and out again when they were not one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.plan import TEXT_STEPS, accepts_text
from bot.conversation.turns import AskAboutChange, MessagesStopped, NoReply, Remark
from db.models.drafts import DraftStatus, DraftStep, Question, TextChange, WrittenAnswer
from tests.conversation.scripted_dialogue import ScriptedDialogue, dialogue_at

TEXT_STEPS_SORTED = sorted(TEXT_STEPS)


@pytest.mark.parametrize("step", TEXT_STEPS_SORTED)
def test_question_is_asked_again_when_its_answer_was_none(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    question, story = dialogue.draft.at, dialogue.story

    dialogue.says("tomorrow")
    assert dialogue.draft.written_text(question) == "tomorrow"

    dialogue.means_a_wish("tomorrow")
    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.MISREAD)
    assert (dialogue.draft.written_text(question), dialogue.story) == ("", story)


@pytest.mark.parametrize("step", TEXT_STEPS_SORTED)
def test_story_is_as_if_it_had_never_been_said_once_the_question_is_answered(step: DraftStep) -> None:
    answered = dialogue_at(step).goes_on().goes_on()

    dialogue = dialogue_at(step).says("tomorrow").means_a_wish("tomorrow").goes_on().goes_on()

    assert (dialogue.draft.at, dialogue.story) == (answered.draft.at, answered.story)
    assert "tomorrow" in [said.plain for said in dialogue.draft.former]


def test_only_that_word_goes_when_it_was_one_of_several_messages() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("tomorrow", late=True)

    dialogue.means_a_wish("tomorrow")

    assert dialogue.remark is Remark.MISREAD
    assert dialogue.written(DraftStep.WARM_UP) == dialogue.messages[0].plain
    assert dialogue.step is DraftStep.TURN


def test_answer_that_stood_there_before_is_back_when_its_place_was_taken_by_a_wish() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    draft, turn = dialogue.draft, dialogue.written(DraftStep.TURN)

    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later").means_a_wish("later", turn)

    assert (dialogue.step, dialogue.remark) == (DraftStep.OUTSIDE, Remark.MISREAD)
    assert dialogue.written(DraftStep.TURN) == turn
    assert dialogue.story == ScriptedDialogue(draft).story


def test_answer_in_the_other_language_is_back_and_asked_about_again() -> None:
    dialogue = dialogue_at(DraftStep.OTHER_LANGUAGE)
    before, question = dialogue.messages[-1].plain, dialogue.draft.at

    dialogue.says("tomorrow").means_a_wish("tomorrow", before)

    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.MISREAD)
    assert dialogue.draft.written_text(Question.from_key(question.about)) == before


def test_line_goes_when_it_was_none() -> None:
    dialogue = dialogue_at(DraftStep.LINES).opens_the_lines().says("fewer")
    assert [line.text for line in dialogue.draft.lines] == ["fewer"]

    dialogue.means_a_wish("fewer")

    assert (dialogue.draft.lines, dialogue.draft.at) == ((), Question(DraftStep.LINES, "1"))


def test_text_edited_by_hand_is_not_touched_unasked() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("tomorrow").edits_the_text("All new, tomorrow.")

    dialogue.means_a_wish("tomorrow")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.story == "All new, tomorrow."


def test_button_pressed_twice_changes_nothing_more() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("later").means_a_wish("later").says("I got lost in Lima.")
    once = dialogue.draft

    dialogue.means_a_wish("later").means_a_wish("later")

    assert isinstance(dialogue.turn, NoReply)
    assert dialogue.draft.answers == once.answers


@pytest.mark.parametrize("status", [DraftStatus.OPEN, DraftStatus.PAUSED, DraftStatus.ASIDE])
def test_question_is_the_next_one_when_the_story_rests_and_nothing_stood_there_before(
    status: DraftStatus,
) -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("later")
    dialogue.draft = replace(dialogue.draft, status=status)

    dialogue.means_a_wish("later")

    assert (dialogue.step, dialogue.remark) == (DraftStep.TURN, Remark.MISREAD)
    assert (dialogue.written(DraftStep.TURN), dialogue.draft.status) == ("", status)


@pytest.mark.parametrize("status", [DraftStatus.PAUSED, DraftStatus.ASIDE])
def test_answer_from_before_is_back_while_the_story_rests(status: DraftStatus) -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn, story = dialogue.written(DraftStep.TURN), dialogue.story
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later")
    dialogue.draft = replace(dialogue.draft, status=status)

    dialogue.means_a_wish("later", turn)

    assert (dialogue.step, dialogue.draft.status) == (DraftStep.OUTSIDE, status)
    assert (dialogue.written(DraftStep.TURN), dialogue.story) == (turn, story)


def test_answer_from_before_is_back_in_a_finished_story_and_nothing_is_called_open() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn = dialogue.written(DraftStep.TURN)
    story = ScriptedDialogue(dialogue.draft).reaches(DraftStep.DONE).story
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later").reaches(DraftStep.DONE)
    assert dialogue.story != story

    dialogue.means_a_wish("later", turn)

    assert (dialogue.step, dialogue.draft.status) == (DraftStep.DONE, DraftStatus.FINISHED)
    assert dialogue.remark is Remark.TAKEN_OUT
    assert dialogue.story == story


def test_word_leaves_a_finished_story_that_had_nothing_there_before() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("tomorrow").reaches(DraftStep.DONE)

    dialogue.means_a_wish("tomorrow")

    assert (dialogue.step, dialogue.remark) == (DraftStep.DONE, Remark.TAKEN_OUT)
    assert "tomorrow" not in dialogue.story.casefold()


def test_nothing_is_asked_of_a_text_edited_by_hand_that_still_has_the_answer_from_before() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn = dialogue.written(DraftStep.TURN)
    dialogue.edits_the_text(f"All new. {turn}")
    story = dialogue.story
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later")
    assert isinstance(dialogue.turn, AskAboutChange)

    dialogue.means_a_wish("later", turn)

    assert (dialogue.step, dialogue.remark) == (DraftStep.OUTSIDE, Remark.MISREAD)
    assert (dialogue.draft.changes, dialogue.story) == ((), story)
    assert dialogue.written(DraftStep.TURN) == turn


@pytest.mark.parametrize("end", [DraftStep.OUTSIDE, DraftStep.DONE])
def test_answer_from_before_is_offered_to_a_text_edited_by_hand_that_has_the_wish(end: DraftStep) -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn = dialogue.written(DraftStep.TURN)
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later").reaches(end)
    dialogue.edits_the_text("All new, later.")

    dialogue.means_a_wish("later", turn)

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.turn.change == TextChange("turn", "later", turn)
    assert dialogue.written(DraftStep.TURN) == turn


@pytest.mark.parametrize("step", [*TEXT_STEPS_SORTED, DraftStep.FIRST_LINE, DraftStep.OTHER_LANGUAGE])
def test_stop_stops_and_is_kept_beside_the_story_when_words_are_waited_for(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    answers, story = dialogue.draft.answers, dialogue.story

    dialogue.says("stop")

    assert dialogue.turn == MessagesStopped(dialogue.draft, may_be_answer=True)
    assert (dialogue.draft.status, dialogue.draft.answers, dialogue.story) == (
        DraftStatus.PAUSED,
        answers,
        story,
    )
    assert dialogue.draft.former[-1].plain == "stop"


def test_stop_as_an_answer_can_be_said_in_other_words_afterwards() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("stop").says("I could not stop.").presses("was_answer")

    answer = dialogue.draft.answers["turn"]
    assert isinstance(answer, WrittenAnswer)
    assert answer.text == "I could not stop."


@pytest.mark.parametrize(
    "dialogue",
    [dialogue_at(DraftStep.SEGMENT), dialogue_at(DraftStep.TURN).says("pause"), dialogue_at(DraftStep.DRAFT)],
)
def test_stop_is_nothing_but_a_stop_where_no_words_are_waited_for(dialogue: ScriptedDialogue) -> None:
    former = dialogue.draft.former
    assert not accepts_text(dialogue.draft.at) or dialogue.draft.status is DraftStatus.PAUSED

    dialogue.says("stop")

    assert dialogue.turn == MessagesStopped(dialogue.draft)
    assert dialogue.draft.former == former
