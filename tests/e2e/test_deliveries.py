"""The status page for owners: plain words, nothing about individuals; and the alerts that owners get, once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from db.models.notices import PlannedNotice
from db.models.programmes import Role
from db.queries.delivery_stats import list_pending_or_recent_posts
from db.queries.outbox import add_notices
from db.queries.roles import delete_role
from tests.e2e import visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import INVITATION_TEXT, count_bot_messages, receive_invitation
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import BERLIN_USERS, FIVE_USERS, REFUSED_TEXT, halt_delivery, resume_delivery
from tests.e2e.slack_user import SlackUser
from tests.e2e.wave_steps import day_after_tomorrow, opt_out_users, set_up_programme, start_wave

NOTHING_FAILED_TEXT = phrase("delivery-not-none")
ARCHIVED_TEXT = "In <#C0MONDAY>: it is archived."


async def read_status_page(owner: SlackUser, label: str = phrase("desk-delivery")) -> str:
    """Open the status page from Home, and return its text."""
    await owner.opens_home()
    await owner.sees(label, where="home")
    await owner.clicks(label, where="home")
    view = await owner.modal()
    await owner.closes()
    assert view is not None
    return visible_content.text_of(view).translate(visible_content.UNSEEN)


async def start_wave_with_archived_channel(app: AppUnderTest) -> SlackUser:
    """Start a wave announced in a channel that is archived since, and return Lina."""
    lina = await set_up_programme(app)
    await lina.in_channel("C0MONDAY").does("invite", user="U0HAKAWATI")
    await start_wave(app, lina, opens_on=day_after_tomorrow(app), channel="C0MONDAY")
    await lina.in_channel("C0MONDAY").does("channel", archived=True)
    return lina


async def plan_in_missing_channel(app: AppUnderTest) -> None:
    """Plan the same announcement, due now, in a channel that doesn't exist."""
    assert app.bot is not None
    services, now = app.bot.services, app.bot.services.clock.now()
    async with services.transaction() as connection:
        (first,) = await list_pending_or_recent_posts(connection, services.team, now - timedelta(days=2))
        again = PlannedNotice(
            "announcement", "C0NOWHERE", "again", now, now + timedelta(9), subject=first.subject
        )
        await add_notices(connection, services.team, [again], now)


@pytest.mark.wide
async def test_page_says_that_all_is_well_and_what_goes_out_by_itself(app: AppUnderTest) -> None:
    # Given a wave with an announcement
    lina = await set_up_programme(app)
    await lina.in_channel("C0MONDAY").does("invite", user="U0HAKAWATI")
    assert "Next: nothing is planned." in await read_status_page(lina)
    await start_wave(app, lina, whom=["tech", "gtm"], opens_on=day_after_tomorrow(app), channel="C0MONDAY")
    # When nothing has gone out yet
    page = await read_status_page(lina)
    # Then it says what is going to
    assert "*All is well*" in page
    assert "to come on" in page
    assert phrase("delivery-listed", n=32) in page
    # When the word ahead and the invitations have gone out
    await app.advance_clock(lina, to_next="tuesday 12:00")
    assert "Most recently: in a channel on" in await read_status_page(lina)
    assert "invitations were due" not in await read_status_page(lina)
    await app.advance_clock(app.person("U0MAYA"), to_next="wednesday 12:00")
    # Then they are counted by the list, from their day on
    page = await read_status_page(lina)
    assert "Most recently: invitations from" in page
    assert "“Spring”: 32 invitations were due from this day on." in page
    assert "Open since" in page
    assert NOTHING_FAILED_TEXT in page
    await app.advance_clock(lina, to_next="thursday 12:00")
    assert await read_status_page(lina) == page


async def test_page_before_and_after_one_refusal_does_not_reveal_it(app: AppUnderTest) -> None:
    # Given a wave to one person alone, who gets it on Tuesday
    lina = await set_up_programme(app)
    maya = app.person("U0MAYA")
    await start_wave(app, lina, whom=[], chosen=["U0MAYA"])
    before = await read_status_page(lina)
    await app.advance_clock(maya, to_next="tuesday 12:00")
    await maya.sees("asked me to write to you and some others")
    opened = await read_status_page(lina)
    # When she says no
    await maya.clicks(phrase("invitation-no"))
    await maya.sees(phrase("invitation-declined"))
    # Then the page says what it said, at once, when the day is over, and on the days of the reminders
    assert await read_status_page(lina) == opened
    for day in ("wednesday", "thursday", "friday", "monday", "tuesday", "wednesday"):
        await app.advance_clock(maya, to_next=f"{day} 12:00")
        assert await read_status_page(lina) == opened
    assert opened != before  # because it had said that the wave opens


