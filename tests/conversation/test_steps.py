"""The steps in their order, and the commands that work at every one of them, typed or pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.commands import Command
from bot.conversation.compose import story_text
from bot.conversation.plan import OPTIONAL_STEPS, previous_question
from bot.conversation.turns import (
    AskQuestion,
    CommandReply,
    ConversationPaused,
    InvitationDeclined,
    MediaOnly,
    MessagesStopped,
    Remark,
    StoryFinished,
)
from db.models.drafts import ChosenAnswer, DraftStatus, DraftStep, Question, SkippedAnswer, StoryLanguage
from tests.conversation.scripted_dialogue import CULTURE_CARDS, MATERIAL, ScriptedDialogue, dialogue_at

TYPED = {
    Command.BACK: ("back", "رجوع"),
    Command.SKIP: ("skip", "تخطٍّ"),
    Command.PAUSE: ("Pause!", "استراحة"),
    Command.STOP: ("STOP", "توقف"),
    Command.DELETE: ("delete", "حذف"),
    Command.HELP: ("help", "مساعدة"),
    Command.LANGUAGE: ("language", "اللغة"),
}
STEPS = [step for step in DraftStep if step is not DraftStep.DONE]
every_step = pytest.mark.parametrize("step", STEPS)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_question_is_asked_in_its_order_when_all_are_answered(language: StoryLanguage) -> None:
    dialogue = ScriptedDialogue()
    asked: list[DraftStep] = []

    while dialogue.step is not DraftStep.DONE:
        if not asked or asked[-1] is not dialogue.step:
            asked.append(dialogue.step)
        at_language = dialogue.step is DraftStep.LANGUAGE
        dialogue.presses(language) if at_language else dialogue.goes_on()

    aside = {DraftStep.PASTE, DraftStep.OTHER_LANGUAGE, DraftStep.FILL, DraftStep.YOURS, DraftStep.DONE}
    assert [step for step in asked if step not in aside] == [step for step in DraftStep if step not in aside]
    assert asked[asked.index(DraftStep.LINES) + 1 :][:4] == [DraftStep.FILL, DraftStep.YOURS] * 2
    assert isinstance(dialogue.turn, StoryFinished)
    assert dialogue.draft.status is DraftStatus.FINISHED


def test_each_gap_and_then_the_detail_is_asked_for_line_by_line() -> None:
    dialogue = dialogue_at(DraftStep.LINES).opens_the_lines().keeps("gl-1", "di-1").presses("done")
    keys = []

    while dialogue.step in {DraftStep.FILL, DraftStep.YOURS}:
        keys.append(dialogue.draft.at.key)
        dialogue.says("a quiet Tuesday")

    assert keys == [
        "fill:gl-1.skill",
        "fill:gl-1.who_or_what_helped",
        "yours:gl-1",
        "fill:di-1.what_i_noticed",
        "yours:di-1",
    ]


# --- back, skip, pause, stop, delete, help, language ------------------------------------------------


def give_command(dialogue: ScriptedDialogue, command: Command, method: str) -> ScriptedDialogue:
    """Give the command, typed in one of the two languages or pressed."""
    if method == "pressed":
        return dialogue.presses_command(command)
    return dialogue.says(TYPED[command][method == "typed in Arabic"])


each_input_method = pytest.mark.parametrize("method", ["typed", "typed in Arabic", "pressed"])


@every_step
@each_input_method
def test_back_shows_the_question_before_with_its_answer(step: DraftStep, method: str) -> None:
    dialogue = dialogue_at(step)
    answers, previous = dialogue.draft.answers, previous_question(dialogue.draft, MATERIAL)

    give_command(dialogue, Command.BACK, method)

    assert dialogue.draft.at == (previous or Question(DraftStep.INVITATION))
    assert dialogue.remark is (None if previous else Remark.FIRST)
    assert dialogue.draft.answers == answers


@every_step
def test_going_back_leads_to_the_beginning_from_any_question(step: DraftStep) -> None:
    dialogue, seen = dialogue_at(step), []

    while dialogue.remark is not Remark.FIRST:
        seen.append(dialogue.draft.at)
        dialogue.says("back")

    assert dialogue.step is DraftStep.INVITATION
    assert len(seen) == len(set(seen))


@every_step
@each_input_method
def test_skip_leads_on_where_it_may_and_asks_for_a_choice_elsewhere(step: DraftStep, method: str) -> None:
    dialogue = dialogue_at(step)
    question = dialogue.draft.at

    give_command(dialogue, Command.SKIP, method)

    if step is DraftStep.PASTE:
        assert dialogue.step is DraftStep.WARM_UP
    elif step in OPTIONAL_STEPS:
        assert dialogue.draft.answer_to(question) == SkippedAnswer()
        assert dialogue.draft.at != question
    else:
        assert (dialogue.draft.at, dialogue.remark) == (question, Remark.CHOOSE)


@every_step
@each_input_method
@pytest.mark.parametrize("command", [Command.PAUSE, Command.STOP])
def test_pause_and_stop_keep_everything_at_every_step(step: DraftStep, method: str, command: Command) -> None:
    dialogue = dialogue_at(step)
    before_it = dialogue.draft

    give_command(dialogue, command, method)

    assert isinstance(dialogue.turn, ConversationPaused if command is Command.PAUSE else MessagesStopped)
    assert dialogue.draft.status is DraftStatus.PAUSED
    assert (dialogue.draft.at, dialogue.draft.answers) == (before_it.at, before_it.answers)


@every_step
@each_input_method
@pytest.mark.parametrize("command", [Command.DELETE, Command.HELP, Command.LANGUAGE])
def test_delete_help_and_language_change_nothing_by_themselves(
    step: DraftStep, method: str, command: Command
) -> None:
    dialogue = dialogue_at(step)
    before_it = dialogue.draft

    give_command(dialogue, command, method)

    assert dialogue.turn == CommandReply(before_it, command)


@every_step
def test_hello_after_a_pause_shows_where_they_were(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    question, answers = dialogue.draft.at, dialogue.draft.answers

    dialogue.says("pause").says("hi")

    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.WELCOME_BACK)
    assert (dialogue.draft.status, dialogue.draft.answers) == (DraftStatus.OPEN, answers)


@pytest.mark.parametrize("gesture", ["back", "skip", "words", "change"])
def test_a_paused_draft_is_open_again_when_its_author_continues(gesture: str) -> None:
    dialogue = dialogue_at(DraftStep.TURN).says("pause")

    if gesture == "change":
        dialogue.presses_at(Question(DraftStep.WARM_UP), "change")
    else:
        dialogue.says({"words": "I got lost in Lima."}.get(gesture, gesture))

    assert dialogue.draft.status is DraftStatus.OPEN


@every_step
def test_a_photo_is_acknowledged_and_the_step_stays(step: DraftStep) -> None:
    dialogue = dialogue_at(step)
    before_it = dialogue.draft

    dialogue.does(MediaOnly())

    assert dialogue.turn == AskQuestion(before_it, Remark.MEDIA_ONLY)


@every_step
@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\u00a0"])
def test_a_message_without_words_leaves_the_question_as_it_is(step: DraftStep, blank: str) -> None:
    dialogue = dialogue_at(step)
    before_it = dialogue.draft

    dialogue.says(blank)

    assert dialogue.turn == AskQuestion(before_it, Remark.EMPTY)


# --- the beginning and the end ----------------------------------------------------------------------


def test_not_for_me_keeps_nothing_to_be_asked_again() -> None:
    dialogue = ScriptedDialogue().presses("decline")

    assert isinstance(dialogue.turn, InvitationDeclined)
    assert dialogue.draft.status is DraftStatus.ASIDE


@pytest.mark.parametrize("step", [DraftStep.INVITATION, DraftStep.RULES])
def test_later_pauses_the_draft(step: DraftStep) -> None:
    assert isinstance(dialogue_at(step).presses("later").turn, ConversationPaused)


@pytest.mark.parametrize(("choice", "counted"), [("count", True), ("dont_count", False)])
def test_counting_is_a_separate_choice(choice: str, counted: bool) -> None:
    assert dialogue_at(DraftStep.RULES).presses(choice).draft.counted is counted


@pytest.mark.parametrize(("choice", "segment"), [("tech", "tech"), ("gtm", "gtm"), ("neither", None)])
def test_the_segment_is_kept_as_it_was_chosen(choice: str, segment: str | None) -> None:
    assert dialogue_at(DraftStep.SEGMENT).presses(choice).draft.segment == segment


def test_showing_is_not_asked_of_those_who_keep_it_to_themselves() -> None:
    dialogue = dialogue_at(DraftStep.TAKE).presses("keep_private").presses("nothing")

    assert isinstance(dialogue.turn, StoryFinished)
    assert dialogue.draft.answer_to(Question(DraftStep.HIGHLIGHT)) is None


def test_a_yes_to_showing_is_taken_back_when_the_story_is_kept_private_after_all() -> None:
    shown = dialogue_at(DraftStep.HIGHLIGHT).presses("yes").draft
    back_at_the_end = replace(shown, at=Question(DraftStep.TAKE), status=DraftStatus.OPEN)

    dialogue = ScriptedDialogue(back_at_the_end).presses("keep_private")

    assert dialogue.draft.first_choice(Question(DraftStep.HIGHLIGHT)) == "no"


def test_a_hand_is_raised_for_what_was_ticked_only() -> None:
    dialogue = dialogue_at(DraftStep.HAND).presses("hand", also=("post", "event"))

    answer = dialogue.draft.answer_to(Question(DraftStep.HAND))
    assert getattr(answer, "choices", None) == ("post", "event")


@pytest.mark.parametrize("ticked", [(), ("forged",)])
def test_nothing_is_saved_when_a_hand_is_raised_without_a_tick(ticked: tuple[str, ...]) -> None:
    asked = dialogue_at(DraftStep.HAND).draft

    dialogue = ScriptedDialogue(asked).presses("hand", also=ticked)

    assert dialogue.turn == AskQuestion(asked, Remark.UNTICKED)


def test_the_last_look_is_asked_only_when_there_is_something_to_ask() -> None:
    calm = (
        dialogue_at(DraftStep.ASK_ME)
        .says("Ask me about sourdough.")
        .reaches(DraftStep.HEADLINE)
        .says("I bake")
    )

    assert calm.step is DraftStep.TAKE
    assert dialogue_at(DraftStep.HEADLINE).says("I bake").step is DraftStep.LAST_LOOK


def test_commands_change_nothing_at_the_end() -> None:
    for command in Command:
        dialogue = dialogue_at(DraftStep.DONE)
        ended = dialogue.draft
        dialogue.presses_command(command)
        assert dialogue.draft == ended


def test_a_line_saved_after_the_end_is_kept_and_the_end_stays() -> None:
    dialogue = dialogue_at(DraftStep.DONE).rewords(CULTURE_CARDS[0], "In my own words, at last.")

    assert isinstance(dialogue.turn, StoryFinished)
    assert "In my own words, at last." in story_text(dialogue.draft)


def test_only_what_is_offered_can_be_ticked_when_a_hand_is_raised() -> None:
    dialogue = dialogue_at(DraftStep.HAND).presses("hand", also=("forged", "event"))

    assert dialogue.draft.answer_to(Question(DraftStep.HAND)) == ChosenAnswer(("event",))
