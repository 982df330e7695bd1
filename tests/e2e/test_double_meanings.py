"""Words that may be an answer or a command: kept as the answer, with the other meaning one click away."""

from __future__ import annotations

import pytest

from bot.conversation.compose import story_text
from db.models.drafts import DraftStatus
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import (
    WARM_UP,
    answer_first_questions,
    begin_story,
    begin_story_in_arabic,
    decline_last_offers,
    reach_cards,
    reach_finished_story,
)

OFFER_TEXT = "I took that for your story."
REMOVED_AGAIN_TEXT = phrase("remark-taken-out")


@pytest.mark.wide
async def test_word_is_kept_as_the_answer_where_one_is_waited_for(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a question in words
    await begin_story(maya)
    # When the answer is a word that could be meant for the bot
    await maya.says("Tomorrow.")
    # Then it is the answer, the next question is shown, and the other meaning is a click away
    offer = await maya.sees(OFFER_TEXT)
    await maya.sees(phrase("ask-turn"), after=offer)
    assert await stored_data.answer_text(app, maya, "warm_up") == "Tomorrow."
    # And people who don't click it go on
    await maya.says("I got lost in Lima.")
    await maya.sees("Now the lines")
    assert await stored_data.answer_text(app, maya, "warm_up") == "Tomorrow."


async def test_wish_is_granted_and_the_question_asked_again_when_it_was_no_answer(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a word that went into the story
    await begin_story(maya)
    await maya.says("fewer")
    offer = await maya.sees(OFFER_TEXT)
    await maya.sees(phrase("ask-turn"), after=offer)
    # When the other meaning is pressed
    await maya.clicks(phrase("invitation-fewer"), in_message=offer)
    # Then it is granted, the word is out of the story, and the question is open again
    granted = await maya.sees(phrase("invitation-fewer-said"))
    await maya.sees(REMOVED_AGAIN_TEXT, after=granted)
    assert await stored_data.answer_text(app, maya, "warm_up") == ""
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"), after=granted)
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP
    await maya.opens_home()
    await maya.sees(phrase("home-fewer"), where="home")


async def test_answer_from_before_is_back_when_a_wish_took_its_place(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who goes back to an answer
    await answer_first_questions(maya)
    await maya.clicks(phrase("choice-change"), nth=0)
    await maya.sees(phrase("answer-so-far"))
    # When they write "later" there, and did not mean it as the answer
    await maya.says("later")
    offer = await maya.sees(OFFER_TEXT)
    await maya.clicks(phrase("invitation-later_today"), in_message=offer)
    # Then the answer from before is what it was, and it goes on where they had been
    again = await maya.sees(REMOVED_AGAIN_TEXT)
    assert "Now the lines" in again["text"]
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP


async def test_answer_from_before_is_back_in_a_story_that_was_finished_with_the_wish(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story that was finished with a wish in the place of an answer
    await reach_finished_story(maya)
    await maya.clicks(phrase("choice-change"), in_message=await maya.sees("Pick whichever is easiest"))
    await maya.sees(phrase("answer-so-far"))
    await maya.says("later")
    offer = await maya.sees(OFFER_TEXT)
    await maya.sees(phrase("ask-take"), after=offer)
    await decline_last_offers(maya)
    # When the button is pressed after the end
    end = await maya.last_message()
    await maya.clicks(phrase("invitation-later_today"), in_message=offer)
    # Then the answer is in the story again, and nothing is reported as open
    said = await maya.sees(REMOVED_AGAIN_TEXT, after=end)
    assert "still open" not in said["text"]
    (story,) = await stored_data.list_drafts(app, maya)
    assert story.draft.status is DraftStatus.FINISHED
    assert WARM_UP in story_text(story.draft)


async def test_answer_from_before_is_back_in_a_story_that_rests_when_it_goes_on(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a pause after a wish had taken the place of an answer
    await answer_first_questions(maya)
    await maya.clicks(phrase("choice-change"), nth=0)
    await maya.sees(phrase("answer-so-far"))
    await maya.says("later")
    offer = await maya.sees(OFFER_TEXT)
    await maya.sees("Now the lines", after=offer)
    await maya.says("pause")
    await maya.sees("Saved.")
    # When the button is pressed
    await maya.clicks(phrase("invitation-later_today"), in_message=offer)
    # Then the answer is what it was, and the story still rests where it did
    again = await maya.sees(REMOVED_AGAIN_TEXT)
    assert "Now the lines" in again["text"]
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP
    assert (await stored_data.current_draft(app, maya)).draft.status is DraftStatus.PAUSED


async def test_word_at_the_cards_is_a_line_until_it_was_none(app: AppUnderTest, maya: SlackUser) -> None:
    await reach_cards(maya)
    await maya.says("next week")
    await maya.sees(OFFER_TEXT)
    assert [line.text for line in (await stored_data.current_draft(app, maya)).draft.lines] == ["next week"]

    await maya.clicks(phrase("invitation-next_week"))

    said = await maya.sees(phrase("later-nothing"))
    await maya.sees("Lines 1 to 5 of 10", after=said)
    assert (await stored_data.current_draft(app, maya)).draft.lines == ()


async def test_word_is_a_wish_while_the_story_rests(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a question in words that nobody waits at
    await begin_story(maya)
    await maya.says("pause")
    await maya.sees("Saved.")

    await maya.says("as usual")

    await maya.sees(phrase("usual-said"))
    await maya.has_not_seen(OFFER_TEXT)
    assert await stored_data.answer_text(app, maya, "warm_up") == ""


async def test_word_has_both_meanings_in_arabic_too(app: AppUnderTest, salma: SlackUser) -> None:
    await begin_story_in_arabic(salma)
    await salma.says("أقل")
    offer = await salma.sees(phrase("wish-offer", "ar"))
    await salma.sees(phrase("ask-turn", "ar"), after=offer)
    assert await stored_data.answer_text(app, salma, "warm_up") == "أقل"

    await salma.clicks(phrase("invitation-fewer", "ar"))

    granted = await salma.sees("مرة في الأسبوع على الأكثر")
    await salma.sees("خرج ذلك من القصة", after=granted)


async def test_stop_stops_though_it_may_have_been_the_answer_and_says_what_then(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a question in words
    await begin_story(maya)
    # When the answer is "stop", then it stops, and says how to answer all the same
    await maya.says("stop")
    await maya.sees(phrase("stopped-answer"))
    stored = await stored_data.current_draft(app, maya)
    assert (stored.draft.status, stored.draft.superseded[-1].plain) == (DraftStatus.PAUSED, "stop")
    assert await stored_data.answer_text(app, maya, "warm_up") == ""
    # And so it is done
    await maya.says("I stop things from breaking.")
    await maya.sees(phrase("remark-back"))
    await maya.clicks(phrase("choice-was_answer"))
    await maya.sees(phrase("ask-turn"))
    assert await stored_data.answer_text(app, maya, "warm_up") == "I stop things from breaking."