@pytest.mark.parametrize("silent", [(), BERLIN_USERS[:1], BERLIN_USERS])
async def test_page_is_the_same_regardless_of_who_opted_out(
    app: AppUnderTest, silent: tuple[str, ...]
) -> None:
    # Given a wave to five people, including some who want nothing
    lina = await set_up_programme(app)
    await opt_out_users(app, *silent)
    await start_wave(app, lina, whom=[], chosen=BERLIN_USERS)
    # When the day of the invitations is over
    await app.advance_clock(app.person("U0MAYA"), to_next="tuesday 10:05")
    await app.advance_clock(lina, to_next="wednesday 09:00")
    # Then all whose hour has come are one number
    page = await read_status_page(lina)
    assert "“Spring”: 5 invitations were due from this day on." in page
    assert phrase("delivery-listed", n=5) in page
    assert NOTHING_FAILED_TEXT in page


@pytest.mark.parametrize(
    "pressed", ["", phrase("invitation-no"), phrase("invitation-fewer"), phrase("invitation-stop")]
)
async def test_page_does_not_tell_of_the_fifth_when_four_let_the_reminders_come(
    app: AppUnderTest, pressed: str
) -> None:
    # Given an invitation to five people, four of them known to let every notice come
    lina = await set_up_programme(app)
    amara = app.person("U0AMARA")
    await start_wave(app, lina, whom=[], chosen=BERLIN_USERS)
    await app.advance_clock(amara, to_next="tuesday 10:05")
    await amara.sees("asked me to write to you and some others")
    opened = await read_status_page(lina)
    # When the fifth chooses, and the bot is down while the first reminder would come
    if pressed:
        await amara.clicks(pressed)
    for day in ("wednesday", "thursday"):
        await app.advance_clock(amara, to_next=f"{day} 12:00")
    await halt_delivery(lina)
    await app.advance_clock(amara, to_next="friday 12:00")
    await app.advance_clock(amara, to_next="thursday 12:00")
    await lina.opens_home()
    await resume_delivery(lina)
    await app.advance_clock(amara, to_next="friday 12:00")
    # Then the page says what it said, whether that would have been five or four
    assert await read_status_page(lina) == opened


@pytest.mark.parametrize(("silent", "is_told"), [((), True), (BERLIN_USERS[:1], False)])
async def test_owners_are_alerted_at_five_refused_people(
    app: AppUnderTest, silent: tuple[str, ...], is_told: bool
) -> None:
    # Given an invitation to five people, and a Slack that no longer accepts direct messages
    lina = await set_up_programme(app)
    await opt_out_users(app, *silent)
    await start_wave(app, lina, whom=[], chosen=BERLIN_USERS)
    app.workspace.app.messages_tab = False
    # When their hour has come
    await app.advance_clock(app.person("U0MAYA"), to_next="tuesday 10:05")
    # Then the page names the reason, unless it were of four
    page = await read_status_page(lina)
    assert ("In direct messages: the Messages tab of this app is switched off." in page) is is_told
    assert (NOTHING_FAILED_TEXT in page) is not is_told
    # And when it takes messages again, so do the owners' own
    app.workspace.app.messages_tab = True
    await app.advance_clock(lina, advance_seconds=900)
    await app.advance_clock(lina, advance_seconds=60)
    assert await count_bot_messages(lina, REFUSED_TEXT) == int(is_told)


async def test_refusal_by_a_channel_is_reported_once_and_is_on_the_page(app: AppUnderTest) -> None:
    # Given a word that Slack refuses, because its channel is archived by then
    lina = await start_wave_with_archived_channel(app)
    dana = app.person("U0DANA")
    await app.advance_clock(lina, to_next="tuesday 10:05")
    # When a quarter of an hour has gone by
    await app.advance_clock(lina, advance_seconds=900)
    # Then the owners read it, in words, and can open the page from there
    told = await lina.sees(REFUSED_TEXT)
    await lina.sees(ARCHIVED_TEXT)
    await dana.sees(phrase("notice-refused-ask", "ar"))
    await lina.clicks(phrase("desk-delivery"), in_message=told)
    await lina.sees(ARCHIVED_TEXT, where="modal")
    await lina.closes()
    # And never again, neither tomorrow nor in a week
    await app.advance_clock(lina, to_next="wednesday 12:00")
    await app.advance_clock(lina, to_next="wednesday 12:00")
    assert await count_bot_messages(lina, REFUSED_TEXT) == 1
    assert ARCHIVED_TEXT in await read_status_page(lina)


