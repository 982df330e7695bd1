"""The same story in the other language, while another draft is in progress."""

from __future__ import annotations

import pytest

from db.models.drafts import DraftStatus
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_seeder import STORY_TEXT, StorySeeder, finished_draft
from tests.e2e.story_steps import WARM_UP, begin_story


async def finish_english_story(app: AppUnderTest) -> None:
    """Let Maya finish a story in English."""
    assert app.bot is not None
    await StorySeeder(app.bot.services).add_story(finished_draft(), STORY_TEXT)


async def start_arabic_translation(maya: SlackUser) -> None:
    """Start the Arabic version by the button on the Home tab."""
    await maya.opens_home()
    await maya.sees("Write it in Arabic too", where="home")
    await maya.clicks("Write it in Arabic too", where="home")


@pytest.mark.wide
async def test_story_is_started_in_the_other_language_when_the_one_in_progress_is_put_aside(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story in progress, and a finished one
    await begin_story(maya)
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))
    await finish_english_story(app)
    # When they want the finished one in Arabic as well, and put the other one aside for it
    await start_arabic_translation(maya)
    asked = await maya.sees(phrase("resume-ask"))
    for _ in range(2):
        await maya.clicks(phrase("choice-replace"), in_message=asked)
    # Then it is started, once, in Arabic, and the other one is kept
    await maya.sees("Pick whichever is easiest", after=asked)
    translation = (await stored_data.current_draft(app, maya)).draft
    assert (translation.translation_of, translation.language) == ("d1", "ar")
    aside = [
        one.draft for one in await stored_data.list_drafts(app, maya) if one.draft.status is DraftStatus.ASIDE
    ]
    assert [one.answers["warm_up"].kind for one in aside] == ["written"]


async def test_story_is_started_in_the_other_language_when_there_is_only_an_invitation(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a finished story, and an invitation that was put off
    await finish_english_story(app)
    await maya.uses_shortcut("story:start")
    await maya.sees("Shall we?")
    await maya.clicks(phrase("invitation-later"))
    # When they ask for the story in Arabic as well
    latest = await maya.last_message()
    await start_arabic_translation(maya)
    # Then nothing is in its way, and the invitation is gone
    await maya.sees("Pick whichever is easiest", after=latest)
    assert (await stored_data.current_draft(app, maya)).draft.translation_of == "d1"
    assert len(await stored_data.list_drafts(app, maya)) == 2


async def test_question_is_shown_again_when_the_other_language_is_asked_for_twice(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story that is being written in the other language
    await finish_english_story(app)
    await start_arabic_translation(maya)
    await maya.sees("Pick whichever is easiest")
    # When the old button on the Home tab is pressed once more
    latest = await maya.last_message()
    await maya.clicks("Write it in Arabic too", where="home")
    # Then it goes on where it was
    await maya.sees("Pick whichever is easiest", after=latest)
    assert len(await stored_data.list_drafts(app, maya)) == 2


async def test_nothing_is_put_aside_when_the_story_wanted_is_somebody_elses(
    app: AppUnderTest, maya: SlackUser, salma: SlackUser
) -> None:
    # Given a finished story of Maya's, and a story of Salma's in progress
    await finish_english_story(app)
    await salma.says("hi")
    await salma.sees("هل نبدأ؟")
    await salma.clicks(phrase("choice-start", "ar"))
    await salma.sees(phrase("ask-rules", "ar"))
    mine = (await stored_data.current_draft(app, salma)).draft
    await salma.uses_shortcut("story:start")
    asked = await salma.sees(phrase("resume-ask", "ar"))
    # When Salma's button is made to name Maya's story
    await salma.clicks(phrase("choice-replace", "ar"), in_message=asked, value=f"{mine.id}~~~d1")
    # Then it is not found, and her story stays where it was
    await salma.sees(phrase("problem-no-draft", "ar"), after=asked)
    assert [one.draft for one in await stored_data.list_drafts(app, salma)] == [mine]


async def test_paused_story_goes_on_when_it_is_started_in_the_other_language_once_more(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story started in Arabic as well, and paused
    await finish_english_story(app)
    await start_arabic_translation(maya)
    await maya.sees("Pick whichever is easiest")
    await maya.says("pause")
    paused = await maya.sees("Saved.")
    # When the same button is pressed again, and the question that comes is answered
    await start_arabic_translation(maya)
    await maya.sees("Pick whichever is easiest", after=paused)
    await maya.says("أصلح أجهزة الراديو القديمة.")
    # Then that was the answer, and nobody asks whether it was
    await app.workspace.world.delivery.wait_until_idle()
    await maya.has_not_seen("Was that your answer to this question?")
    assert await stored_data.answer_text(app, maya, "warm_up") == "أصلح أجهزة الراديو القديمة."
