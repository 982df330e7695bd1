"""The halt switch: nothing goes out while it's on, and nothing twice or too late afterwards."""

from __future__ import annotations

import pytest

from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import (
    FIRST_REMINDER_TEXT,
    INVITATION_TEXT,
    count_bot_messages,
    receive_invitation,
)
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import FIVE_USERS, halt_delivery, resume_delivery
from tests.e2e.slack_user import SlackUser
from tests.e2e.wave_steps import opt_out_users, set_up_programme, start_wave


@pytest.mark.wide
async def test_nothing_goes_out_while_halted_and_everything_once_afterwards(app: AppUnderTest) -> None:
    # Given a wave that is to open tomorrow, and is halted
    lina, maya, chen = await set_up_programme(app), app.person("U0MAYA"), app.person("U0CHEN")
    await start_wave(app, lina)
    await app.advance_clock(chen, to_next="tuesday 10:05")
    await chen.sees(INVITATION_TEXT)
    await halt_delivery(lina)
    # When its hour comes elsewhere, then nothing does
    await app.advance_clock(maya, to_next="tuesday 12:00")
    await maya.has_not_seen(INVITATION_TEXT)
    # When it goes on
    await resume_delivery(lina)
    await app.advance_clock(maya, to_next="tuesday 12:30")
    # Then it comes to the people who had not got it, and to nobody twice
    await maya.sees(INVITATION_TEXT)
    assert (
        await count_bot_messages(maya, INVITATION_TEXT),
        await count_bot_messages(chen, INVITATION_TEXT),
    ) == (1, 1)
    await lina.clicks(phrase("desk-log"), where="home")
    await lina.sees(phrase("log-halted"), where="modal")


async def test_notice_that_is_too_late_by_then_never_comes(app: AppUnderTest) -> None:
    # Given an invitation, and a halt that outlasts its first reminder
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await halt_delivery(lina)
    await app.advance_clock(maya, to_next="tuesday 12:00")
    await app.advance_clock(maya, to_next="friday 12:00")

    await resume_delivery(lina)
    await app.advance_clock(maya, advance_seconds=3 * 3600)

    assert await count_bot_messages(maya, FIRST_REMINDER_TEXT) == 0


async def test_it_halts_by_itself_when_too_many_stop_and_owners_read_that_but_not_who(
    app: AppUnderTest,
) -> None:
    # Given an invitation that has come, and five people who say stop
    await receive_invitation(app)
    lina = app.person("U0LINA")
    await opt_out_users(app, *FIVE_USERS)
    # When the same day goes on, then nothing halts: it would reveal who stopped last
    await app.advance_clock(lina, advance_seconds=3600)
    await lina.opens_home()
    await lina.sees(phrase("desk-delivery"), where="home")
    await assert_not_halted(lina)
    # When the day is over, then it does
    await app.advance_clock(lina, to_next="wednesday 14:00")
    await lina.opens_home()
    await lina.sees("*Halted by itself* on", where="home")
    await lina.has_not_seen("U0CHEN", where="home")
    await lina.clicks(phrase("desk-log"), where="home")
    await lina.sees("by itself, because many asked me to stop: halted everything", where="modal")
    # And when an owner goes on, then the same stops halt it no more, on no day
    await resume_delivery(lina)
    await app.advance_clock(lina, to_next="thursday 14:00")
    await assert_not_halted(lina)


async def assert_not_halted(owner: SlackUser) -> None:
    """Check the fresh status page."""
    await owner.clicks(phrase("desk-delivery"), where="home")
    await owner.sees("*All is well*", where="modal")
    await owner.closes()


async def test_four_stops_or_many_refusals_halt_nothing(app: AppUnderTest) -> None:
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await opt_out_users(app, *FIVE_USERS[:4])
    for name in ("U0MAYA", "U0PRIYA", "U0FARID"):
        await app.person(name).clicks(phrase("invitation-no"))
        await app.person(name).sees(phrase("invitation-declined"))

    await app.advance_clock(maya, to_next="wednesday 12:00")

    await lina.opens_home()
    await lina.sees(phrase("desk-delivery"), where="home")
    await assert_not_halted(lina)


async def test_switch_of_a_former_owner_does_nothing(app: AppUnderTest) -> None:
    await receive_invitation(app)
    dana = app.person("U0DANA")
    await dana.opens_home()
    await dana.sees(phrase("desk-halt", "ar"), where="home")
    await dana.does("person", id="U0DANA", is_restricted=True)

    await dana.clicks(phrase("desk-halt", "ar"), where="home")
    await app.wait_until_idle()

    lina = app.person("U0LINA")
    await lina.opens_home()
    await lina.sees(phrase("desk-halt-about"), where="home")
