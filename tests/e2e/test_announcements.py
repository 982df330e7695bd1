"""A word in a channel on the working day before a wave opens: seen in the dry run, posted once, never too late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.e2e.inviting import dry_run, runs_programme, starts
from tests.e2e.stage import Stage
from tests.e2e.test_halting import goes_on, halts
from tests.e2e.test_invitations import times_seen

SAID = "asked me to write to some of you from"


def wednesday(stage: Stage) -> str:
    """The day after tomorrow, where today is the Monday on which everything is set down."""
    assert stage.bot is not None
    return str(stage.bot.services.clock.now().date() + timedelta(days=2))


@pytest.mark.wide
async def test_word_is_posted_once_the_day_before_and_in_the_hours_of_the_programme(stage: Stage) -> None:
    # Given a channel in which the bot is, and a wave that opens on Wednesday
    lina = await runs_programme(stage)
    channel = lina.in_channel("C0MONDAY")
    await channel.does("invite", user="U0HAKAWATI")
    await dry_run(lina, opens_on=wednesday(stage), channel="C0MONDAY", greeting="I wrote mine.")
    await lina.sees("in <#C0MONDAY>, on Tuesday")
    await lina.sees("I can post there.")
    await lina.sees("<@U0LINA> asked me to write to some of you from")
    # When it is started, then nothing is posted before its hour
    await lina.clicks("Start")
    await lina.sees("The first messages go out on")
    await stage.time_goes_by(lina, to_next="tuesday 09:00")
    await channel.has_not_seen(SAID)
    # When its hour has come, then it is, once
    await stage.time_goes_by(lina, to_next="tuesday 10:05")
    await channel.sees(SAID)
    await channel.sees("I wrote mine.")
    await stage.time_goes_by(lina, advance_seconds=3 * 86_400)
    assert await times_seen(channel, SAID) == 1


async def test_nothing_is_posted_while_halted_nor_when_it_has_become_too_late(stage: Stage) -> None:
    lina = await runs_programme(stage)
    channel = lina.in_channel("C0MONDAY")
    await channel.does("invite", user="U0HAKAWATI")
    await starts(stage, lina, opens_on=wednesday(stage), channel="C0MONDAY")
    await halts(lina)
    await stage.time_goes_by(lina, to_next="tuesday 12:00")
    await channel.has_not_seen(SAID)

    await stage.time_goes_by(lina, to_next="wednesday 12:00")
    await goes_on(lina)
    await stage.time_goes_by(lina, advance_seconds=3600)

    await channel.has_not_seen(SAID)
    await stage.person("U0MAYA").sees("asked me to write to everyone")


async def test_dry_run_says_when_it_cannot_be_posted(stage: Stage) -> None:
    lina = await runs_programme(stage)

    await dry_run(lina, channel="C0MONDAY")

    await lina.sees("I am not in it: invite me there first, or choose another.")
    await lina.clicks("Change")
    await lina.sees("A word in a channel, the day before", where="modal")
    await lina.submits()
    await lina.sees("in <#C0MONDAY>, on")


async def test_dry_run_says_when_the_hour_for_it_has_gone_by(stage: Stage) -> None:
    lina = await runs_programme(stage)
    await stage.time_goes_by(lina, to_next="monday 17:00")

    await dry_run(lina, channel="C0MONDAY")

    await lina.sees("If you want a word in <#C0MONDAY>, let the invitation open later.")
