"""Snoozed notices: each comes back once, on its day, at an allowed hour in the person's current time zone."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import (
    FIRST_REMINDER_TEXT,
    INVITATION_TEXT,
    RESUMED_TEXT,
    SNOOZED_TEXT,
    advance_to,
    change_time_zone,
    count_bot_messages,
    date_in_days,
    pick_date,
    receive_invitation,
    remove_rate_limits,
)
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import begin_story, finish_story

PAUSED_TEXT = "Your story is resting where you left it"
LANDED_TEXT = "Did the new text make it onto your profile?"


@pytest.mark.wide
async def test_invitation_comes_back_on_the_date_that_was_picked(app: AppUnderTest) -> None:
    # Given an invitation on a Tuesday
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-later"))
    await maya.sees(phrase("invitation-later-ask"))
    # When it is put off to the Monday after the next
    await pick_date(maya, phrase("later-date"), date_in_days(app, 13))
    await maya.sees(SNOOZED_TEXT)
    # Then nothing comes before that, no reminder either
    await app.advance_clock(maya, advance_seconds=12 * 86_400)
    await maya.has_not_seen(RESUMED_TEXT)
    assert await count_bot_messages(maya, FIRST_REMINDER_TEXT) == 0
    # And on that day it comes, once
    await advance_to(app, maya, "monday 09:05")
    await maya.sees(RESUMED_TEXT)
    await app.advance_clock(maya, advance_seconds=25 * 86_400)
    assert await count_bot_messages(maya, RESUMED_TEXT) == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "That day can't be chosen."),
        (-3, "That day can't be chosen."),
        (400, "That day can't be chosen."),
        (60, "By then it is closed."),
    ],
)
async def test_nothing_is_lost_by_a_date_that_cannot_be(app: AppUnderTest, days: int, said: str) -> None:
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-later"))
    asked = await maya.sees(phrase("invitation-later-ask"))

    await pick_date(maya, phrase("later-date"), date_in_days(app, days))

    # Then the bot says so, the choice is still shown, and the invitation is as open as before
    await maya.sees(said, after=asked)
    await maya.sees(phrase("invitation-later-ask"))
    await app.advance_clock(maya, advance_seconds=6 * 86_400)
    await advance_to(app, maya, "tuesday 12:00")
    await maya.sees(FIRST_REMINDER_TEXT)


async def test_paused_story_is_put_off_in_one_click_under_its_reminder(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a reminder of a paused story
    remove_rate_limits(app)
    await app.advance_clock(maya, to_next="monday 10:00")
    await begin_story(maya)
    await maya.says("pause")
    await maya.sees(phrase("paused-reminded"))
    await advance_to(app, maya, "thursday 09:30")
    await maya.sees(PAUSED_TEXT)
    # When it is put off
    await maya.clicks(phrase("invitation-tomorrow"))
    await maya.sees(SNOOZED_TEXT)
    await maya.no_longer_sees(PAUSED_TEXT)
    # Then it comes the next day, and says why
    await advance_to(app, maya, "friday 09:05")
    again = await maya.sees(PAUSED_TEXT)
    assert phrase("notice-again-why") in again["text"]
    # And not when the story went on meanwhile
    await pick_date(maya, phrase("later-date"), date_in_days(app, 5))
    await maya.sees(SNOOZED_TEXT)
    await maya.says("hi")
    await maya.sees("Good to see you again.")
    await app.advance_clock(maya, advance_seconds=14 * 86_400)
    assert await count_bot_messages(maya, PAUSED_TEXT) == 0


async def test_question_whether_it_landed_is_put_off_in_one_click(app: AppUnderTest, maya: SlackUser) -> None:
    remove_rate_limits(app)
    await app.advance_clock(maya, to_next="monday 10:00")
    await finish_story(maya)
    await advance_to(app, maya, "thursday 10:00")
    await maya.sees(LANDED_TEXT)

    await maya.clicks(phrase("invitation-next_week"))

    await maya.sees(SNOOZED_TEXT)
    await advance_to(app, maya, "monday 09:05")
    again = await maya.sees(LANDED_TEXT)
    assert "put it off" in again["text"]
    await maya.clicks(phrase("choice-landed-up"))
    await maya.sees(phrase("landed-thanks"))


async def test_typed_words_snooze_the_latest_notice_and_move_it(app: AppUnderTest) -> None:
    # Given an invitation that is put off by a word, and by another one
    maya = await receive_invitation(app)
    await maya.says("tomorrow")
    first = await maya.sees(SNOOZED_TEXT)
    await maya.says("Next week.")
    await maya.sees(SNOOZED_TEXT, after=first)
    # When tomorrow comes, then nothing does
    await app.advance_clock(maya, to_next="wednesday 12:00")
    await maya.has_not_seen(RESUMED_TEXT)
    # Then it comes in the next week, once
    await advance_to(app, maya, "monday 09:05")
    await maya.sees(RESUMED_TEXT)
    # And what has come back can be put off again
    last = await maya.last_message()
    await maya.says("later")
    await maya.sees(SNOOZED_TEXT, after=last)
    await advance_to(app, maya, "monday 13:00")
    await app.advance_clock(maya, advance_seconds=25 * 86_400)
    assert await count_bot_messages(maya, RESUMED_TEXT) == 2


async def test_typed_word_snoozes_nothing_that_has_closed(app: AppUnderTest) -> None:
    maya = await receive_invitation(app)
    await app.advance_clock(maya, advance_seconds=50 * 86_400)

    await maya.says("later")

    await maya.sees(phrase("later-nothing"))


async def test_later_promises_nothing_after_a_stop(app: AppUnderTest) -> None:
    # Given an invitation whose choice of days is open, and a stop
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-later"))
    asked = await maya.sees(phrase("invitation-later-ask"))
    await maya.says("stop")
    await maya.sees("I won't write unless you write to me.")
    # When a day is pressed all the same
    await maya.clicks(phrase("invitation-tomorrow"), in_message=asked)
    # Then she hears what holds, and how it is taken back
    await maya.sees(phrase("wish-stopped"))
    await maya.has_not_seen(SNOOZED_TEXT)
    await app.advance_clock(maya, advance_seconds=8 * 86_400)
    await maya.has_not_seen(RESUMED_TEXT)


async def test_words_put_off_in_arabic_too(app: AppUnderTest) -> None:
    yusuf = await receive_invitation(app, "U0YUSUF")

    await yusuf.says("الأسبوع القادم")

    await yusuf.sees("سأعود إلى هذا في")
    await advance_to(app, yusuf, "wednesday 10:00")
    await yusuf.has_not_seen("عدت كما اتفقنا")
    await advance_to(app, yusuf, "monday 10:00")
    await yusuf.sees("عدت كما اتفقنا")


async def test_reply_is_kind_when_nothing_can_be_snoozed(app: AppUnderTest, maya: SlackUser) -> None:
    # Given nothing that was asked
    # When somebody writes "later", then their word begins no story either
    await maya.says("later")
    await maya.sees(phrase("later-nothing"))
    assert await stored_data.list_drafts(app, maya) == ()


@pytest.mark.parametrize(
    ("tz", "still_early"), [("America/New_York", "wednesday 08:55"), ("Asia/Tokyo", "wednesday 08:55")]
)
async def test_snoozed_notice_follows_a_person_who_flies_the_day_before(
    app: AppUnderTest, tz: str, still_early: str
) -> None:
    # Given an invitation put off to the next day, in Berlin
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-later"))
    await maya.clicks(phrase("invitation-tomorrow"))
    await maya.sees(SNOOZED_TEXT)
    # When she flies, then it does not come before nine where she is
    await change_time_zone(app, maya, tz)
    await app.advance_clock(maya, to_next=still_early, zone=tz)
    await maya.has_not_seen(RESUMED_TEXT)
    # Then it does come at nine there, not an hour later
    await advance_to(app, maya, "wednesday 09:05", tz)
    await maya.sees(RESUMED_TEXT)


async def test_invitation_itself_can_be_answered_after_the_choice_was_opened(app: AppUnderTest) -> None:
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-later"))
    await maya.clicks(phrase("invitation-no"))
    await maya.sees(phrase("invitation-declined"))
    await maya.no_longer_sees(INVITATION_TEXT)
