"""The story as a file: complete, and one for each version of the text."""

from __future__ import annotations

import pytest

from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import download_text
from tests.e2e.story_steps import OUTSIDE, TURN, WARM_UP, reach_draft, reach_finished_story

FILE_NAME = phrase("file-name")
ALREADY_SENT_TEXT = "I've already sent you this text as a file."


async def sent_file_texts(app: AppUnderTest, person: SlackUser) -> list[str]:
    """Return the content of each file the bot has sent, oldest first."""
    await app.wait_until_idle()
    return [await download_text(app, message) for message in await person.messages() if message.get("files")]


@pytest.mark.wide
async def test_one_file_comes_when_it_is_asked_for_many_times(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a finished story, and its file
    await reach_finished_story(maya)
    await maya.clicks(phrase("choice-file"))
    await maya.sees(FILE_NAME)
    # When it is asked for again and again, also after a restart
    for _ in range(3):
        await maya.clicks(phrase("choice-file"))
    await maya.sees(ALREADY_SENT_TEXT)
    await app.restart()
    for _ in range(3):
        await maya.clicks(phrase("choice-file"))
    # Then it is there once, and the person reads so
    assert len(await sent_file_texts(app, maya)) == 1
    assert sum(ALREADY_SENT_TEXT in message["text"] for message in await maya.messages()) == 6


async def test_another_file_comes_when_the_text_is_another(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a story that was taken as a file
    await reach_finished_story(maya)
    await maya.clicks(phrase("choice-file"))
    await maya.sees(FILE_NAME)
    # When its text is edited, and taken again
    await maya.clicks(phrase("choice-edit"))
    await maya.submits({"part.1": "A shorter story."})
    await maya.sees(phrase("remark-saved"))
    await maya.clicks(phrase("choice-file"))
    # Then there is a file of each
    assert await sent_file_texts(app, maya) == [f"{WARM_UP}\n\n{TURN}\n\n{OUTSIDE}", "A shorter story."]


async def test_headline_is_above_the_story_in_its_file(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a story with a headline
    await reach_draft(maya)
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.says("I keep vaccines cold, and I bake")
    await maya.sees(phrase("ask-take"))
    # When it is taken as a file
    await maya.clicks(phrase("choice-file"))
    # Then the headline, an empty line and the story are in it, and nothing else
    (file,) = await sent_file_texts(app, maya)
    assert file == f"I keep vaccines cold, and I bake\n\n{WARM_UP}\n\n{TURN}\n\n{OUTSIDE}"


async def test_file_that_slack_did_not_take_can_be_asked_for_again(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a finished story, and a Slack that takes no files
    await reach_finished_story(maya)
    refusal = {"method": "files.getUploadURLExternal", "kind": "error", "error": "file_uploads_disabled"}
    await maya.does("faults", rules=[{**refusal, "count": 1}])
    # When it is asked for as a file
    await maya.clicks(phrase("choice-file"))
    # Then its author reads so, and gets it when Slack accepts it
    await maya.sees(phrase("export-failed"))
    await maya.clicks(phrase("choice-file"))
    await maya.sees(FILE_NAME)
