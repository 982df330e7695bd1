"""Proactive messages: once, on time, at an allowed hour, to people who want them; one click stops them."""

from __future__ import annotations

import pytest

from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.story_steps import begin_story, finish_story

PAUSE_ANSWERED = "Saved. I'll remind you once"
REMINDER_TEXT = "Your story is resting where you left it"
LANDED_TEXT = "Did the new text make it onto your profile?"


async def pause_new_story(app: AppUnderTest, person: SlackUser) -> Json:
    """Start a story on a Monday at ten, and pause it."""
    await app.advance_clock(person, to_next="monday 10:00")
    await begin_story(person)
    await person.says("pause")
    return await person.sees(PAUSE_ANSWERED)


@pytest.mark.wide
async def test_paused_story_is_reminded_of_once_after_three_working_days(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story paused on a Monday
    await pause_new_story(app, maya)
    # When two working days go by, then nothing comes
    await app.advance_clock(maya, to_next="wednesday 12:00")
    await maya.has_not_seen(REMINDER_TEXT)
    # When the third comes, at six in the morning, then it is too early
    await app.advance_clock(maya, to_next="thursday 06:00")
    await maya.has_not_seen(REMINDER_TEXT)
    # Then, during the day, it comes; and goes on where the story was
    await app.advance_clock(maya, to_next="thursday 09:30")
    reminder = await maya.sees(REMINDER_TEXT)
    assert "you paused it on" in str(reminder["blocks"])
    await maya.clicks(phrase("choice-resume"))
    await maya.sees("Pick whichever is easiest", after=reminder)
    # And never again
    await app.advance_clock(maya, advance_seconds=14 * 86_400)
    assert await count_messages_with(maya, REMINDER_TEXT) == 1


async def count_messages_with(person: SlackUser, words: str) -> int:
    """Count the bot's messages that contain these words."""
    return sum(words in m["text"] for m in await person.messages() if m.get("bot_id"))


async def test_nobody_is_reminded_who_wants_no_reminder(app: AppUnderTest, maya: SlackUser) -> None:
    await pause_new_story(app, maya)
    await maya.clicks(phrase("choice-no-reminder"))
    await maya.sees(phrase("no-reminder-said"))

    await app.advance_clock(maya, to_next="friday 10:00")

    await maya.has_not_seen(REMINDER_TEXT)


async def test_no_reminder_is_promised_to_those_who_wanted_none_when_they_pause_again(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a pause without a reminder
    await pause_new_story(app, maya)
    await maya.clicks(phrase("choice-no-reminder"))
    declined = await maya.sees(phrase("no-reminder-said"))
    # When it is written again, at once and after going on
    await maya.says("pause")
    still = await maya.sees("Saved.", after=declined)
    await maya.says("hi")
    on = await maya.sees("Good to see you again.", after=still)
    await maya.says("pause")
    last = await maya.sees("Saved.", after=on)
    # Then nothing is promised that does not come
    assert PAUSE_ANSWERED not in still["text"] + last["text"]


async def test_nobody_is_reminded_who_has_gone_on_or_stopped(
    app: AppUnderTest, maya: SlackUser, salma: SlackUser
) -> None:
    await pause_new_story(app, maya)
    await maya.clicks(phrase("choice-pause"))
    await maya.says("stop")
    await maya.sees("Done.")

    await app.advance_clock(maya, to_next="friday 10:00")

    await maya.has_not_seen(REMINDER_TEXT)


async def test_reminder_can_be_put_off_and_everything_stays(app: AppUnderTest, maya: SlackUser) -> None:
    await pause_new_story(app, maya)
    await app.advance_clock(maya, to_next="thursday 10:00")
    await maya.sees(REMINDER_TEXT)

    await maya.clicks(phrase("choice-not-now"))

    await maya.sees(phrase("not-now-said"))
    await maya.no_longer_sees(REMINDER_TEXT)


async def test_one_click_under_a_notice_ends_them_all(app: AppUnderTest, maya: SlackUser) -> None:
    # Given two stories' worth of questions to come
    await app.advance_clock(maya, to_next="monday 10:00")
    await finish_story(maya)
    await app.advance_clock(maya, to_next="thursday 10:00")
    await maya.sees(LANDED_TEXT)
    # When the first of them is answered with "don't"
    await maya.clicks(phrase("home-first-stop"))
    # Then that is how it is, on Home too
    await maya.sees("I won't write unless you write to me")
    await maya.opens_home()
    await maya.sees("I may write to you first: *no*", where="home")


async def test_story_is_asked_after_once_three_working_days_later(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a story finished on a Thursday
    await app.advance_clock(maya, to_next="thursday 11:00")
    await finish_story(maya)
    # When the weekend goes by, then nobody is asked
    await app.advance_clock(maya, to_next="monday 12:00")
    await maya.has_not_seen(LANDED_TEXT)
    # When the third working day comes
    await app.advance_clock(maya, to_next="tuesday 12:00")
    await maya.sees(LANDED_TEXT)
    # Then the answer ends it
    await maya.clicks(phrase("choice-landed-up"))
    await maya.sees(phrase("landed-thanks"))
    await app.advance_clock(maya, advance_seconds=30 * 86_400)
    assert await count_messages_with(maya, LANDED_TEXT) == 0


async def test_nobody_is_asked_what_they_have_answered_before(app: AppUnderTest, maya: SlackUser) -> None:
    await app.advance_clock(maya, to_next="monday 10:00")
    await finish_story(maya)
    await maya.opens_home()
    await maya.sees(LANDED_TEXT, where="home")
    await maya.clicks(phrase("choice-landed-changed_mind"), where="home")

    await app.advance_clock(maya, to_next="friday 10:00")

    await maya.has_not_seen(LANDED_TEXT)


async def test_notice_comes_in_the_persons_language_at_their_hour(
    app: AppUnderTest, salma: SlackUser
) -> None:
    # Given a story paused in Riyadh
    await app.advance_clock(salma, to_next="monday 10:00")
    await salma.says("مرحبا")
    await salma.sees("هل نبدأ")
    await salma.clicks(phrase("invitation-begin", "ar"))
    await salma.sees(phrase("ask-rules", "ar"))
    await salma.clicks(phrase("choice-count", "ar"))
    await salma.sees(phrase("ask-segment", "ar"))
    await salma.says("استراحة")
    await salma.sees(phrase("paused-reminded", "ar"))
    # When it is nine in Riyadh on the third working day
    await app.advance_clock(salma, to_next="thursday 09:05")
    # Then it comes
    await salma.sees(phrase("notice-paused-ask", "ar"))


@pytest.mark.wide
async def test_nobody_is_written_to_who_does_not_want_to_be_disturbed(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a paused story, and somebody whose Slack is quiet until two o'clock
    await pause_new_story(app, maya)
    await maya.does("person", id=maya.id, dnd="08:00-14:00")
    # When the day comes, then nothing comes during the quiet
    await app.advance_clock(maya, to_next="thursday 10:00")
    await maya.has_not_seen(REMINDER_TEXT)
    # Then, when it is over, it does
    await app.advance_clock(maya, to_next="thursday 14:01")
    await maya.sees(REMINDER_TEXT)


async def test_notice_comes_when_slack_does_not_say_who_wants_to_be_left_alone(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await pause_new_story(app, maya)
    await maya.does("faults", rules=[{"method": "dnd.teamInfo", "kind": "500", "count": -1}])

    await app.advance_clock(maya, to_next="thursday 10:00")

    await maya.sees(REMINDER_TEXT)
