"""Outsiders and forgeries: a guest, a stranger, a bot, somebody who left, handmade buttons."""

from __future__ import annotations

import pytest

from bot.payloads import DraftPayload
from practice import events
from practice.messages import Message
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import reach_cards, reach_draft

PEOPLE_WITHOUT_STORIES = {
    "U0THEO": "These stories are for the people employed at Qamar Labs",
    "U0STRANGER": "I'm here for the people of Qamar Labs",
}


@pytest.mark.wide
@pytest.mark.parametrize("user", PEOPLE_WITHOUT_STORIES)
async def test_outsider_gets_one_sentence_and_no_story_is_started(app: AppUnderTest, user: str) -> None:
    # Given a guest, or somebody of another company in a shared channel
    person = app.person(user)
    # When they write, in whatever way
    await person.says("hi")
    # Then they are answered kindly, and nothing begins
    await person.sees(PEOPLE_WITHOUT_STORIES[user])
    assert await stored_data.list_drafts(app, person) == ()


async def test_guest_is_refused_when_using_the_command_the_shortcut_or_a_button(app: AppUnderTest) -> None:
    # Given a guest
    theo = app.person("U0THEO")
    # When the command and the shortcut are tried
    await theo.types_command("/hakawati")
    await theo.sees("These stories are for the people employed at Qamar Labs")
    await theo.uses_shortcut("story:start")
    await app.wait_until_idle()
    # Then nothing starts
    assert await stored_data.list_drafts(app, theo) == ()


async def test_bot_is_not_answered_when_it_writes(app: AppUnderTest, maya: SlackUser) -> None:
    # Given another bot that writes into the conversation
    world = app.workspace.world
    channel = world.channels.open_dm(maya.id)
    words = Message(channel.id, "U0OTHERBOT", "hi", "T0QAMAR", bot_id="B0OTHER", subtype="bot_message")
    words.ts = world.messages.new_ts(world.clock.now())
    # When its message arrives
    events.send_message_posted(world, channel, words)
    await world.delivery.wait_until_idle()
    # Then nobody answers
    await app.wait_until_idle()
    assert await maya.messages() == []


async def test_bot_stays_silent_when_people_talk_in_a_channel(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a channel in which the bot is
    there = maya.in_channel("C0SHARED")
    await there.does("invite", user="U0HAKAWATI")
    # When somebody says hi there, one of us or a stranger
    await there.says("hi")
    await app.person("U0STRANGER").in_channel("C0SHARED").says("hello everybody")
    await app.workspace.world.delivery.wait_until_idle()
    await app.wait_until_idle()
    # Then the bot sends nothing, anywhere
    assert not any(message.get("bot_id") for message in await there.messages())
    assert await maya.messages() == []


FORGED_VALUES = {
    "nothing": "",
    "words": "'; DROP TABLE drafts; --",
    "too many parts": "a~b~c~d~e~f",
    "another draft": "0123456789abcdef~segment~tech~",
    "a step that is none": "DRAFT~no_such_step~tech~",
    "a step that comes much later": "DRAFT~highlight~yes~",
    "a choice that is none": "DRAFT~segment~ceo~",
    "a choice of another step": "DRAFT~segment~fine~",
    "a card that is none": "DRAFT~lines:1~keep~no-such-card",
    "a page that is none": "DRAFT~lines:moreX~next~",
    "a page far away": "DRAFT~lines:more99999999999999999999~keep~di-1",
    "an opening that is none": "DRAFT~fill:x.y~change~",
    "a language of a language": "DRAFT~other_language:other_language:turn~again~",
}


@pytest.mark.parametrize("case", FORGED_VALUES)
async def test_current_question_stays_when_the_value_of_a_button_is_forged(
    app: AppUnderTest, maya: SlackUser, case: str
) -> None:
    # Given somebody at a question with buttons
    await maya.says("hi")
    await maya.sees("Shall we?")
    await maya.clicks(phrase("choice-start"))
    await maya.sees(phrase("ask-rules"))
    await maya.clicks(phrase("choice-dont_count"))
    await maya.sees(phrase("ask-segment"))
    before = (await stored_data.current_draft(app, maya)).draft
    # When a button comes back with a value that nobody drew
    await maya.clicks(phrase("choice-tech"), value=FORGED_VALUES[case].replace("DRAFT", before.id))
    # Then nothing has changed, and the conversation goes on
    assert (await stored_data.current_draft(app, maya)).draft == before
    await maya.clicks(phrase("choice-tech"))
    await maya.sees(phrase("ask-language"))
    assert "Something went wrong" not in str(await maya.messages())


async def test_draft_of_somebody_else_is_not_touched_when_its_id_is_forged(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given two people, each with a draft
    await reach_draft(maya)
    others_draft = (await stored_data.current_draft(app, maya)).draft
    jack = app.person("U0JACK")
    await reach_draft(jack)
    # When one of them presses buttons with the other's draft in them
    for label in (phrase("choice-edit"), phrase("choice-share"), phrase("choice-fine-draft")):
        await jack.clicks(label, value=f"{others_draft.id}~draft~fine~")
    await jack.says("delete")
    await jack.sees(phrase("delete-ask"))
    await jack.clicks(phrase("choice-erase"), value=DraftPayload(others_draft.id).pack())
    await jack.sees(phrase("delete-nothing"))
    # Then nothing of it is shown, and it is as it was
    assert await jack.modal() is None
    assert (await stored_data.current_draft(app, maya)).draft == others_draft


async def test_cards_stand_when_a_card_that_is_none_is_kept(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a page of cards
    await reach_cards(maya)
    draft = (await stored_data.current_draft(app, maya)).draft
    # When cards come back that are not on it, or are none
    for about in ("no-such-card", "", "../../etc/passwd", "x" * 1000):
        await maya.clicks(phrase("choice-keep"), value=f"{draft.id}~lines:1~keep~{about}")
    await maya.clicks(phrase("choice-change-card"), value=f"{draft.id}~lines:1~reword~none")
    # Then no line is kept
    assert (await stored_data.current_draft(app, maya)).draft.lines == ()
