"""A story put aside still follows its messages: edits and deletions count when it's resumed."""

from __future__ import annotations

import pytest

from db.models.drafts import Draft, DraftStatus, DraftStep, Question
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.story_steps import TURN, WARM_UP, answer_first_questions, reach_draft

EARLY_ANSWER = "I would rather tell you about the fridges."


async def put_story_aside(maya: SlackUser) -> Json:
    """Put the story aside for another one, whose invitation is shown."""
    await maya.uses_shortcut("story:start")
    asked = await maya.sees(phrase("resume-ask"))
    await maya.clicks(phrase("choice-replace"), in_message=asked)
    return await maya.sees("Shall we?", after=asked)


async def resume_story(maya: SlackUser) -> Json:
    """Resume the story from the Home tab."""
    latest = await maya.last_message()
    await maya.opens_home()
    await maya.sees(phrase("home-aside-go-on"), where="home")
    await maya.clicks(phrase("home-aside-go-on"), where="home")
    return latest


async def draft_put_aside(app: AppUnderTest, maya: SlackUser) -> Draft:
    """Return the draft that was put aside."""
    (only,) = [
        one.draft for one in await stored_data.list_drafts(app, maya) if one.draft.status is DraftStatus.ASIDE
    ]
    return only


@pytest.mark.wide
async def test_answer_is_changed_when_its_message_is_edited_after_the_story_was_put_aside(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story with two answers, put aside for another
    await answer_first_questions(maya)
    invitation = await put_story_aside(maya)
    # When one of its messages is edited
    await maya.edits(TURN, "I studied medicine.")
    # Then the bot says that it counts, and neither story asks anything
    said = await maya.sees(phrase("edited-aside"), after=invitation)
    assert "Now the lines" not in said["text"]
    assert (await draft_put_aside(app, maya)).written_text(Question(DraftStep.TURN)) == "I studied medicine."
    # And it goes on where it was, with the new words
    latest = await resume_story(maya)
    await maya.sees("Now the lines", after=latest)
    assert await stored_data.answer_text(app, maya, "turn") == "I studied medicine."


@pytest.mark.wide
async def test_words_leave_a_story_put_aside_and_come_back_when_its_message_is_deleted(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story put aside
    await answer_first_questions(maya)
    await put_story_aside(maya)
    # When one of its messages is deleted
    await maya.deletes(TURN)
    await maya.sees(phrase("removed-aside"))
    assert (await draft_put_aside(app, maya)).written_text(Question(DraftStep.TURN)) == ""
    # Then its words come back when their author says so
    await maya.clicks(phrase("choice-keep-it"))
    await maya.sees(phrase("remark-restored"))
    assert (await draft_put_aside(app, maya)).written_text(Question(DraftStep.TURN)) == TURN
    # And the story in progress is still the other one
    assert (await stored_data.current_draft(app, maya)).draft.at == Question(DraftStep.INVITATION)


async def test_old_and_new_words_are_shown_when_a_story_edited_by_hand_goes_on(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story whose whole text was edited by hand, put aside
    await reach_draft(maya)
    await maya.clicks(phrase("choice-edit"))
    await maya.submits({"part.1": f"{WARM_UP}\n\n{TURN}"})
    await maya.sees(phrase("remark-saved"))
    await put_story_aside(maya)
    # When one of its messages is edited, and then the story is taken up again
    await maya.edits(TURN, "I studied medicine.")
    await maya.sees(phrase("compare-aside"))
    latest = await resume_story(maya)
    # Then its author decides what becomes of the new words
    await maya.sees("Here's your draft", after=latest)
    await maya.sees(phrase("compare-ask"), after=latest)
    await maya.clicks(phrase("choice-swap"))
    shown = await maya.sees(phrase("remark-swapped"))
    assert "I studied medicine." in str(shown["blocks"])


async def test_words_kept_for_later_follow_their_message_in_a_story_put_aside(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given words from before the first question, in a story put aside
    await maya.says(EARLY_ANSWER)
    await maya.sees("Shall we?")
    await maya.clicks(phrase("choice-start"))
    await maya.sees(phrase("ask-rules"))
    await put_story_aside(maya)
    # When their message is edited
    await maya.edits(EARLY_ANSWER, "I would rather tell you about the vans.")
    # Then they are edited too
    await app.workspace.world.delivery.wait_until_idle()
    words = [said.plain for said in (await draft_put_aside(app, maya)).unplaced]
    assert words == ["I would rather tell you about the vans."]
