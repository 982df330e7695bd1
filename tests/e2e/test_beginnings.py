"""How a story starts and restarts: by message, command or shortcut; hello in the middle; a second story."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data, visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import TURN, WARM_UP, answer_first_questions, begin_story, reach_draft


@pytest.mark.wide
@pytest.mark.parametrize("words", ["hi", "what is this?", "مرحبا", ":wave:"])
async def test_story_starts_with_any_message(app: AppUnderTest, maya: SlackUser, words: str) -> None:
    # Given somebody who has never spoken to the bot
    # When they say anything
    await maya.says(words)
    # Then they are invited, by their first name
    await maya.sees("Hi Maya. We're helping anyone who'd like to write a short, honest career story")
    assert len(await stored_data.list_drafts(app, maya)) == 1


@pytest.mark.parametrize("line", ["/hakawati", "/hakawati story", "/hakawati  STORY "])
async def test_story_starts_when_the_command_is_typed(maya: SlackUser, line: str) -> None:
    # Given somebody in any channel
    there = maya.in_channel("C0GENERAL")
    # When they type the command
    await there.types_command(line)
    # Then the bot writes to them in their own conversation
    await there.sees(phrase("command-done"))
    await maya.sees("Shall we?")


@pytest.mark.wide
async def test_command_explains_itself_and_starts_nothing_when_help_or_an_unknown_word_follows(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who wonders what the command does
    # When they ask for help, or type a word that it does not know, be it one that Slack itself uses
    await maya.types_command("/hakawati help")
    await maya.sees("begins your story, or shows where you were")
    for word in ("dance", "payload", "payload={}", "a & b=c payload"):
        before = await maya.last_message()
        await maya.types_command(f"/hakawati {word}")
        # Then it is explained, and nothing starts
        await maya.sees("I don't know that word after /hakawati", after=before)
    assert await stored_data.list_drafts(app, maya) == ()


async def test_story_starts_when_the_shortcut_is_used(maya: SlackUser) -> None:
    # Given somebody anywhere in Slack
    # When they use the shortcut
    await maya.uses_shortcut("story:start")
    # Then they are invited
    await maya.sees("Shall we?")


async def test_nothing_is_kept_open_when_the_answer_is_not_for_me(app: AppUnderTest, maya: SlackUser) -> None:
    # Given an invitation
    await maya.says("hi")
    await maya.sees("Shall we?")
    # When it is declined
    await maya.clicks(phrase("choice-decline"))
    # Then nobody hears of it, and no draft is left
    await maya.sees(phrase("declined"))
    assert await stored_data.list_drafts(app, maya) == ()


async def test_invitation_waits_when_the_answer_is_later(app: AppUnderTest, maya: SlackUser) -> None:
    # Given an invitation
    await maya.says("hi")
    await maya.sees("Shall we?")
    # When it is put off
    await maya.clicks(phrase("choice-later"))
    later = await maya.sees(phrase("later"))
    await maya.has_not_seen("Saved")
    # Then a greeting brings it back
    await maya.says("hello")
    await maya.sees("Shall we?", after=later)


@pytest.mark.wide
async def test_question_is_shown_again_when_somebody_says_hello_in_the_middle(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody at a question in words
    await begin_story(maya)
    # When they say hello
    said = await maya.says("Hello!")
    # Then it is no answer: the question is shown again, with a button to say that it was one
    await maya.sees(phrase("remark-greeting"), after=said)
    assert await stored_data.answer_text(app, maya, "warm_up") == ""
    await maya.clicks(phrase("choice-was_answer"))
    await maya.sees(phrase("ask-turn"))
    assert await stored_data.answer_text(app, maya, "warm_up") == "Hello!"


async def test_question_with_buttons_is_shown_again_when_somebody_says_hello(maya: SlackUser) -> None:
    # Given somebody at a question with buttons
    await answer_first_questions(maya)
    # When they say hello
    said = await maya.says("good morning")
    # Then they are shown where they were
    await maya.sees(phrase("remark-welcome-back"), after=said)
    await maya.sees("Now the lines", after=said)


@pytest.mark.wide
async def test_first_story_goes_on_when_a_second_one_was_nearly_started(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story in progress
    await begin_story(maya)
    # When another one is asked for
    await maya.types_command("/hakawati")
    asked = await maya.sees(phrase("resume-ask"))
    # Then going on shows where it stood
    await maya.clicks(phrase("choice-resume"), in_message=asked)
    await maya.sees("Pick whichever is easiest", after=asked)
    assert len(await stored_data.list_drafts(app, maya)) == 1


@pytest.mark.wide
async def test_story_put_aside_is_taken_up_from_home_with_everything_in_it(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story in progress with an answer in it
    await begin_story(maya)
    await maya.says(WARM_UP)
    await maya.sees(phrase("ask-turn"))
    # When it is put aside for another
    await maya.uses_shortcut("story:start")
    asked = await maya.sees(phrase("resume-ask"))
    await maya.clicks(phrase("choice-replace"))
    await maya.sees("Shall we?", after=asked)
    # Then it is on Home
    await maya.opens_home()
    await maya.sees(phrase("home-aside-title"), where="home")
    await maya.sees("I make sure the sensors in our clinics never go quiet.", where="home")
    # And taken up, it goes on where it was, and the other one is put aside
    latest = await maya.last_message()
    await maya.clicks(phrase("home-aside-go-on"), where="home")
    await maya.sees(phrase("ask-turn"), after=latest)
    await maya.says(TURN)
    await maya.sees("Now the lines", after=latest)
    assert await stored_data.answer_text(app, maya, "warm_up") == WARM_UP
    assert sorted(str(one.draft.status) for one in await stored_data.list_drafts(app, maya)) == [
        "aside",
        "open",
    ]


@pytest.mark.wide
async def test_words_from_before_the_first_question_are_offered_at_that_question_only(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who started with their own words
    early = "I would rather tell you about the fridges."
    await maya.says(early)
    await maya.sees("Shall we?")
    await maya.clicks(phrase("choice-start"))
    await maya.sees(phrase("ask-rules"))
    await maya.clicks(phrase("choice-count"))
    await maya.sees(phrase("ask-segment"))
    await maya.clicks(phrase("choice-tech"))
    await maya.sees(phrase("ask-language"))
    await maya.clicks(phrase("choice-en"))
    offered = await maya.sees(phrase("answer-before"))
    assert early in str(offered["blocks"])
    # When they answer without them
    await maya.says(WARM_UP)
    # Then the next question says no more of them, and they are kept
    question = await maya.sees(phrase("ask-turn"))
    assert phrase("choice-use_strays") not in question["text"]
    assert [said.plain for said in (await stored_data.current_draft(app, maya)).draft.superseded] == [early]


PASTED = "I look after cold chains. I began as a driver. Every van taught me something about patience."


@pytest.mark.wide
async def test_text_brought_along_is_the_first_version_when_somebody_has_one_already(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who has an About text already
    await begin_story(maya)
    await maya.clicks(phrase("choice-have_one"))
    await maya.sees(phrase("ask-paste"))
    # When they paste it, and want no lines with it
    await maya.says(PASTED)
    await maya.sees("Now the lines")
    await maya.clicks(phrase("choice-without"))
    # Then it is the draft as it is, entirely in their words
    draft = await maya.sees(phrase("choice-fine-draft"))
    assert PASTED in str(draft["blocks"])
    kept = await stored_data.list_text_versions(app, maya)
    assert [(one.text, one.source) for one in kept] == [(PASTED, "pasted")]
    await maya.clicks(phrase("choice-share"))
    await maya.sees(phrase("share-no-cards"))


async def test_new_story_is_written_when_somebody_goes_back_from_pasting(maya: SlackUser) -> None:
    # Given somebody who thought that they had a text
    await begin_story(maya)
    await maya.clicks(phrase("choice-have_one"))
    asked = await maya.sees(phrase("ask-paste"))
    # When they want to write a new one
    await maya.clicks(phrase("choice-write_one"))
    # Then the warm-up is asked
    await maya.sees("Pick whichever is easiest", after=asked)


@pytest.mark.wide
async def test_same_lines_are_asked_about_anew_when_the_story_is_written_in_the_other_language(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a finished story in English
    await reach_draft(maya)
    for label, then in (
        (phrase("choice-fine-draft"), "the line under your name"),
        (phrase("choice-skip"), "Copy it, open your profile"),
    ):
        await maya.clicks(label)
        await maya.sees(then)
    await maya.clicks(phrase("choice-keep_private"))
    await maya.sees(phrase("ask-hand"))
    await maya.clicks(phrase("choice-nothing"))
    await maya.sees(phrase("done-private"))
    # When it is wanted in Arabic as well
    await maya.opens_home()
    await maya.sees("Write it in Arabic too", where="home")
    latest = await maya.last_message()
    await maya.clicks("Write it in Arabic too", where="home")
    # Then the questions in words are asked anew, and no cards are dealt or counted
    await maya.sees("Pick whichever is easiest", after=latest)
    translation = (await stored_data.current_draft(app, maya)).draft
    assert (translation.language, translation.counted) == ("ar", False)
    said = await maya.says("أتابع شحنات الأدوية حتى تصل باردة.")
    await maya.sees(phrase("ask-turn"), after=said)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("", "so I haven't taken the file."), ("I mend radios.", "and not the file.")],
)
async def test_file_in_the_first_message_is_met_kindly_before_the_invitation(
    app: AppUnderTest, maya: SlackUser, words: str, sentence: str
) -> None:
    # Given somebody new, whose first message is a photo, alone or with words
    await maya.shares_file("me.png", text=words)
    # Then they read what became of it, and are invited
    await maya.sees("Shall we?")
    told, invited = (await maya.messages())[-2:]
    assert visible_content.has_text(told, sentence)
    assert visible_content.has_text(invited, "Shall we?")
