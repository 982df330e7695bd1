"""The steps in their order, and the words that work at every one of them, typed or pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.commands import Command
from bot.conversation.compose import text_of
from bot.conversation.plan import OPTIONAL_STEPS, before
from bot.conversation.turns import Ask, Declined, Finished, Note, Paused, Remark, Stopped, Wordless
from db.models.drafts import Chosen, Language, Question, Skipped, Status, Step
from tests.conversation.dialogues import CULTURE, MATERIAL, Dialogue, at

TYPED = {
    Command.BACK: ("back", "رجوع"),
    Command.SKIP: ("skip", "تخطٍّ"),
    Command.PAUSE: ("Pause!", "استراحة"),
    Command.STOP: ("STOP", "توقف"),
    Command.DELETE: ("delete", "حذف"),
    Command.HELP: ("help", "مساعدة"),
    Command.LANGUAGE: ("language", "اللغة"),
}
STEPS = [step for step in Step if step is not Step.DONE]
every_step = pytest.mark.parametrize("step", STEPS)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_question_is_asked_in_its_order_when_all_are_answered(language: Language) -> None:
    dialogue, asked = Dialogue(), []

    while dialogue.step is not Step.DONE:
        if not asked or asked[-1] is not dialogue.step:
            asked.append(dialogue.step)
        at_language = dialogue.step is Step.LANGUAGE
        dialogue.presses(language) if at_language else dialogue.goes_on()

    aside = {Step.PASTE, Step.OTHER_LANGUAGE, Step.FILL, Step.YOURS, Step.DONE}
    assert [step for step in asked if step not in aside] == [step for step in Step if step not in aside]
    assert asked[asked.index(Step.LINES) + 1 :][:4] == [Step.FILL, Step.YOURS] * 2
    assert isinstance(dialogue.turn, Finished)
    assert dialogue.draft.status is Status.FINISHED


def test_each_gap_and_then_the_detail_is_asked_for_line_by_line() -> None:
    dialogue = at(Step.LINES).opens_the_lines().keeps("gl-1", "di-1").presses("done")
    keys = []

    while dialogue.step in {Step.FILL, Step.YOURS}:
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


def both_ways(dialogue: Dialogue, command: Command, way: str) -> Dialogue:
    """The word, typed in one of the two languages or pressed."""
    if way == "pressed":
        return dialogue.orders(command)
    return dialogue.says(TYPED[command][way == "typed in Arabic"])


every_way = pytest.mark.parametrize("way", ["typed", "typed in Arabic", "pressed"])


@every_step
@every_way
def test_back_shows_the_question_before_with_its_answer(step: Step, way: str) -> None:
    dialogue = at(step)
    answers, previous = dialogue.draft.answers, before(dialogue.draft, MATERIAL)

    both_ways(dialogue, Command.BACK, way)

    assert dialogue.draft.at == (previous or Question(Step.INVITATION))
    assert dialogue.remark is (None if previous else Remark.FIRST)
    assert dialogue.draft.answers == answers


@every_step
def test_going_back_leads_to_the_beginning_however_far_one_is(step: Step) -> None:
    dialogue, seen = at(step), []

    while dialogue.remark is not Remark.FIRST:
        seen.append(dialogue.draft.at)
        dialogue.says("back")

    assert dialogue.step is Step.INVITATION
    assert len(seen) == len(set(seen))


@every_step
@every_way
def test_skip_leads_on_where_it_may_and_asks_for_a_choice_elsewhere(step: Step, way: str) -> None:
    dialogue = at(step)
    question = dialogue.draft.at

    both_ways(dialogue, Command.SKIP, way)

    if step is Step.PASTE:
        assert dialogue.step is Step.WARM_UP
    elif step in OPTIONAL_STEPS:
        assert dialogue.draft.answer(question) == Skipped()
        assert dialogue.draft.at != question
    else:
        assert (dialogue.draft.at, dialogue.remark) == (question, Remark.CHOOSE)


@every_step
@every_way
@pytest.mark.parametrize("command", [Command.PAUSE, Command.STOP])
def test_pause_and_stop_keep_everything_at_every_step(step: Step, way: str, command: Command) -> None:
    dialogue = at(step)
    before_it = dialogue.draft

    both_ways(dialogue, command, way)

    assert isinstance(dialogue.turn, Paused if command is Command.PAUSE else Stopped)
    assert dialogue.draft.status is Status.PAUSED
    assert (dialogue.draft.at, dialogue.draft.answers) == (before_it.at, before_it.answers)


@every_step
@every_way
@pytest.mark.parametrize("command", [Command.DELETE, Command.HELP, Command.LANGUAGE])
def test_delete_help_and_language_change_nothing_by_themselves(
    step: Step, way: str, command: Command
) -> None:
    dialogue = at(step)
    before_it = dialogue.draft

    both_ways(dialogue, command, way)

    assert dialogue.turn == Note(before_it, command)


@every_step
def test_hello_after_a_pause_shows_where_they_were(step: Step) -> None:
    dialogue = at(step)
    question, answers = dialogue.draft.at, dialogue.draft.answers

    dialogue.says("pause").says("hi")

    assert (dialogue.draft.at, dialogue.remark) == (question, Remark.WELCOME_BACK)
    assert (dialogue.draft.status, dialogue.draft.answers) == (Status.OPEN, answers)


@pytest.mark.parametrize("gesture", ["back", "skip", "words", "change"])
def test_a_resting_draft_wakes_when_its_author_goes_on(gesture: str) -> None:
    dialogue = at(Step.TURN).says("pause")

    if gesture == "change":
        dialogue.presses_at(Question(Step.WARM_UP), "change")
    else:
        dialogue.says({"words": "I got lost in Lima."}.get(gesture, gesture))

    assert dialogue.draft.status is Status.OPEN


@every_step
def test_a_photo_is_met_kindly_and_the_step_stays(step: Step) -> None:
    dialogue = at(step)
    before_it = dialogue.draft

    dialogue.does(Wordless())

    assert dialogue.turn == Ask(before_it, Remark.WORDLESS)


@every_step
@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\u00a0"])
def test_a_message_without_words_leaves_the_question_standing(step: Step, blank: str) -> None:
    dialogue = at(step)
    before_it = dialogue.draft

    dialogue.says(blank)

    assert dialogue.turn == Ask(before_it, Remark.EMPTY)


# --- the beginning and the end ----------------------------------------------------------------------


def test_not_for_me_keeps_nothing_to_be_asked_again() -> None:
    dialogue = Dialogue().presses("decline")

    assert isinstance(dialogue.turn, Declined)
    assert dialogue.draft.status is Status.ASIDE


@pytest.mark.parametrize("step", [Step.INVITATION, Step.RULES])
def test_later_rests_the_draft(step: Step) -> None:
    assert isinstance(at(step).presses("later").turn, Paused)


@pytest.mark.parametrize(("choice", "counted"), [("count", True), ("dont_count", False)])
def test_counting_is_a_choice_of_its_own(choice: str, counted: bool) -> None:
    assert at(Step.RULES).presses(choice).draft.counted is counted


@pytest.mark.parametrize(("choice", "segment"), [("tech", "tech"), ("gtm", "gtm"), ("neither", None)])
def test_the_segment_is_kept_as_it_was_chosen(choice: str, segment: str | None) -> None:
    assert at(Step.SEGMENT).presses(choice).draft.segment == segment


def test_showing_is_not_asked_of_those_who_keep_it_to_themselves() -> None:
    dialogue = at(Step.TAKE).presses("keep_private").presses("nothing")

    assert isinstance(dialogue.turn, Finished)
    assert dialogue.draft.answer(Question(Step.HIGHLIGHT)) is None


def test_a_yes_to_showing_is_taken_back_when_the_story_is_kept_private_after_all() -> None:
    shown = at(Step.HIGHLIGHT).presses("yes").draft
    back_at_the_end = replace(shown, at=Question(Step.TAKE), status=Status.OPEN)

    dialogue = Dialogue(back_at_the_end).presses("keep_private")

    assert dialogue.draft.chosen(Question(Step.HIGHLIGHT)) == "no"


def test_a_hand_is_raised_for_what_was_ticked_only() -> None:
    dialogue = at(Step.HAND).presses("hand", also=("post", "event"))

    answer = dialogue.draft.answer(Question(Step.HAND))
    assert getattr(answer, "choices", None) == ("post", "event")


@pytest.mark.parametrize("ticked", [(), ("forged",)])
def test_nothing_is_saved_when_a_hand_is_raised_without_a_tick(ticked: tuple[str, ...]) -> None:
    asked = at(Step.HAND).draft

    dialogue = Dialogue(asked).presses("hand", also=ticked)

    assert dialogue.turn == Ask(asked, Remark.UNTICKED)


def test_the_last_look_is_asked_only_when_there_is_something_to_ask() -> None:
    calm = at(Step.ASK_ME).says("Ask me about sourdough.").reaches(Step.HEADLINE).says("I bake")

    assert calm.step is Step.TAKE
    assert at(Step.HEADLINE).says("I bake").step is Step.LAST_LOOK


def test_at_the_end_the_words_for_every_step_change_nothing() -> None:
    for command in Command:
        dialogue = at(Step.DONE)
        ended = dialogue.draft
        dialogue.orders(command)
        assert dialogue.draft == ended


def test_a_line_saved_after_the_end_is_kept_and_the_end_stays() -> None:
    dialogue = at(Step.DONE).rewords(CULTURE[0], "In my own words, at last.")

    assert isinstance(dialogue.turn, Finished)
    assert "In my own words, at last." in text_of(dialogue.draft)


def test_only_what_is_offered_can_be_ticked_when_a_hand_is_raised() -> None:
    dialogue = at(Step.HAND).presses("hand", also=("forged", "event"))

    assert dialogue.draft.answer(Question(Step.HAND)) == Chosen(("event",))
