"""The commands for every step, typed and clicked: back, skip, pause, stop, delete, help, language."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import WARM_UP, begin_story, finish_story, reach_cards

WHAT_FOLLOWS = {
    phrase("choice-back"): "Which language feels more like you",
    phrase("choice-skip"): "How did you end up here?",
    phrase("choice-pause"): "Saved. I'll remind you once",
    phrase("menu-stop"): "Done. No more messages about this.",
    phrase("menu-delete"): "Erase your draft, answers and choices?",
    phrase("menu-help"): "I help you write a short career story of your own",
    phrase("menu-language"): "In which language shall I speak with you?",
}


@pytest.mark.wide
@pytest.mark.parametrize("word", WHAT_FOLLOWS)
async def test_word_does_the_same_when_it_is_pressed_or_typed(
    app: AppUnderTest, maya: SlackUser, word: str
) -> None:
    # Given somebody at the first question in words
    await begin_story(maya)
    here = await maya.last_message()
    # When a word is pressed
    await maya.clicks(word)
    # Then it does what it says
    await maya.sees(WHAT_FOLLOWS[word], after=here)
    # And typed, by somebody else in the same place, it does the same
    jack = app.person("U0JACK")
    await begin_story(jack)
    said = await jack.says(f" {word.upper()}! ")
    await jack.sees(WHAT_FOLLOWS[word], after=said)
    assert await stored_data.answer_text(app, jack, "warm_up") == ""


@pytest.mark.parametrize(
    "words", ["I had to skip lunch", "go back to school", "please help me", "stop it now"]
)
async def test_word_is_an_answer_when_it_is_not_the_whole_message(
    app: AppUnderTest, maya: SlackUser, words: str
) -> None:
    # Given somebody at the first question in words
    await begin_story(maya)
    # When a command is part of a sentence
    await maya.says(words)
    # Then it is an answer
    await maya.sees(phrase("ask-turn"))
    assert await stored_data.answer_text(app, maya, "warm_up") == words


async def test_first_question_says_that_nothing_is_before_it_when_somebody_goes_back(maya: SlackUser) -> None:
    # Given the invitation
    await maya.says("hi")
    await maya.sees("Shall we?")
    # When somebody goes back from it
    said = await maya.says("back")
    # Then they get a kind refusal
    await maya.sees(phrase("remark-first"), after=said)


async def test_step_stays_when_a_choice_cannot_be_skipped(app: AppUnderTest, maya: SlackUser) -> None:
    # Given the ground rules, about which somebody must choose
    await maya.says("hi")
    await maya.sees("Shall we?")
    await maya.clicks(phrase("choice-start"))
    await maya.sees(phrase("ask-rules"))
    # When they skip
    said = await maya.says("skip")
    # Then the question stays open, and nothing was chosen for them
    await maya.sees(phrase("remark-choose"), after=said)
    assert (await stored_data.current_draft(app, maya)).draft.counted is None


@pytest.mark.wide
async def test_same_question_is_shown_after_a_restart_during_a_pause(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who pauses in the middle
    await begin_story(maya)
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))
    await maya.clicks(phrase("choice-pause"))
    paused = await maya.sees(phrase("paused-reminded"))
    # When they come back a week later, to another process
    await app.restart()
    await maya.does("clock", advance_seconds=7 * 86_400)
    await maya.says("hi")
    # Then the same question is shown, with everything kept
    await maya.sees(phrase("remark-welcome-back"), after=paused)
    await maya.sees(phrase("ask-turn"), after=paused)
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP


@pytest.mark.wide
async def test_question_is_asked_again_when_words_come_first_after_a_pause(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who has paused
    await begin_story(maya)
    await maya.says("pause")
    await maya.sees(phrase("paused-reminded"))
    # When they come back with words that may be an answer, or not
    back = await maya.says("ok I'm back")
    # Then the question is asked again, and they answer it
    asked = await maya.sees(phrase("remark-back"), after=back)
    assert "Pick whichever is easiest" in asked["text"]
    await maya.says(WARM_UP)
    question = await maya.sees(phrase("ask-turn"))
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP
    # And their first words are not mentioned again
    assert phrase("choice-use_strays") not in question["text"]


async def test_first_words_after_a_pause_are_the_answer_when_their_author_says_so(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a page of cards, and a pause
    await reach_cards(maya)
    await maya.clicks(phrase("choice-pause"))
    await maya.sees(phrase("paused-reminded"))
    # When an own line is the first message, and was meant to be one
    await maya.says("We laugh about our own mistakes.")
    await maya.sees(phrase("remark-back"))
    await maya.clicks(phrase("choice-was_answer"))
    # Then it is among the lines
    await maya.sees(phrase("choice-done-lines", n=1))
    lines = (await stored_data.current_draft(app, maya)).draft.lines
    assert [line.text for line in lines] == ["We laugh about our own mistakes."]
    # And the button is gone
    assert phrase("choice-was_answer") not in await maya.labels()


async def test_old_buttons_answer_when_the_bot_was_restarted(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a page of cards with one kept
    await reach_cards(maya)
    await maya.clicks(phrase("choice-keep"), nth=0)
    await maya.sees(phrase("choice-done-lines", n=1))
    # When the bot is another process
    await app.restart()
    # Then the page answers as before
    await maya.clicks(phrase("choice-keep"), nth=0)
    await maya.sees(phrase("choice-done-lines", n=2))


@pytest.mark.wide
async def test_hi_is_no_opt_in_when_it_comes_a_month_after_stop(app: AppUnderTest, maya: SlackUser) -> None:
    # Given somebody who has finished a story, and then said stop
    await finish_story(maya)
    await maya.says("stop")
    await maya.sees("Done. I won't write unless you write to me.")
    # When they say hi a month later
    await maya.does("clock", advance_seconds=31 * 86_400)
    said = await maya.says("hi")
    # Then they are answered and offered to begin, and they are still stopped
    await maya.sees(phrase("stopped-begin"), after=said)
    await assert_opted_out(app, maya)
    # And writing another story changes nothing about that either
    await maya.clicks(phrase("choice-begin"))
    await maya.sees("Shall we?", after=said)
    await assert_opted_out(app, maya)


async def test_stop_in_the_middle_keeps_the_draft_and_is_remembered(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody in the middle of a story
    await begin_story(maya)
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))
    # When they say stop, and hi a month later
    await maya.says("stop")
    await maya.sees("Your draft stays until you say delete.")
    await maya.does("clock", advance_seconds=31 * 86_400)
    said = await maya.says("hi")
    # Then the story goes on where it was, and they are still stopped
    await maya.sees(phrase("ask-turn"), after=said)
    await assert_opted_out(app, maya)


async def test_stop_mentions_no_draft_when_there_is_only_an_invitation(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who was invited, and has written nothing
    await maya.says("hi")
    await maya.sees("Shall we?")
    # When they say stop
    await maya.says("stop")
    # Then no draft is mentioned
    await maya.sees("Done. I won't write unless you write to me.")
    await maya.has_not_seen("Your draft stays")
    await assert_opted_out(app, maya)


async def assert_opted_out(app: AppUnderTest, person: SlackUser) -> None:
    """Check that the database has this person as opted out."""
    who = [one for one in await stored_data.list_people(app) if one.user_id == person.id]
    assert [one.is_stopped for one in who] == [True]


@pytest.mark.wide
async def test_draft_and_every_word_of_it_are_gone_when_it_is_erased(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a draft with words in it, shown by the bot as well
    canary = "quartz lighthouse marmalade"
    await begin_story(maya)
    await maya.says(f"I tend the {canary}.")
    await maya.sees(phrase("ask-turn"))
    await maya.clicks(phrase("choice-back"))
    await maya.sees(phrase("answer-so-far"))
    # When its author keeps it first, and then erases it
    await maya.says("delete")
    await maya.sees(phrase("delete-ask"))
    await maya.clicks(phrase("choice-keep-draft"))
    kept = await maya.sees(phrase("kept"))
    assert await stored_data.tables_containing(app, canary) == ["drafts"]
    await maya.says("delete")
    await maya.sees(phrase("delete-ask"), after=kept)
    await maya.clicks(phrase("choice-erase"))
    await maya.sees(phrase("deleted"))
    # Then no table has a word of it, and the bot's messages with its words are gone; what was typed stays
    assert await stored_data.tables_containing(app, canary) == []
    left = [message for message in await maya.messages() if canary in str(message)]
    assert [message.get("user") for message in left] == [maya.id]
