"""What went out, as owners read it: in words, of nobody's doing; and what they are told of it unasked, once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from db.models.notices import Planned
from db.models.programmes import Role
from db.queries.delivery_stats import list_posted
from db.queries.outbox import add_notices
from db.queries.roles import remove_role
from tests.e2e import screen
from tests.e2e.inviting import is_silent, runs_programme, starts
from tests.e2e.people import Person
from tests.e2e.stage import Stage
from tests.e2e.test_announcements import wednesday
from tests.e2e.test_halting import MANY, goes_on, halts
from tests.e2e.test_invitations import INVITED, is_invited, times_seen

NOTHING_FAILED = "Nothing in a channel, and nothing that Slack refused to five people or more."
REFUSED = "Slack refused something that I was to say"
ARCHIVED = "In <#C0MONDAY>: it is archived."

BERLIN = ("U0MAYA", "U0IVAN", "U0FARID", "U0AMARA", "U0TOMAS")
"""People by whose clocks it is the same hour."""


async def reads(owner: Person, label: str = "What went out") -> str:
    """The page, from Home: every word on it."""
    await owner.opens_home()
    await owner.sees(label, where="home")
    await owner.clicks(label, where="home")
    view = await owner.modal()
    assert view is not None
    await owner.closes()
    return screen.text_of(view).translate(screen.UNSEEN)


async def announces_in_an_archived_channel(stage: Stage) -> Person:
    """A wave with a word ahead of it, in a channel that has been archived since; gives Lina."""
    lina = await runs_programme(stage)
    channel = lina.in_channel("C0MONDAY")
    await channel.does("invite", user="U0HAKAWATI")
    await starts(stage, lina, opens_on=wednesday(stage), channel="C0MONDAY")
    await channel.does("channel", archived=True)
    return lina


async def fails_elsewhere(stage: Stage) -> None:
    """The same word is due now in a channel that there is not."""
    assert stage.bot is not None
    services = stage.bot.services
    now = services.clock.now()
    async with services.transaction() as connection:
        (first,) = await list_posted(connection, services.team, now - timedelta(days=2))
        again = Planned("announcement", "C0NOWHERE", "again", now, now + timedelta(9), subject=first.subject)
        await add_notices(connection, services.team, [again], now)


@pytest.mark.wide
async def test_page_says_that_all_is_well_and_what_goes_out_by_itself(stage: Stage) -> None:
    # Given a wave with a word ahead of it
    lina = await runs_programme(stage)
    await lina.in_channel("C0MONDAY").does("invite", user="U0HAKAWATI")
    assert "Next: nothing is planned." in await reads(lina)
    await starts(stage, lina, whom=["tech", "gtm"], opens_on=wednesday(stage), channel="C0MONDAY")
    # When nothing has gone out yet
    page = await reads(lina)
    # Then it says what is going to
    assert "*All is well*" in page
    assert "to come on" in page
    assert "32 people stand on its list." in page
    # When the word ahead and the invitations have gone out
    await stage.time_goes_by(lina, to_next="tuesday 12:00")
    assert "Most recently: in a channel on" in await reads(lina)
    assert "invitations were due" not in await reads(lina)
    await stage.time_goes_by(stage.person("U0MAYA"), to_next="wednesday 12:00")
    # Then they are counted by the list, from their day on
    page = await reads(lina)
    assert "Most recently: invitations from" in page
    assert "“Spring”: 32 invitations were due from this day on." in page
    assert "Open since" in page
    assert NOTHING_FAILED in page
    await stage.time_goes_by(lina, to_next="thursday 12:00")
    assert await reads(lina) == page


async def test_two_looks_around_one_refusal_do_not_tell_of_it(stage: Stage) -> None:
    # Given a wave to one person alone, who gets it on Tuesday
    lina = await runs_programme(stage)
    maya = stage.person("U0MAYA")
    await starts(stage, lina, whom=[], chosen=["U0MAYA"])
    before = await reads(lina)
    await stage.time_goes_by(maya, to_next="tuesday 12:00")
    await maya.sees("asked me to write to you and some others")
    opened = await reads(lina)
    # When she says no
    await maya.clicks("Not for me")
    await maya.sees("I won't ask again about this.")
    # Then the page says what it said, at once, when the day is over, and on the days of the reminders
    assert await reads(lina) == opened
    for day in ("wednesday", "thursday", "friday", "monday", "tuesday", "wednesday"):
        await stage.time_goes_by(maya, to_next=f"{day} 12:00")
        assert await reads(lina) == opened
    assert opened != before  # for it had said that the wave opens


@pytest.mark.parametrize("silent", [(), BERLIN[:1], BERLIN])
async def test_page_is_the_same_whoever_had_said_stop(stage: Stage, silent: tuple[str, ...]) -> None:
    # Given a wave to five people, some of whom want nothing
    lina = await runs_programme(stage)
    await is_silent(stage, *silent)
    await starts(stage, lina, whom=[], chosen=BERLIN)
    # When the day of the invitations is over
    await stage.time_goes_by(stage.person("U0MAYA"), to_next="tuesday 10:05")
    await stage.time_goes_by(lina, to_next="wednesday 09:00")
    # Then all whose hour has come are one number
    page = await reads(lina)
    assert "“Spring”: 5 invitations were due from this day on." in page
    assert "5 people stand on its list." in page
    assert NOTHING_FAILED in page


@pytest.mark.parametrize("pressed", ["", "Not for me", "Fewer", "Stop"])
async def test_page_does_not_tell_of_the_fifth_when_four_let_the_reminders_come(
    stage: Stage, pressed: str
) -> None:
    # Given an invitation to five people, four of whom tell the owner that they let everything come
    lina = await runs_programme(stage)
    amara = stage.person("U0AMARA")
    await starts(stage, lina, whom=[], chosen=BERLIN)
    await stage.time_goes_by(amara, to_next="tuesday 10:05")
    await amara.sees("asked me to write to you and some others")
    opened = await reads(lina)
    # When the fifth chooses, and everything stands still while the first reminder would come
    if pressed:
        await amara.clicks(pressed)
    for day in ("wednesday", "thursday"):
        await stage.time_goes_by(amara, to_next=f"{day} 12:00")
    await halts(lina)
    await stage.time_goes_by(amara, to_next="friday 12:00")
    await stage.time_goes_by(amara, to_next="thursday 12:00")
    await lina.opens_home()
    await goes_on(lina)
    await stage.time_goes_by(amara, to_next="friday 12:00")
    # Then the page says what it said, whether that would have been five or four
    assert await reads(lina) == opened


@pytest.mark.parametrize(("silent", "is_told"), [((), True), (BERLIN[:1], False)])
async def test_what_slack_refuses_to_people_is_told_when_it_is_five(
    stage: Stage, silent: tuple[str, ...], is_told: bool
) -> None:
    # Given an invitation to five people, and a Slack that takes no direct message any more
    lina = await runs_programme(stage)
    await is_silent(stage, *silent)
    await starts(stage, lina, whom=[], chosen=BERLIN)
    stage.workspace.app.messages_tab = False
    # When their hour has come
    await stage.time_goes_by(stage.person("U0MAYA"), to_next="tuesday 10:05")
    # Then the page names the reason, unless it were of four
    page = await reads(lina)
    assert ("In direct messages: the Messages tab of this app is switched off." in page) is is_told
    assert (NOTHING_FAILED in page) is not is_told
    # And when it takes messages again, so do the owners' own
    stage.workspace.app.messages_tab = True
    await stage.time_goes_by(lina, advance_seconds=900)
    await stage.time_goes_by(lina, advance_seconds=60)
    assert await times_seen(lina, REFUSED) == int(is_told)


async def test_what_a_channel_refuses_is_told_once_and_stands_on_the_page(stage: Stage) -> None:
    # Given a word that Slack refuses, because its channel is archived by then
    lina = await announces_in_an_archived_channel(stage)
    dana = stage.person("U0DANA")
    await stage.time_goes_by(lina, to_next="tuesday 10:05")
    # When a quarter of an hour has gone by
    await stage.time_goes_by(lina, advance_seconds=900)
    # Then the owners read it, in words, and can open the page from there
    told = await lina.sees(REFUSED)
    await lina.sees(ARCHIVED)
    await dana.sees("رفض Slack شيئاً كنت سأقوله")
    await lina.clicks("What went out", in_message=told)
    await lina.sees(ARCHIVED, where="modal")
    await lina.closes()
    # And never again, neither tomorrow nor in a week
    await stage.time_goes_by(lina, to_next="wednesday 12:00")
    await stage.time_goes_by(lina, to_next="wednesday 12:00")
    assert await times_seen(lina, REFUSED) == 1
    assert ARCHIVED in await reads(lina)


async def test_what_is_refused_after_the_word_of_the_day_is_told_tomorrow(stage: Stage) -> None:
    lina = await announces_in_an_archived_channel(stage)
    await stage.time_goes_by(lina, to_next="tuesday 10:05")
    await stage.time_goes_by(lina, advance_seconds=900)
    await lina.sees(REFUSED)
    # When something else fails in the afternoon
    await fails_elsewhere(stage)
    await stage.time_goes_by(lina, advance_seconds=3600)
    await stage.time_goes_by(lina, advance_seconds=3600)
    assert await times_seen(lina, REFUSED) == 1
    # Then it is told on the next day, and it alone
    await stage.time_goes_by(lina, to_next="wednesday 12:00")
    told = await lina.sees("In <#C0NOWHERE>: I cannot see it")
    assert await times_seen(lina, REFUSED) == 2
    assert ARCHIVED not in json.dumps(told)


@pytest.mark.wide
async def test_what_is_refused_on_a_day_on_which_there_was_nothing_to_tell_is_told_on_that_day(
    stage: Stage,
) -> None:
    # Given a refusal that was told yesterday, and nothing new this morning
    lina = await announces_in_an_archived_channel(stage)
    await stage.time_goes_by(lina, to_next="tuesday 10:05")
    await stage.time_goes_by(lina, advance_seconds=900)
    await lina.sees(REFUSED)
    await stage.time_goes_by(lina, to_next="wednesday 11:00")
    # When something else fails
    await fails_elsewhere(stage)
    await stage.time_goes_by(lina, advance_seconds=60)
    await stage.time_goes_by(lina, advance_seconds=900)
    # Then it is told at once, and once
    await lina.sees("In <#C0NOWHERE>: I cannot see it")
    for day in ("thursday", "friday"):
        await stage.time_goes_by(lina, to_next=f"{day} 12:00")
    assert await times_seen(lina, REFUSED) == 2


async def test_owners_are_told_while_all_is_halted_and_only_as_long_as_they_are_owners(stage: Stage) -> None:
    lina = await announces_in_an_archived_channel(stage)
    await stage.time_goes_by(lina, to_next="tuesday 10:05")
    # Given a halt, and one who is an owner no longer
    await halts(lina)
    assert stage.bot is not None
    services = stage.bot.services
    async with services.transaction() as connection:
        await remove_role(connection, services.team, "U0DANA", Role.OWNER)

    await stage.time_goes_by(lina, advance_seconds=900)

    await lina.sees(REFUSED)
    assert await times_seen(stage.person("U0DANA"), "رفض Slack شيئاً كنت سأقوله") == 0


async def test_a_word_to_owners_that_fails_is_told_to_nobody(stage: Stage) -> None:
    # Given a refusal, and a Slack that refuses the word about it, too
    lina = await announces_in_an_archived_channel(stage)
    await stage.time_goes_by(lina, to_next="tuesday 10:05")
    stage.workspace.app.messages_tab = False
    await stage.time_goes_by(lina, advance_seconds=900)
    # When it takes messages again
    stage.workspace.app.messages_tab = True
    for day in ("wednesday", "thursday", "friday"):
        await stage.time_goes_by(lina, to_next=f"{day} 12:00")
    # Then there is one word about the channel, and none about the word
    assert await times_seen(lina, REFUSED) == 1
    assert await times_seen(lina, "In direct messages") == 0


async def test_halt_by_itself_is_told_once_and_not_by_whom(stage: Stage) -> None:
    await is_invited(stage)
    lina, maya = stage.person("U0LINA"), stage.person("U0MAYA")
    await is_silent(stage, *MANY)
    # When it has halted
    await stage.time_goes_by(maya, to_next="wednesday 12:00")
    # Then the owners read that, and why; and nobody else hears anything
    told = await lina.sees("*Halted by itself* on")
    assert not any(user in json.dumps(told) for user in MANY)
    await lina.clicks("What went out", in_message=told)
    await lina.sees("*Everything halted by itself* on", where="modal")
    await lina.closes()
    await stage.time_goes_by(maya, to_next="thursday 12:00")
    assert await times_seen(lina, "*Halted by itself* on") == 1
    assert await times_seen(maya, INVITED) == 1


async def test_page_is_for_those_who_run_the_programme_now(stage: Stage) -> None:
    lina = await announces_in_an_archived_channel(stage)
    await stage.time_goes_by(lina, to_next="tuesday 10:05")
    await stage.time_goes_by(lina, advance_seconds=900)
    told = await lina.sees(REFUSED)
    assert stage.bot is not None
    services = stage.bot.services
    async with services.transaction() as connection:
        await remove_role(connection, services.team, "U0LINA", Role.OWNER)

    await lina.clicks("What went out", in_message=told)

    await lina.sees("That is for the people who run the programme here.")
    assert await lina.modal() is None