async def test_refusal_after_the_alert_of_the_day_is_reported_tomorrow(app: AppUnderTest) -> None:
    lina = await start_wave_with_archived_channel(app)
    await app.advance_clock(lina, to_next="tuesday 10:05")
    await app.advance_clock(lina, advance_seconds=900)
    await lina.sees(REFUSED_TEXT)
    # When something else fails in the afternoon
    await plan_in_missing_channel(app)
    await app.advance_clock(lina, advance_seconds=3600)
    await app.advance_clock(lina, advance_seconds=3600)
    assert await count_bot_messages(lina, REFUSED_TEXT) == 1
    # Then it is reported on the next day, and it alone
    await app.advance_clock(lina, to_next="wednesday 12:00")
    told = await lina.sees("In <#C0NOWHERE>: I cannot see it")
    assert await count_bot_messages(lina, REFUSED_TEXT) == 2
    assert ARCHIVED_TEXT not in json.dumps(told)


@pytest.mark.wide
async def test_refusal_on_a_day_without_an_alert_is_reported_on_that_day(
    app: AppUnderTest,
) -> None:
    # Given a refusal that was reported yesterday, and nothing new this morning
    lina = await start_wave_with_archived_channel(app)
    await app.advance_clock(lina, to_next="tuesday 10:05")
    await app.advance_clock(lina, advance_seconds=900)
    await lina.sees(REFUSED_TEXT)
    await app.advance_clock(lina, to_next="wednesday 11:00")
    # When something else fails
    await plan_in_missing_channel(app)
    await app.advance_clock(lina, advance_seconds=60)
    await app.advance_clock(lina, advance_seconds=900)
    # Then it comes at once, and once
    await lina.sees("In <#C0NOWHERE>: I cannot see it")
    for day in ("thursday", "friday"):
        await app.advance_clock(lina, to_next=f"{day} 12:00")
    assert await count_bot_messages(lina, REFUSED_TEXT) == 2


async def test_owners_are_alerted_while_halted_and_only_while_they_are_owners(
    app: AppUnderTest,
) -> None:
    lina = await start_wave_with_archived_channel(app)
    await app.advance_clock(lina, to_next="tuesday 10:05")
    # Given a halt, and one who is an owner no longer
    await halt_delivery(lina)
    assert app.bot is not None
    services = app.bot.services
    async with services.transaction() as connection:
        await delete_role(connection, services.team, "U0DANA", Role.OWNER)

    await app.advance_clock(lina, advance_seconds=900)

    await lina.sees(REFUSED_TEXT)
    assert await count_bot_messages(app.person("U0DANA"), "رفض Slack شيئاً كنت سأقوله") == 0


async def test_failed_alert_to_owners_is_reported_to_nobody(app: AppUnderTest) -> None:
    # Given a refusal, and a Slack that refuses the word about it, too
    lina = await start_wave_with_archived_channel(app)
    await app.advance_clock(lina, to_next="tuesday 10:05")
    app.workspace.app.messages_tab = False
    await app.advance_clock(lina, advance_seconds=900)
    # When it takes messages again
    app.workspace.app.messages_tab = True
    for day in ("wednesday", "thursday", "friday"):
        await app.advance_clock(lina, to_next=f"{day} 12:00")
    # Then there is one word about the channel, and none about the word
    assert await count_bot_messages(lina, REFUSED_TEXT) == 1
    assert await count_bot_messages(lina, "In direct messages") == 0


async def test_automatic_halt_is_reported_once_and_without_names(app: AppUnderTest) -> None:
    await receive_invitation(app)
    lina, maya = app.person("U0LINA"), app.person("U0MAYA")
    await opt_out_users(app, *FIVE_USERS)
    # When it has halted
    await app.advance_clock(maya, to_next="wednesday 12:00")
    # Then the owners read that, and why; and nobody else hears anything
    told = await lina.sees("*Halted by itself* on")
    assert not any(user in json.dumps(told) for user in FIVE_USERS)
    await lina.clicks(phrase("desk-delivery"), in_message=told)
    await lina.sees("*Everything halted by itself* on", where="modal")
    await lina.closes()
    await app.advance_clock(maya, to_next="thursday 12:00")
    assert await count_bot_messages(lina, "*Halted by itself* on") == 1
    assert await count_bot_messages(maya, INVITATION_TEXT) == 1


async def test_page_is_for_those_who_run_the_programme_now(app: AppUnderTest) -> None:
    lina = await start_wave_with_archived_channel(app)
    await app.advance_clock(lina, to_next="tuesday 10:05")
    await app.advance_clock(lina, advance_seconds=900)
    told = await lina.sees(REFUSED_TEXT)
    assert app.bot is not None
    services = app.bot.services
    async with services.transaction() as connection:
        await delete_role(connection, services.team, "U0LINA", Role.OWNER)

    await lina.clicks(phrase("desk-delivery"), in_message=told)

    await lina.sees(phrase("problem-not-allowed"))
    assert await lina.modal() is None
