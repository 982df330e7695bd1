"""Rights: only owners see and do what owners can, whatever others send, judged by what Slack says now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot import ids
from bot.payloads import SETUP_FORMS, EmptyPayload, SetupPayload, SwitchPayload, WavePayload
from db.models.programmes import Role
from db.models.waves import StoredWave
from db.queries import roles, waves
from practice.delivery import Ack
from tests.e2e import payloads, stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.payloads import PayloadFactory
from tests.e2e.phrases import phrase
from tests.e2e.wave_steps import set_up_programme, show_dry_run, start_wave

REFUSING = {"users.info", "conversations.open", "chat.postMessage"}
"""The API methods called in order to refuse something."""
FORMS = ("company", "times", "channels", "people")
NOT_FOR_YOU_TEXT = "That is for the people who run the programme"


def reading_payloads(wave: StoredWave) -> Iterator[tuple[str, PayloadFactory]]:
    """Yield every button that shows or changes something of the programme."""
    versioned = WavePayload(wave.id, wave.version)
    for action_id, payload in (
        (ids.PROGRAMME_LOG, EmptyPayload()),
        (ids.PARTICIPATION_READ, versioned),
        (ids.DELIVERY_READ, EmptyPayload()),
        (ids.WAVE_DRY_RUN, versioned),
        (ids.WAVE_SAMPLE, versioned),
        (ids.WAVE_REMOVAL_OPEN, versioned),
        (ids.WAVE_OPEN, EmptyPayload()),
        *((ids.PROGRAMME_OPEN, SetupPayload(form)) for form in SETUP_FORMS),
        (ids.WAVE_START, versioned),
        (ids.WAVE_DROP, versioned),
        (ids.HALT_SET, SwitchPayload(is_on=True)),
    ):
        yield action_id, payloads.button_press(action_id, payload)


def form_payloads(wave: StoredWave) -> Iterator[tuple[str, PayloadFactory]]:
    """Yield every form of the programme, as somebody who has never seen it could send it."""
    text = {"type": "plain_text_input", "value": "Forged"}
    users = {"type": "multi_users_select", "selected_users": ["U0MAYA"]}
    filled: dict[str, dict[str, Any]] = {
        ids.PROGRAMME_COMPANY: {"company": {"words": text}},
        ids.PROGRAMME_CHANNELS: {"stories_channel": {"channel": {"type": "conversations_select"}}},
        ids.PROGRAMME_PEOPLE: {Role.OWNER.value: {"people": users}},
        ids.WAVE_REMOVAL_SAVE: {"off": {"people": users}},
    }
    for callback_id, values in filled.items():
        yield callback_id, payloads.modal_submission(callback_id, WavePayload(wave.id), values)


async def latest_wave(app: AppUnderTest) -> StoredWave:
    """Return the latest wave."""
    assert app.bot is not None
    services = app.bot.services
    async with services.database.read_transaction() as connection:
        return (await waves.list_waves(connection, services.team))[0]


async def dump_tables(app: AppUnderTest) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, except people's Slack profiles, which may be refreshed at any time."""
    tables = [table for table in stored_data.TABLES if table != "people"]
    return {table: await stored_data.table_rows(app, table) for table in tables}


async def assert_gets_nothing(app: AppUnderTest, user: str, wave: StoredWave) -> None:
    """Send every button and form of the programme in somebody's name: nothing may open, change or leak."""
    world, before = app.workspace.world, await dump_tables(app)
    sender, person = payloads.forged_person(app, user), app.person(user)
    for name, make in (*reading_payloads(wave), *form_payloads(wave)):
        asked = world.journal.last_number
        ack = await payloads.deliver(app, make(world, sender))
        calls = [entry for entry in world.journal.entries_after(asked) if entry["kind"] == "call"]
        assert {call["method"] for call in calls} <= REFUSING, name
        said = [call["args"]["text"] for call in calls if call["method"] == "chat.postMessage"]
        assert all(is_a_refusal(sentence) for sentence in said), (name, said)
        assert_refused(ack, name)
    assert await person.modal() is None
    assert await dump_tables(app) == before


def is_a_refusal(sentence: str) -> bool:
    """Return whether a sentence refuses its reader or reports an error."""
    return any(
        part in sentence for part in (NOT_FOR_YOU_TEXT, "These stories are for", "I'm here for", "went wrong")
    )


def assert_refused(ack: Ack, name: str) -> None:
    """Check that the acknowledgement refuses, or is empty."""
    assert ack.delivered, name
    if ack.body:
        assert is_a_refusal(str(ack.body).replace("\u2068", "").replace("\u2069", "")), (name, ack.body)


