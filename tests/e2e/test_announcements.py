"""A word in a channel on the working day before a wave opens: seen in the dry run, posted once, never too late."""

from __future__ import annotations

import pytest

from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import count_bot_messages
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import halt_delivery, resume_delivery
from tests.e2e.wave_steps import day_after_tomorrow, set_up_programme, show_dry_run, start_wave

ANNOUNCEMENT_TEXT = "asked me to write to some of you from"


@pytest.mark.wide
async def test_word_is_posted_once_the_day_before_and_in_the_hours_of_the_programme(
    app: AppUnderTest,
) -> None:
    # Given a channel in which the bot is, and a wave that opens on Wednesday
    lina = await set_up_programme(app)
    channel = lina.in_channel("C0MONDAY")
    await channel.does("invite", user="U0HAKAWATI")
    await show_dry_run(lina, opens_on=day_after_tomorrow(app), channel="C0MONDAY", greeting="I wrote mine.")
    await lina.sees("in <#C0MONDAY>, on Tuesday")
    await lina.sees("I can post there.")
    await lina.sees("<@U0LINA> asked me to write to some of you from")
    # When it is started, then nothing is posted before its hour
    await lina.clicks(phrase("dry-start"))
    await lina.sees("The first messages go out on")
    await app.advance_clock(lina, to_next="tuesday 09:00")
    await channel.has_not_seen(ANNOUNCEMENT_TEXT)
    # When its hour has come, then it is, once
    await app.advance_clock(lina, to_next="tuesday 10:05")
    await channel.sees(ANNOUNCEMENT_TEXT)
    await channel.sees("I wrote mine.")
    await app.advance_clock(lina, advance_seconds=3 * 86_400)
    assert await count_bot_messages(channel, ANNOUNCEMENT_TEXT) == 1


async def test_nothing_is_posted_while_halted_nor_when_it_has_become_too_late(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    channel = lina.in_channel("C0MONDAY")
    await channel.does("invite", user="U0HAKAWATI")
    await start_wave(app, lina, opens_on=day_after_tomorrow(app), channel="C0MONDAY")
    await halt_delivery(lina)
    await app.advance_clock(lina, to_next="tuesday 12:00")
    await channel.has_not_seen(ANNOUNCEMENT_TEXT)

    await app.advance_clock(lina, to_next="wednesday 12:00")
    await resume_delivery(lina)
    await app.advance_clock(lina, advance_seconds=3600)

    await channel.has_not_seen(ANNOUNCEMENT_TEXT)
    await app.person("U0MAYA").sees("asked me to write to everyone")


async def test_dry_run_says_when_it_cannot_be_posted(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)

    await show_dry_run(lina, channel="C0MONDAY")

    await lina.sees("I am not in it: invite me there first, or choose another.")
    await lina.clicks(phrase("dry-change"))
    await lina.sees(phrase("wave-channel"), where="modal")
    await lina.submits()
    await lina.sees("in <#C0MONDAY>, on")


async def test_dry_run_says_when_the_hour_for_it_has_gone_by(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    await app.advance_clock(lina, to_next="monday 17:00")

    await show_dry_run(lina, channel="C0MONDAY")

    await lina.sees("If you want a word in <#C0MONDAY>, let the invitation open later.")
