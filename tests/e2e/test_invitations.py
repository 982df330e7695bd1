"""Invitations: each arrives once, at the recipient's local hour, and every answer does what it says."""

from __future__ import annotations

import pytest

from bot.workflows.waves.launch import invite_joiners
from db.models.programmes import EmployeeRecord
from db.queries import outbox, waves
from db.queries.employee_records import upsert_employee_record
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import (
    FIRST_REMINDER_TEXT,
    INVITATION_TEXT,
    SECOND_REMINDER_TEXT,
    count_bot_messages,
    receive_invitation,
)
from tests.e2e.phrases import phrase
from tests.e2e.wave_steps import opt_out_users, set_up_programme, show_dry_run, start_wave


@pytest.mark.wide
async def test_invitation_comes_once_at_ten_where_its_reader_is(app: AppUnderTest) -> None:
    # Given a wave started on a Monday, which opens on Tuesday
    lina = await set_up_programme(app)
    await start_wave(app, lina, greeting="I wrote mine <yesterday>.")
    maya, chen, yusuf, theo = (app.person(f"U0{name}") for name in ("MAYA", "CHEN", "YUSUF", "THEO"))
    # When it is ten in Singapore, then it is night in Berlin
    await app.advance_clock(chen, to_next="tuesday 10:01")
    await chen.sees(INVITATION_TEXT)
    await maya.has_not_seen(INVITATION_TEXT)
    # When it is ten in Berlin
    await app.advance_clock(maya, to_next="tuesday 10:01")
    # Then it is there, with the owner's own words, and in Arabic for somebody who reads Arabic
    await maya.sees(INVITATION_TEXT)
    await maya.sees("I wrote mine <yesterday>.")
    await maya.sees("It came because you are on the people list of Qamar Labs.")
    await yusuf.sees("بطلب من <@U0LINA> من Marketing")
    # And no guest gets it, and nobody twice
    await app.advance_clock(maya, advance_seconds=6 * 3600)
    assert await count_bot_messages(maya, "Marketing asked me") == 1
    assert await theo.messages() == []
    # And the wave cannot be started or changed again
    await lina.clicks(phrase("dry-start"))
    await lina.sees(phrase("problem-no-wave"))
    await lina.opens_home()
    await lina.sees("Everything goes out by itself.", where="home")


async def test_lets_start_leads_straight_into_the_story_and_nothing_is_asked_again(
    app: AppUnderTest,
) -> None:
    maya = await receive_invitation(app)

    await maya.clicks(phrase("invitation-begin"))

    await maya.sees(phrase("invitation-begun"))
    await maya.sees(phrase("choice-more"))
    await maya.no_longer_sees(INVITATION_TEXT)
    await app.advance_clock(maya, advance_seconds=21 * 86_400)
    assert (
        await count_bot_messages(maya, FIRST_REMINDER_TEXT),
        await count_bot_messages(maya, SECOND_REMINDER_TEXT),
    ) == (0, 0)


async def test_two_reminders_come_and_no_third(app: AppUnderTest) -> None:
    # Given an invitation on a Tuesday that nobody answers
    maya = await receive_invitation(app)
    # When the third working day is a Friday, then it waits for the middle of the week
    await app.advance_clock(maya, to_next="monday 12:00")
    await maya.has_not_seen(FIRST_REMINDER_TEXT)
    await app.advance_clock(maya, to_next="tuesday 10:05")
    await maya.sees(FIRST_REMINDER_TEXT)
    # When the second is due, then it is shorter and the last
    for _ in range(2):
        await app.advance_clock(maya, to_next="monday 12:00")
        await app.advance_clock(maya, to_next="tuesday 11:00")
    await maya.sees(SECOND_REMINDER_TEXT)
    await app.advance_clock(maya, advance_seconds=40 * 86_400)
    assert (
        await count_bot_messages(maya, FIRST_REMINDER_TEXT),
        await count_bot_messages(maya, SECOND_REMINDER_TEXT),
    ) == (1, 1)


