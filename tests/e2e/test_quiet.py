"""Quiet until a date: from the message, from Home or in words; then what is in time is sent, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.queries import people
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import (
    FIRST_REMINDER_TEXT,
    INVITATION_TEXT,
    SECOND_REMINDER_TEXT,
    advance_to,
    count_bot_messages,
    date_in_days,
    pick_date,
    receive_invitation,
    remove_rate_limits,
)
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import begin_story
from tests.e2e.wave_steps import submit_wave_form

QUIET_TEXT = "Before that day nothing comes from me unasked"
REMINDER_PROMISE_TEXT = "Saved. I'll remind you once"
HOME_TEXT = "Writing to me doesn't end it."


@pytest.mark.wide
async def test_quiet_from_under_an_invitation_holds_until_its_day_and_lets_out_what_is_in_time(
    app: AppUnderTest,
) -> None:
    # Given an invitation on a Tuesday, and quiet until the Thursday of the week after
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-later"))
    await maya.sees(phrase("quiet-offer"))
    await pick_date(maya, phrase("quiet-until"), date_in_days(app, 9))
    await maya.sees(QUIET_TEXT)
    # When the week goes by in which the first reminder was due, then nothing comes; writing does not end it
    await maya.says("help")
    await maya.sees("quiet until 12 March")
    await app.advance_clock(maya, advance_seconds=8 * 86_400)
    assert await count_bot_messages(maya, FIRST_REMINDER_TEXT) == 0
    # When the day has come, then what is too late stays away, and the last one comes in its time, once
    await app.advance_clock(maya, advance_seconds=5 * 86_400)
    await advance_to(app, maya, "tuesday 10:05")
    await maya.sees(SECOND_REMINDER_TEXT)
    await app.advance_clock(maya, advance_seconds=25 * 86_400)
    assert (
        await count_bot_messages(maya, FIRST_REMINDER_TEXT),
        await count_bot_messages(maya, SECOND_REMINDER_TEXT),
    ) == (0, 1)


async def test_quiet_is_started_changed_and_ended_on_home(app: AppUnderTest) -> None:
    # Given an invitation, and quiet for a month
    maya = await receive_invitation(app)
    await maya.opens_home()
    await maya.sees(phrase("home-quiet-offer"), where="home")
    await pick_date(maya, phrase("quiet-until"), date_in_days(app, 30), where="home")
    await maya.sees(HOME_TEXT, where="home")
    # When another day is picked, then that one holds, and the reminder comes after it
    await pick_date(maya, phrase("quiet-until"), date_in_days(app, 8), where="home")
    await app.advance_clock(maya, advance_seconds=6 * 86_400)
    await advance_to(app, maya, "tuesday 12:00")
    await maya.has_not_seen(FIRST_REMINDER_TEXT)
    await advance_to(app, maya, "wednesday 10:05")
    await maya.sees(FIRST_REMINDER_TEXT)
    # And what is over is shown no more, and what is not can be ended
    await maya.opens_home()
    await maya.sees(phrase("home-quiet-offer"), where="home")
    await pick_date(maya, phrase("quiet-until"), date_in_days(app, 30), where="home")
    await maya.sees(HOME_TEXT, where="home")
    await maya.clicks(phrase("quiet-end"), where="home")
    await maya.sees(phrase("home-quiet-offer"), where="home")
    await advance_to(app, maya, "tuesday 10:05")
    await maya.sees(SECOND_REMINDER_TEXT)


async def test_notices_held_back_by_a_pause_come_when_it_ends_early(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a paused story, and quiet over the day of its reminder
    remove_rate_limits(app)
    await app.advance_clock(maya, to_next="monday 10:00")
    await begin_story(maya)
    await maya.says("pause")
    await maya.sees(REMINDER_PROMISE_TEXT)
    await maya.says(f"quiet until {date_in_days(app, 8)}")
    said = await maya.sees(QUIET_TEXT)
    await app.advance_clock(maya, to_next="thursday 12:00")
    await maya.has_not_seen("Your story is resting where you left it")
    # When it is ended under the message that says so
    await maya.clicks(phrase("quiet-end"), in_message=said)
    await maya.sees(phrase("quiet-ended"))
    # Then the reminder comes, for its time is not over
    await app.advance_clock(maya, advance_seconds=60)
    await maya.sees(phrase("notice-paused-ask"))


@pytest.mark.parametrize("days", [0, -1, 400])
async def test_day_that_cannot_be_is_met_kindly_where_it_was_picked(
    app: AppUnderTest, maya: SlackUser, days: int
) -> None:
    await begin_story(maya)
    await maya.opens_home()
    await maya.sees(phrase("home-quiet-offer"), where="home")

    await pick_date(maya, phrase("quiet-until"), date_in_days(app, days), where="home")

    await maya.sees(phrase("problem-date"), where="modal")
    await maya.closes()
    await maya.sees(phrase("home-quiet-offer"), where="home")


@pytest.mark.wide
async def test_words_make_quiet_in_the_middle_of_a_story_and_leave_it_as_it_is(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a question in words
    await begin_story(maya)
    # When quiet is asked for, in any words
    day = date_in_days(app, 40)
    await maya.says(f"Pause until {day.day}.{day.month}.{day.year}")
    await maya.sees(QUIET_TEXT)
    assert await find_paused_until(app, maya) == day
    # Then the story goes on with the next message
    await maya.says("I keep the fridges cold.")
    await maya.sees(phrase("ask-turn"))
    assert await stored_data.answer_text(app, maya, "warm_up") == "I keep the fridges cold."
    # And what only begins like it is an answer
    await maya.says("Quiet until the alarm rang")
    await maya.sees("Now the lines")
    assert await stored_data.answer_text(app, maya, "turn") == "Quiet until the alarm rang"
    # And it ends with two words
    await maya.says("as usual")
    await maya.sees(phrase("usual-said"))
    assert await find_paused_until(app, maya) is None


async def find_paused_until(app: AppUnderTest, person: SlackUser) -> object:
    """Return the stored date until which this person is quiet."""
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        found = await people.find_person(connection, app.bot.services.team, person.id)
    return found and found.paused_until


async def test_words_make_quiet_without_a_story_and_in_arabic(app: AppUnderTest, salma: SlackUser) -> None:
    day = date_in_days(app, 20)
    written = str(day).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    await salma.says(f"هدوء حتى {written}")
    await salma.sees("قبل ذلك اليوم لا أبدأ أنا بشيء")
    assert await find_paused_until(app, salma) == day

    await salma.says("كالمعتاد")
    await salma.sees(phrase("usual-said", "ar"))
    assert await find_paused_until(app, salma) is None


async def test_day_that_cannot_be_read_is_answered_with_an_example_and_one_to_pick(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await maya.says("quiet until 31 February")
    await maya.sees("I couldn't tell which day you mean.")

    await pick_date(maya, phrase("quiet-until"), date_in_days(app, 3))

    await maya.sees(QUIET_TEXT)
    assert await find_paused_until(app, maya) == date_in_days(app, 3)


async def test_fewer_is_a_word_and_a_button_on_home(app: AppUnderTest, maya: SlackUser) -> None:
    await maya.says("hi")
    await maya.sees("Shall we?")
    await maya.opens_home()
    await maya.sees(phrase("home-as-usual"), where="home")
    await maya.clicks(phrase("invitation-fewer"), where="home")
    await maya.sees(phrase("home-fewer"), where="home")
    await maya.clicks(phrase("home-fewer-usual"), where="home")
    await maya.sees(phrase("home-as-usual"), where="home")

    await maya.says("fewer")

    await maya.sees(phrase("invitation-fewer-said"))
    await maya.sees(phrase("home-fewer"), where="home")


async def test_person_who_took_a_preference_back_does_not_count_as_unresponsive(
    app: AppUnderTest,
) -> None:
    # Given an invitation and both its reminders, let go by
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await app.advance_clock(maya, advance_seconds=6 * 86_400)
    await advance_to(app, maya, "tuesday 12:00")
    await maya.sees(FIRST_REMINDER_TEXT)
    await app.advance_clock(maya, advance_seconds=6 * 86_400)
    await advance_to(app, maya, "tuesday 12:00")
    await maya.sees(SECOND_REMINDER_TEXT)
    # When she asks for fewer, and takes it back
    await maya.says("fewer")
    await maya.sees(phrase("invitation-fewer-said"))
    await maya.says("as usual")
    last = await maya.sees(phrase("usual-said"))
    # Then the next invitation is for her too
    before = await lina.last_message()
    await submit_wave_form(lina, name="Summer")
    await lina.clicks(phrase("dry-start"), in_message=await lina.sees("Nothing has been sent.", after=before))
    await lina.sees("The first messages go out on", after=before)
    await app.advance_clock(maya, advance_seconds=7 * 86_400)
    await advance_to(app, maya, "wednesday 12:00")
    await maya.sees(INVITATION_TEXT, after=last)


async def test_fewer_and_stop_stand_under_every_message_that_the_programme_wants(app: AppUnderTest) -> None:
    maya = await receive_invitation(app)
    await app.advance_clock(maya, advance_seconds=6 * 86_400)
    await advance_to(app, maya, "tuesday 12:00")
    reminder = await maya.sees(FIRST_REMINDER_TEXT)

    await maya.clicks(phrase("invitation-fewer"), in_message=reminder)
    await maya.sees(phrase("invitation-fewer-said"))
    await maya.clicks(phrase("invitation-stop"), in_message=reminder)

    await maya.sees("I won't write unless you write to me.")


async def test_no_reminder_is_promised_that_the_quiet_would_keep_back(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await begin_story(maya)
    await maya.says(f"quiet until {date_in_days(app, 60)}")
    quiet = await maya.sees(QUIET_TEXT)

    await maya.says("pause")

    said = await maya.sees("Saved.", after=quiet)
    assert REMINDER_PROMISE_TEXT not in said["text"]


async def test_preferences_of_somebody_who_opted_out_change_nothing(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await maya.says("stop")
    await maya.sees("I won't write unless you write to me.")
    day = date_in_days(app, 3)

    await maya.says(f"quiet until {day + timedelta(days=1)}")

    await maya.sees(phrase("wish-stopped"))
    assert await find_paused_until(app, maya) is None
