"""Questions give way to their answers: each says what was answered, and nothing that was not."""

from __future__ import annotations

from tests.e2e import visible_content
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import begin_story, reach_draft


async def test_abandoned_question_offers_no_change_when_somebody_goes_back(maya: SlackUser) -> None:
    # Given somebody at the second question in words
    await begin_story(maya)
    await maya.says("I count fridges.")
    left = await maya.sees(phrase("ask-turn"))
    # When they go back
    await maya.clicks(phrase("choice-back"))
    await maya.sees(phrase("answer-so-far"))
    # Then the question left says that it will be asked again, and nothing else is offered
    collapsed = await maya.sees(phrase("answered-again"))
    assert collapsed["ts"] == left["ts"]
    assert list(visible_content.clickable_elements(collapsed)) == []


async def test_last_look_and_first_line_show_their_answers(maya: SlackUser) -> None:
    # Given a story with an address in it, whose order was left as it is
    await reach_draft(maya, "Write to maya@qamarlabs.example.")
    await maya.sees("› Leave the order as it is")
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.clicks(phrase("choice-skip"))
    look = await maya.sees("I noticed")
    # When the address can stay
    await maya.clicks(phrase("choice-fine-last_look"))
    await maya.sees(phrase("ask-take"))
    # Then the last look says what was seen, and that
    collapsed = await maya.sees("› It can stay")
    assert collapsed["ts"] == look["ts"]
    assert visible_content.has_text(collapsed, phrase("found-email"))