async def add_roles(app: AppUnderTest, **roles_of: Role) -> None:
    """Store roles for people directly."""
    assert app.bot is not None
    services = app.bot.services
    async with services.transaction() as connection:
        for name, role in roles_of.items():
            await roles.add_role(connection, services.team, f"U0{name}", role, at=services.clock.now())


async def remove_role_of(app: AppUnderTest, user: str, role: Role = Role.OWNER) -> None:
    """Remove a role from somebody, as another owner would."""
    assert app.bot is not None
    services = app.bot.services
    async with services.transaction() as connection:
        await roles.delete_role(connection, services.team, user, role)


NOT_OWNERS = {
    "an employee": "U0MAYA",
    "a guest": "U0THEO",
    "a stranger": "U0STRANGER",
    "an admin": "U0OMAR",
    "a recruiter": "U0MARCO",
    "a people partner": "U0FATIMA",
    "an executive": "U0NADIA",
}


@pytest.mark.parametrize("who", NOT_OWNERS)
async def test_nothing_of_the_programme_is_shown_or_done_for(app: AppUnderTest, who: str) -> None:
    # Given a programme with owners, and everybody else who has something to do with it
    lina = await set_up_programme(app)
    await add_roles(
        app, MARCO=Role.RECRUITER, FATIMA=Role.PEOPLE_PARTNER, THEO=Role.OWNER, STRANGER=Role.OWNER
    )
    await start_wave(app, lina)
    # Then none of its buttons and forms does anything for them
    await assert_gets_nothing(app, NOT_OWNERS[who], await latest_wave(app))


async def test_the_same_buttons_open_for_an_owner_and_the_sponsor(app: AppUnderTest) -> None:
    # Given an owner and a sponsor: everything closed above must be open to them
    lina = await set_up_programme(app)
    await add_roles(app, GRACE=Role.SPONSOR)
    await start_wave(app, lina)
    wave, world = await latest_wave(app), app.workspace.world
    for user in ("U0DANA", "U0GRACE"):
        for name, make in reading_payloads(wave):
            if name in (ids.WAVE_START, ids.WAVE_DROP):
                continue  # a wave that has started can be neither
            asked = world.journal.last_number
            await payloads.deliver(app, make(world, payloads.forged_person(app, user)))
            methods = {
                entry.get("method") for entry in world.journal.entries_after(asked) if entry.get("accepted")
            }
            assert methods & {"views.open", "chat.postMessage", "views.publish"}, name
            texts = [
                e["args"].get("text", "") for e in world.journal.entries_after(asked) if e.get("accepted")
            ]
            assert not any(NOT_FOR_YOU_TEXT in text for text in texts), name


async def test_owner_who_loses_the_role_between_two_looks_gets_nothing(app: AppUnderTest) -> None:
    # Given an owner with the desk on Home, a dry run in the DM, and a form open
    await set_up_programme(app)
    await add_roles(app, MIRA=Role.OWNER)
    mira = app.person("U0MIRA")
    shown = await show_dry_run(mira)
    await mira.opens_home()
    await mira.sees(phrase("desk-log"), where="home")
    await mira.clicks(phrase("desk-invite"), where="home")
    await mira.sees(phrase("wave-greeting"), where="modal")
    wave = await latest_wave(app)
    await app.wait_until_idle()  # Home stays as it was drawn
    # When the role is taken away
    await remove_role_of(app, "U0MIRA")
    before = await dump_tables(app)
    # Then the form is refused with everything in it
    await mira.submits({"name": "Autumn", "whom": ["gtm"]})
    await mira.sees(NOT_FOR_YOU_TEXT, where="modal")
    await mira.closes(everything=True)
    # And so are the buttons in the DM and on Home, which look as before
    for label in (phrase("dry-start"), phrase("dry-sample"), phrase("dry-change"), phrase("dry-drop")):
        await mira.clicks(label, in_message=shown)
    for label in (phrase("desk-log"), phrase("desk-delivery"), phrase("desk-wave-dry")):
        await mira.clicks(label, where="home")
    assert await mira.modal() is None
    assert await dump_tables(app) == before
    await assert_gets_nothing(app, "U0MIRA", wave)
    # And Home no longer has an admin panel
    await mira.opens_home()
    await mira.no_longer_sees(phrase("desk-log"), where="home")


