"""Many things at once, or in the wrong order: nothing is lost, nothing happens twice, nobody is scolded."""

from __future__ import annotations

import asyncio

import pytest

from db.models.drafts import Question
from practice import events
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.story_steps import TURN, WARM_UP, answer_first_questions, begin_story, reach_cards


async def script_faults(app: AppUnderTest, *rules: Json) -> None:
    """Script the workspace's faults from now on."""
    await app.person("U0MAYA").does("faults", rules=list(rules))


@pytest.mark.wide
async def test_all_words_are_kept_when_three_messages_come_without_waiting(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody at the first question in words
    await begin_story(maya)
    # When they send their answer in three messages, faster than anything can be asked
    pieces = ["First I count the sensors.", "Then I count them again.", "Then I go home."]
    for piece in pieces:
        await maya.says(piece)
    await maya.sees(phrase("ask-turn"))
    await app.workspace.world.delivery.wait_until_idle()
    # Then every word is in the answers, each once
    draft = (await stored_data.current_draft(app, maya)).draft
    kept = "\n".join(draft.written_text(Question.from_key(key)) for key in draft.answers)
    assert [kept.count(piece) for piece in pieces] == [1, 1, 1]


@pytest.mark.wide
async def test_step_is_taken_once_when_one_button_is_pressed_twenty_times_at_once(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given the first question with buttons
    await maya.says("hi")
    invitation = await maya.sees("Shall we?")
    # When one of them is pressed twenty times at once
    await asyncio.gather(*(maya.clicks(phrase("choice-start"), in_message=invitation) for _ in range(20)))
    await app.wait_until_idle()
    # Then the conversation is one step further
    assert str((await stored_data.current_draft(app, maya)).draft.at.step) == "rules"
    await maya.clicks(phrase("choice-count"))
    await maya.sees(phrase("ask-segment"))


async def test_card_is_kept_once_when_it_is_pressed_twenty_times_at_once(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a page of cards
    await reach_cards(maya)
    page = await maya.sees("Lines 1 to 5 of 10")
    # When one card is kept twenty times at once
    await asyncio.gather(*(maya.clicks(phrase("choice-keep"), nth=0, in_message=page) for _ in range(20)))
    # Then it is kept once
    await maya.sees(phrase("choice-done-lines", n=1))
    assert len((await stored_data.current_draft(app, maya)).draft.lines) == 1


async def test_one_story_starts_when_hello_is_sent_from_five_devices_at_once(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody unknown to the bot
    # When they begin in every way at once
    await asyncio.gather(
        maya.says("hi"),
        maya.says("hello"),
        maya.types_command("/hakawati"),
        maya.uses_shortcut("story:start"),
        maya.says("good morning"),
    )
    await maya.sees("Shall we?")
    await app.workspace.world.delivery.wait_until_idle()
    # Then one story is started
    assert len(await stored_data.list_drafts(app, maya)) == 1


@pytest.mark.wide
async def test_answer_counts_once_when_its_event_is_delivered_four_times(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody at the first question in words
    await begin_story(maya)
    # When Slack delivers their answer four times at once
    await script_faults(app, {"kind": "duplicate", "event": "message", "times": 3})
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))
    await app.workspace.world.delivery.wait_until_idle()
    # Then it is one answer, to one question
    draft = (await stored_data.current_draft(app, maya)).draft
    assert draft.written_text(Question.from_key("warm_up")) == WARM_UP
    assert str(draft.at.step) == "turn"
    asked = [m for m in await maya.messages() if "How did you end up here?" in m["text"]]
    assert len(asked) == 1


async def test_answer_counts_once_when_one_gesture_arrives_as_two_events(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given an answer that has been taken
    await begin_story(maya)
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))
    world = app.workspace.world
    told = next(m for m in world.messages.list_in_channel(maya.channel) if m.text == WARM_UP)
    # When the same message arrives again as another event
    events.send_message_posted(world, world.channels.open_dm(maya.id), told)
    await world.delivery.wait_until_idle()
    # Then nothing has changed, and the same question is shown
    assert str((await stored_data.current_draft(app, maya)).draft.at.step) == "turn"
    assert await stored_data.answer_text(app, maya, "turn") == ""


@pytest.mark.wide
async def test_edited_words_are_the_answer_when_the_edit_arrives_before_the_message(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a Slack that brings the next message late
    await begin_story(maya)
    await maya.sees("› English")  # otherwise the update of this question would come late
    await app.workspace.world.delivery.wait_until_idle()
    await script_faults(app, {"kind": "reorder", "event": "message"})
    # When it is edited at once
    said = await maya.says("I tend fridge.")
    await maya.edits(said, "I tend fridges.")
    await maya.sees(phrase("ask-turn"))
    await app.workspace.world.delivery.wait_until_idle()
    # Then the edited words are the answer, once
    draft = (await stored_data.current_draft(app, maya)).draft
    assert draft.written_text(Question.from_key("warm_up")) == "I tend fridges."
    assert str(draft.at.step) == "turn"


async def test_deleted_words_are_no_answer_when_the_deletion_arrives_before_the_message(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a Slack that brings the next message late
    await begin_story(maya)
    await maya.sees("› English")  # otherwise the update of this question would come late
    await app.workspace.world.delivery.wait_until_idle()
    await script_faults(app, {"kind": "reorder", "event": "message"})
    # When it is deleted at once
    said = await maya.says("I should not say this.")
    await maya.deletes(said)
    await app.workspace.world.delivery.wait_until_idle()
    # Then it is no answer
    assert str((await stored_data.current_draft(app, maya)).draft.at.step) == "warm_up"
    assert await stored_data.tables_containing(app, "I should not say this.") == []


@pytest.mark.wide
async def test_current_question_is_shown_again_when_an_old_button_is_clicked(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a question answered long ago, still open in another window
    await maya.says("hi")
    old = await maya.sees("Shall we?")
    await maya.clicks(phrase("choice-start"))
    rules = await maya.sees(phrase("ask-rules"))
    await maya.clicks(phrase("choice-count"))
    await maya.sees(phrase("ask-segment"))
    # When its buttons are pressed now
    for label, message in (
        (phrase("choice-start"), old),
        (phrase("choice-decline"), old),
        (phrase("choice-dont_count"), rules),
    ):
        now = await maya.last_message()
        await maya.clicks(label, in_message=message)
        # Then the current question is shown, kindly, and nothing has changed
        await maya.sees(phrase("remark-out-of-turn"), after=now)
    draft = (await stored_data.current_draft(app, maya)).draft
    assert str(draft.at.step) == "segment"
    assert draft.counted is True


async def test_words_before_any_question_are_kept_and_offered_when_a_story_starts(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who writes before anything was asked
    await maya.says("I keep the sensors honest.")
    # When the first questions come, which are answered by pressing, they write on
    await maya.sees(phrase("remark-stray"))
    await maya.clicks(phrase("choice-start"))
    await maya.sees(phrase("ask-rules"))
    await maya.says("And the fridges cold.")
    await maya.sees(phrase("remark-stray"), after=await maya.last_message())
    await maya.clicks(phrase("choice-dont_count"))
    await maya.sees(phrase("ask-segment"))
    await maya.clicks(phrase("choice-neither"))
    await maya.sees(phrase("ask-language"))
    await maya.clicks(phrase("choice-en"))
    # Then what they wrote is offered at the first question that it may answer
    await maya.sees(phrase("answer-before"))
    await maya.clicks(phrase("choice-use_strays"))
    await maya.sees(phrase("ask-turn"))
    assert (
        await stored_data.answer_text(app, maya, "warm_up")
        == "I keep the sensors honest.\nAnd the fridges cold."
    )


async def test_answer_is_taken_when_it_is_typed_at_a_question_with_buttons(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given questions that have buttons
    await maya.says("hi")
    await maya.sees("Shall we?")
    # When their labels are typed, in any case
    await maya.says("let's START")
    await maya.sees(phrase("ask-rules"))
    await maya.says("Start, and count mine")
    await maya.sees(phrase("ask-segment"))
    await maya.says("Building the product")
    await maya.sees(phrase("ask-language"))
    await maya.says("English")
    # Then they are answers
    await maya.sees("Pick whichever is easiest")
    assert (await stored_data.current_draft(app, maya)).draft.segment == "tech"


async def test_answers_stand_when_words_come_at_a_question_that_wants_a_button(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody before the cards
    await answer_first_questions(maya)
    # When they write instead of pressing
    said = await maya.says("I would rather tell you about the fridges.")
    # Then the question is shown again, and their words are not lost
    await maya.sees("Now the lines", after=said)
    draft = (await stored_data.current_draft(app, maya)).draft
    assert draft.unplaced[0].plain == "I would rather tell you about the fridges."
    assert draft.written_text(Question.from_key("turn")) == TURN
