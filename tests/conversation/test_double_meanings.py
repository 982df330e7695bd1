"""Words that may be an answer or a request: kept as the answer, and taken out if they were none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.plan import TEXT_STEPS, accepts_text
from bot.conversation.turns import AskAboutChange, MessagesStopped, NoReply, Remark
from db.models.drafts import DraftStatus, DraftStep, Question, TextChange, WrittenAnswer
from tests.conversation.scripted_dialogue import ScriptedDialogue, dialogue_at

TEXT_STEPS_SORTED = sorted(TEXT_STEPS)


@pytest.mark.parametrize("step", TEXT_STEPS_SORTED)
def test_question_is_asked_again_when_its_answer_was_a_request(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    question, story = dialogue.draft.at, dialogue.story

    dialogue.says("tomorrow")
    assert dialogue.draft.written_text(question) == "tomorrow"

    dialogue.meant_a_request("tomorrow")
    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.MISREAD)
    assert (dialogue.draft.written_text(question), dialogue.story) == ("", story)


@pytest.mark.parametrize("step", TEXT_STEPS_SORTED)
def test_story_has_no_trace_of_the_request_once_the_question_is_answered(step: DraftStep) -> None:
    answered = dialogue_at(step).goes_on().goes_on()

    dialogue = dialogue_at(step).says("tomorrow").meant_a_request("tomorrow").goes_on().goes_on()

    assert (dialogue.draft.at, dialogue.story) == (answered.draft.at, answered.story)
    assert "tomorrow" in [said.plain for said in dialogue.draft.superseded]


def test_only_that_word_goes_when_it_was_one_of_several_messages() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("tomorrow", late=True)

    dialogue.meant_a_request("tomorrow")

    assert dialogue.remark is Remark.MISREAD
    assert dialogue.written(DraftStep.WARM_UP) == dialogue.messages[0].plain
    assert dialogue.step is DraftStep.TURN


def test_previous_answer_is_back_when_a_request_had_replaced_it() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    draft, turn = dialogue.draft, dialogue.written(DraftStep.TURN)

    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later").meant_a_request("later", turn)

    assert (dialogue.step, dialogue.remark) == (DraftStep.OUTSIDE, Remark.MISREAD)
    assert dialogue.written(DraftStep.TURN) == turn
    assert dialogue.story == ScriptedDialogue(draft).story


def test_answer_in_the_other_language_is_back_and_asked_about_again() -> None:
    dialogue = dialogue_at(DraftStep.OTHER_LANGUAGE)
    before, question = dialogue.messages[-1].plain, dialogue.draft.at

    dialogue.says("tomorrow").meant_a_request("tomorrow", before)

    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.MISREAD)
    assert dialogue.draft.written_text(Question.from_key(question.about)) == before


def test_line_is_removed_when_it_was_a_request() -> None:
    dialogue = dialogue_at(DraftStep.LINES).opens_the_lines().says("fewer")
    assert [line.text for line in dialogue.draft.lines] == ["fewer"]

    dialogue.meant_a_request("fewer")

    assert (dialogue.draft.lines, dialogue.draft.at) == ((), Question(DraftStep.LINES, "1"))


def test_text_edited_by_hand_is_not_changed_without_asking() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("tomorrow").edits_the_text("All new, tomorrow.")

    dialogue.meant_a_request("tomorrow")

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.story == "All new, tomorrow."


def test_button_pressed_twice_changes_nothing_more() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("later").meant_a_request("later").says("I got lost in Lima.")
    once = dialogue.draft

    dialogue.meant_a_request("later").meant_a_request("later")

    assert isinstance(dialogue.turn, NoReply)
    assert dialogue.draft.answers == once.answers


@pytest.mark.parametrize("status", [DraftStatus.OPEN, DraftStatus.PAUSED, DraftStatus.ASIDE])
def test_question_is_asked_next_when_the_story_is_paused_and_had_no_previous_answer(
    status: DraftStatus,
) -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("later")
    dialogue.draft = replace(dialogue.draft, status=status)

    dialogue.meant_a_request("later")

    assert (dialogue.step, dialogue.remark) == (DraftStep.TURN, Remark.MISREAD)
    assert (dialogue.written(DraftStep.TURN), dialogue.draft.status) == ("", status)


@pytest.mark.parametrize("status", [DraftStatus.PAUSED, DraftStatus.ASIDE])
def test_previous_answer_is_back_while_the_story_is_paused(status: DraftStatus) -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn, story = dialogue.written(DraftStep.TURN), dialogue.story
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later")
    dialogue.draft = replace(dialogue.draft, status=status)

    dialogue.meant_a_request("later", turn)

    assert (dialogue.step, dialogue.draft.status) == (DraftStep.OUTSIDE, status)
    assert (dialogue.written(DraftStep.TURN), dialogue.story) == (turn, story)


def test_previous_answer_is_back_in_a_finished_story_and_no_question_is_announced() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn = dialogue.written(DraftStep.TURN)
    story = ScriptedDialogue(dialogue.draft).reaches(DraftStep.DONE).story
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later").reaches(DraftStep.DONE)
    assert dialogue.story != story

    dialogue.meant_a_request("later", turn)

    assert (dialogue.step, dialogue.draft.status) == (DraftStep.DONE, DraftStatus.FINISHED)
    assert dialogue.remark is Remark.TAKEN_OUT
    assert dialogue.story == story


def test_request_leaves_a_finished_story_that_had_no_previous_answer() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).says("tomorrow").reaches(DraftStep.DONE)

    dialogue.meant_a_request("tomorrow")

    assert (dialogue.step, dialogue.remark) == (DraftStep.DONE, Remark.TAKEN_OUT)
    assert "tomorrow" not in dialogue.story.casefold()


def test_nothing_is_asked_about_an_edited_text_that_still_has_the_previous_answer() -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn = dialogue.written(DraftStep.TURN)
    dialogue.edits_the_text(f"All new. {turn}")
    story = dialogue.story
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later")
    assert isinstance(dialogue.turn, AskAboutChange)

    dialogue.meant_a_request("later", turn)

    assert (dialogue.step, dialogue.remark) == (DraftStep.OUTSIDE, Remark.MISREAD)
    assert (dialogue.draft.changes, dialogue.story) == ((), story)
    assert dialogue.written(DraftStep.TURN) == turn


@pytest.mark.parametrize("end", [DraftStep.OUTSIDE, DraftStep.DONE])
def test_previous_answer_is_offered_for_an_edited_text_that_has_the_request(end: DraftStep) -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE)
    turn = dialogue.written(DraftStep.TURN)
    dialogue.presses_at(Question(DraftStep.TURN), "change").says("later").reaches(end)
    dialogue.edits_the_text("All new, later.")

    dialogue.meant_a_request("later", turn)

    assert isinstance(dialogue.turn, AskAboutChange)
    assert dialogue.turn.change == TextChange("turn", "later", turn)
    assert dialogue.written(DraftStep.TURN) == turn


@pytest.mark.parametrize("step", [*TEXT_STEPS_SORTED, DraftStep.FIRST_LINE, DraftStep.OTHER_LANGUAGE])
def test_stop_stops_and_is_kept_with_the_story_where_words_are_expected(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    answers, story = dialogue.draft.answers, dialogue.story

    dialogue.says("stop")

    assert dialogue.turn == MessagesStopped(dialogue.draft, may_be_answer=True)
    assert (dialogue.draft.status, dialogue.draft.answers, dialogue.story) == (
        DraftStatus.PAUSED,
        answers,
        story,
    )
    assert dialogue.draft.superseded[-1].plain == "stop"


def test_stop_as_an_answer_can_be_said_in_other_words_afterwards() -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("stop").says("I could not stop.").presses("was_answer")

    answer = dialogue.draft.answers["turn"]
    assert isinstance(answer, WrittenAnswer)
    assert answer.text == "I could not stop."


@pytest.mark.parametrize(
    "dialogue",
    [dialogue_at(DraftStep.SEGMENT), dialogue_at(DraftStep.TURN).says("pause"), dialogue_at(DraftStep.DRAFT)],
)
def test_stop_is_only_a_stop_where_no_words_are_expected(dialogue: ScriptedDialogue) -> None:
    former = dialogue.draft.superseded
    assert not accepts_text(dialogue.draft.at) or dialogue.draft.status is DraftStatus.PAUSED

    dialogue.says("stop")

    assert dialogue.turn == MessagesStopped(dialogue.draft)
    assert dialogue.draft.superseded == former