@pytest.mark.parametrize(
    ("button", "said"),
    [
        (phrase("invitation-no"), "I won't ask again about this."),
        (phrase("invitation-stop"), "Done. I won't write unless you write to me."),
    ],
)
async def test_nothing_comes_after_a_no(app: AppUnderTest, button: str, said: str) -> None:
    maya = await receive_invitation(app)

    await maya.clicks(button)
    await maya.sees(said)
    await app.advance_clock(maya, advance_seconds=25 * 86_400)

    assert (
        await count_bot_messages(maya, FIRST_REMINDER_TEXT),
        await count_bot_messages(maya, SECOND_REMINDER_TEXT),
    ) == (0, 0)


async def test_later_comes_back_once_when_it_was_asked_to(app: AppUnderTest) -> None:
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-later"))
    await maya.sees(phrase("invitation-later-ask"))
    await maya.clicks(phrase("invitation-tomorrow"))
    await maya.sees("I'll come back to it on")

    await app.advance_clock(maya, to_next="wednesday 10:00")
    # A locked row, as during the nightly directory sync, is skipped until the next tick.
    await app.advance_clock(maya, advance_seconds=60)

    await maya.sees("Here I am again, as you asked.")
    await app.advance_clock(maya, advance_seconds=25 * 86_400)
    assert await count_bot_messages(maya, "Here I am again") == 1
    assert await count_bot_messages(maya, FIRST_REMINDER_TEXT) == 0


async def test_fewer_means_one_reminder_and_can_be_taken_back(app: AppUnderTest) -> None:
    maya = await receive_invitation(app)
    await maya.clicks(phrase("invitation-fewer"))
    await maya.sees(phrase("invitation-fewer-said"))
    await maya.opens_home()
    await maya.sees(phrase("home-fewer"), where="home")

    await app.advance_clock(maya, advance_seconds=8 * 86_400)
    await app.advance_clock(maya, advance_seconds=25 * 86_400)

    assert await count_bot_messages(maya, SECOND_REMINDER_TEXT) == 0
    await maya.opens_home()
    await maya.clicks(phrase("home-fewer-usual"), where="home")
    await maya.no_longer_sees("You asked for *fewer* messages", where="home")


async def test_person_who_opted_out_gets_nothing_and_is_on_the_list_like_everybody(
    app: AppUnderTest,
) -> None:
    lina, maya = await set_up_programme(app), app.person("U0MAYA")
    await opt_out_users(app, "U0MAYA")
    await start_wave(app, lina)

    await app.advance_clock(maya, to_next="tuesday 12:00")

    await maya.has_not_seen(INVITATION_TEXT)
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        wave = (await waves.list_waves(connection, app.bot.services.team))[0]
        members = await waves.list_members_including_excluded(connection, wave.team_id, wave.id)
    assert "U0MAYA" in {m.member for m in members}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, INVITATION_TEXT),
        ({"whom": [], "chosen": ["U0MAYA", "U0IVAN"]}, "asked me to write to you and some others."),
    ],
)
async def test_joiner_is_invited_on_the_tenth_working_day(
    app: AppUnderTest, fields: dict[str, object], says: str
) -> None:
    # Given somebody whose first day is the Monday on which a wave is started
    lina, maya = await set_up_programme(app), app.person("U0MAYA")
    assert app.bot is not None
    services = app.bot.services
    now = services.clock.now()
    async with services.transaction() as connection:
        await upsert_employee_record(
            connection, EmployeeRecord(services.team, "U0MAYA", "Routes", now.date(), None, None, now, "tech")
        )
    await start_wave(app, lina, **fields)
    # When everybody else is invited, then they are not
    await app.advance_clock(maya, to_next="wednesday 12:00")
    await maya.has_not_seen(says)
    # When their tenth working day has come, and with it the middle of a week
    await app.advance_clock(maya, advance_seconds=9 * 86_400)
    await app.advance_clock(maya, to_next="tuesday 12:00")
    await invite_joiners(services, services.clock.now())
    await app.advance_clock(maya, advance_seconds=60)
    # Then they are
    await maya.sees(says)


async def test_wave_whose_day_has_come_before_it_was_started_is_not_started(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    shown = await show_dry_run(lina)
    await app.advance_clock(lina, to_next="wednesday 12:00")

    await lina.clicks(phrase("dry-start"), in_message=shown)

    await lina.sees(phrase("problem-wave-late"))
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        tried = await outbox.list_possible_deliveries(
            connection, app.bot.services.team, "U0MAYA", ("invitation",)
        )
    assert tried == ()
