"""Slack is busy, away or unsure: the question is shown in the end, once, and no answer is lost."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.story_steps import TURN, WARM_UP, begin_story, reach_cards

TURN_QUESTION_TEXT = "How did you end up here?"


async def script_fault(person: SlackUser, **rule: object) -> None:
    """Script Slack's faults from now on."""
    await person.does("faults", rules=[rule])


async def count_questions(person: SlackUser, words: str) -> int:
    """Count the bot's messages that ask this."""
    return sum(words in m["text"] for m in await person.messages() if m.get("bot_id"))


AT_ONCE = ("429", "500", "503", "html", "drop", "accept_then_drop", "accept_then_500")
HANGING_FAULTS = ("hang", "accept_then_hang")


@pytest.mark.parametrize(
    "kind", [*AT_ONCE, *(pytest.param(kind, marks=pytest.mark.long) for kind in HANGING_FAULTS)]
)
async def test_question_is_shown_once_when_slack_fails_while_it_is_posted(
    app: AppUnderTest, maya: SlackUser, kind: str
) -> None:
    # Given somebody at a question in words
    await begin_story(maya)
    await app.wait_until_idle()
    # When they answer, and Slack refuses the next question once, or takes it and says that it did not
    await script_fault(maya, kind=kind, method="chat.postMessage", count=1)
    await maya.says(WARM_UP)
    # Then it is shown in the end, once, and the answer is kept
    await maya.sees(TURN_QUESTION_TEXT, timeout=40)
    await app.wait_until_idle()
    assert await count_questions(maya, TURN_QUESTION_TEXT) == 1
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP


@pytest.mark.wide
@pytest.mark.parametrize("word", ["skip", "back"])
async def test_question_is_shown_and_not_passed_when_a_word_is_typed_before_it_was(
    app: AppUnderTest, maya: SlackUser, word: str
) -> None:
    # Given an answer whose next question Slack did not let through
    await begin_story(maya)
    await script_fault(maya, kind="error", error="restricted_action", method="chat.postMessage", count=-1)
    await maya.says(WARM_UP)
    await app.workspace.world.delivery.wait_until_idle()
    await app.wait_until_idle()
    await maya.does("faults", rules=[])
    # When a command is typed that can only be meant for the current question
    await maya.says(word)
    # Then the one that nobody has seen is shown, once, and waits for its answer
    await maya.sees(TURN_QUESTION_TEXT)
    await app.wait_until_idle()
    assert await count_questions(maya, TURN_QUESTION_TEXT) == 1
    assert (await stored_data.current_draft(app, maya)).draft.at.key == "turn"
    # And typed again, it does what it says
    await maya.says(word)
    await maya.sees("Now the lines" if word == "skip" else phrase("answer-so-far"))


@pytest.mark.wide
async def test_question_is_shown_when_slack_refuses_it_twice(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a Slack that has too much to do
    await begin_story(maya)
    await script_fault(maya, kind="429", method="chat.postMessage", count=2)
    # When an answer comes
    await maya.says(WARM_UP)
    # Then the question is asked when Slack lets it
    await maya.sees(TURN_QUESTION_TEXT)
    await app.wait_until_idle()
    assert await count_questions(maya, TURN_QUESTION_TEXT) == 1


async def test_question_is_shown_by_the_sweep_when_slack_refuses_it_for_good_and_then_relents(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a Slack that refuses every post for a while
    await begin_story(maya)
    await script_fault(maya, kind="error", error="restricted_action", method="chat.postMessage", count=-1)
    # When an answer comes
    await maya.says(WARM_UP)
    await app.workspace.world.delivery.wait_until_idle()
    await app.wait_until_idle()
    await maya.has_not_seen(TURN_QUESTION_TEXT)
    # Then it is kept, and once Slack recovers, the question is shown
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP
    await maya.does("faults", rules=[])
    await maya.does("clock", advance_seconds=120)
    await maya.sees(TURN_QUESTION_TEXT)
    await app.wait_until_idle()
    assert await count_questions(maya, TURN_QUESTION_TEXT) == 1


async def test_conversation_goes_on_when_an_old_question_cannot_be_redrawn(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a Slack that does not let messages be changed
    await begin_story(maya)
    await script_fault(maya, kind="error", error="cant_update_message", method="chat.update", count=-1)
    # When the conversation goes on
    await maya.says(WARM_UP)
    await maya.sees(TURN_QUESTION_TEXT)
    await maya.says("skip")
    # Then every question is asked all the same
    await maya.sees("Now the lines")
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP


async def test_card_can_be_kept_again_when_slack_failed_to_open_its_window(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a page of cards, and a Slack that opens no windows
    await reach_cards(maya)
    await script_fault(maya, kind="error", error="expired_trigger_id", method="views.open", count=1)
    # When a card is being changed
    await maya.clicks(phrase("choice-change-card"), nth=0, must=False)
    # Then its author reads what happened, and the next press opens it
    await maya.sees("Something went wrong on my side.")
    await maya.clicks(phrase("choice-change-card"), nth=0)
    assert await maya.modal() is not None


async def test_answer_is_taken_when_slack_cannot_say_who_was_mentioned(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody at a question in words, and a Slack that knows nobody
    await begin_story(maya)
    await script_fault(maya, kind="error", error="user_not_found", method="users.info", count=-1)
    # When they mention a colleague
    await maya.says("I learned it from <@U0CHEN> long ago", raw=True)
    # Then the answer is kept without an id in it
    await maya.sees(TURN_QUESTION_TEXT)
    assert await stored_data.answer_text(app, maya, "warm_up") == "I learned it from @someone long ago"


async def test_file_comes_when_slack_stumbles_at_each_step_of_the_upload(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story in progress, whose author asks for all of it as a file
    await begin_story(maya)
    await maya.says(WARM_UP)
    await maya.sees(TURN_QUESTION_TEXT)
    await maya.opens_home()
    await maya.sees(phrase("home-held-take"), where="home")
    rules: list[Json] = [
        {"kind": "503", "method": "files.getUploadURLExternal"},
        {"kind": "503", "method": "files.completeUploadExternal"},
    ]
    await maya.does("faults", rules=rules)
    # When they ask for it
    await maya.clicks(phrase("home-held-take"), where="home")
    # Then it comes
    await maya.sees(phrase("export-sent"))


async def test_home_is_drawn_in_the_end_when_slack_was_away(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a Slack that is away for a moment
    await script_fault(maya, kind="500", method="views.publish", count=1)
    # When somebody opens Home
    await maya.opens_home()
    # Then it is drawn
    await maya.sees(phrase("home-begin"), where="home")


@pytest.mark.wide
async def test_answer_belongs_to_the_visible_question_when_slack_is_slow_to_confirm_the_post(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a question that everybody sees, while Slack still owes the bot its answer
    await begin_story(maya)
    await script_fault(maya, kind="accept_then_hang", method="chat.postMessage", seconds=0.1)
    await maya.says(WARM_UP)
    await maya.sees(TURN_QUESTION_TEXT)
    # When it is answered at once
    await maya.says(TURN)
    # Then the answer is its answer
    await maya.sees("Now the lines")
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP
    assert await stored_data.answer_text(app, maya, "turn") == TURN