async def test_admin_of_a_programme_without_owners_names_new_ones_and_reads_nothing(
    app: AppUnderTest,
) -> None:
    # Given a programme all of whose owners have left
    lina, omar = await set_up_programme(app), app.person("U0OMAR")
    await start_wave(app, lina)
    wave, world = await latest_wave(app), app.workspace.world
    for user in ("U0LINA", "U0DANA"):
        await omar.does("person", id=user, deleted=True)
    await world.delivery.wait_until_idle()
    # When an admin looks up what happened in it
    before = await dump_tables(app)
    admin = payloads.forged_person(app, omar.id)
    forms_of_setting_up = {ids.PROGRAMME_OPEN}
    for name, make in reading_payloads(wave):
        if name in forms_of_setting_up:
            continue
        asked = world.journal.last_number
        await payloads.deliver(app, make(world, admin))
        methods = {
            entry.get("method") for entry in world.journal.entries_after(asked) if entry["kind"] == "call"
        }
        # Then they can't read it
        assert methods <= REFUSING, name
        await omar.sees(NOT_FOR_YOU_TEXT)
    assert await omar.modal() is None
    assert await dump_tables(app) == before
    # But Home offers to set it up, which names new owners
    await omar.opens_home()
    await omar.sees(phrase("desk-set-up"), where="home")
    await omar.clicks(phrase("desk-set-up"), where="home")
    await omar.sees("1 of 4", where="modal")


CHANGES_SINCE: dict[str, dict[str, Any]] = {
    "has become a guest": {"is_restricted": True},
    "has been deactivated": {"deleted": True},
    "has moved to another company": {"team": payloads.OTHER_TEAM},
}


@pytest.mark.parametrize("how", CHANGES_SINCE)
async def test_owner_no_longer_has_rights_who_a_minute_ago(app: AppUnderTest, how: str) -> None:
    # Given an owner, known as one since this morning
    lina = await set_up_programme(app)
    await add_roles(app, MIRA=Role.OWNER)
    await start_wave(app, lina)
    wave, world = await latest_wave(app), app.workspace.world
    mira = world.people.find("U0MIRA")
    assert mira is not None
    await app.wait_until_idle()  # drawing Home would ask Slack about them
    # When they are no longer colleagues, and no event about it has come yet
    world.people.add(replace(mira, **CHANGES_SINCE[how]))
    await assert_gets_nothing(app, "U0MIRA", wave)
    # Then Home has no admin panel either, and their list is refused
    await payloads.deliver(app, payloads.home_opening(world, payloads.forged_person(app, "U0MIRA")))
    home = await app.person("U0MIRA").home()
    assert ids.PROGRAMME_LOG not in str(home)
    await payloads.deliver(
        app, payloads.message_sent("", **payloads.LIST_FILE)(world, payloads.forged_person(app, "U0MIRA"))
    )
    assert await stored_data.table_rows(app, "lists") == []


@pytest.mark.parametrize("what", ["home", "a list", "buttons and forms"])
async def test_word_of_yesterday_gives_no_rights_when_only(app: AppUnderTest, what: str) -> None:
    # Given an owner who has become a guest, and no event about it has come yet
    lina = await set_up_programme(app)
    await start_wave(app, lina)
    wave, world = await latest_wave(app), app.workspace.world
    await app.wait_until_idle()  # drawing Home would ask Slack about them
    world.people.upsert("U0LINA", {"is_restricted": True})
    sender = payloads.forged_person(app, "U0LINA")
    # When this is the first thing they do
    match what:
        case "home":
            await payloads.deliver(app, payloads.home_opening(world, sender))
            assert ids.PROGRAMME_LOG not in str(await lina.home())
        case "a list":
            await payloads.deliver(app, payloads.message_sent("", **payloads.LIST_FILE)(world, sender))
            assert await stored_data.table_rows(app, "lists") == []
        case _:
            await assert_gets_nothing(app, "U0LINA", wave)


async def test_nobody_has_rights_when_slack_does_not_answer(app: AppUnderTest) -> None:
    # Given an owner
    lina = await set_up_programme(app)
    await start_wave(app, lina)
    wave, world = await latest_wave(app), app.workspace.world
    # When Slack does not say who they are now
    rules = [{"method": "users.info", "kind": "error", "error": "internal_error", "count": -1}]
    await lina.does("faults", rules=rules)
    await assert_gets_nothing(app, lina.id, wave)
    await payloads.deliver(app, payloads.home_opening(world, payloads.forged_person(app, lina.id)))
    # Then there is no desk; it is back when Slack answers again
    assert ids.PROGRAMME_LOG not in str(await lina.home())
    await lina.does("faults", rules=[])
    await payloads.deliver(app, payloads.home_opening(world, payloads.forged_person(app, lina.id)))
    assert ids.PROGRAMME_LOG in str(await lina.home())
