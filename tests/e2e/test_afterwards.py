"""After the end: a finished story still follows the messages it was made of."""

from __future__ import annotations

from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import TURN, finish_story


async def test_finished_story_follows_when_one_of_its_messages_is_edited(maya: SlackUser) -> None:
    # Given a finished story
    await finish_story(maya)
    # When she edits, in Slack, one of the messages it was made of
    await maya.edits(TURN, "I got lost in Lima, and asked the way at a clinic.")
    # Then she is notified, and the story on Home has the new words
    await maya.sees(phrase("remark-edited"))
    await maya.opens_home()
    await maya.sees(phrase("home-begin-another"), where="home")
    await maya.clicks(phrase("home-read"), where="home")
    await maya.sees("I got lost in Lima, and asked the way at a clinic.", where="modal")
