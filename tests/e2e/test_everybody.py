"""The directory of the workspace: read in pages, kept up to date, and what happens when somebody leaves."""

from __future__ import annotations

import pytest

from bot.jobs.directory_sync import sync_people_if_due
from bot.services import UserRef
from bot.workflows.consents.consents import record_consent_choice
from bot.workflows.directory.sync import SyncRateLimit, sync_everybody
from bot.workflows.people.members import find_person
from bot.workflows.privacy.erasure import erase_leavers_after_retention, erase_person_and_confirm
from db.models import CardExposure
from db.models import Person as Stored
from db.models.programmes import EmployeeRecord
from db.queries import consents, directory_syncs, drafts, employee_records
from db.schema.core import card_exposures
from tests.db.stored_rows import rows_of_draft
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import count_bot_messages
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import set_up_by_forms
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_seeder import STORY_TEXT, StorySeeder, finished_draft
from tests.e2e.wave_steps import opt_out_users, set_up_programme, start_wave

TEN_A_PAGE = SyncRateLimit(page_size=10, pause_seconds=0)
INVITATION_TO_CHOSEN_TEXT = "asked me to write to you and some others"


async def sync_directory(app: AppUnderTest) -> int:
    """Read the whole workspace, ten people a page."""
    assert app.bot is not None
    return await sync_everybody(app.bot.services, TEN_A_PAGE) or 0


async def find_stored_person(app: AppUnderTest, user: str) -> Stored | None:
    """Return what is stored about somebody."""
    assert app.bot is not None
    services = app.bot.services
    return await find_person(services, UserRef(services.team, user))


@pytest.mark.wide
async def test_everybody_is_read_with_zone_language_and_standing(app: AppUnderTest) -> None:
    count = await sync_directory(app)

    salma, theo, robin = [await find_stored_person(app, user) for user in ("U0SALMA", "U0THEO", "U0ROBIN")]
    slackbot, omar = [await find_stored_person(app, user) for user in ("USLACKBOT", "U0OMAR")]
    assert count == 42
    assert salma
    assert theo
    assert robin
    assert slackbot
    assert omar
    assert (salma.tz, salma.locale) == ("Asia/Riyadh", "ar")
    assert (theo.is_guest, robin.deleted, slackbot.is_bot, omar.is_admin) == (True, True, True, True)
    assert robin.left_at is not None
    assert await find_stored_person(app, "U0STRANGER") is None


async def test_home_says_how_far_the_reading_is_and_what_came_of_it(app: AppUnderTest) -> None:
    # Given a programme that has just been set up
    await set_up_by_forms(app.person("U0OMAR"))
    lina = app.person("U0LINA")
    assert app.bot is not None
    services = app.bot.services
    # When the clock strikes
    await sync_people_if_due(services, services.clock.now())
    await lina.opens_home()
    # Then the bot says so
    await lina.sees("42 accounts read from Slack on", where="home")
    # And when Slack fails in the night
    await lina.does(
        "faults", rules=[{"on": "users.list", "kind": "error", "error": "team_access_not_granted"}]
    )
    with pytest.raises(Exception, match="team_access_not_granted"):
        await sync_directory(app)
    await lina.opens_home()
    await lina.sees("Slack answered “team_access_not_granted”", where="home")


async def test_nobody_is_read_where_no_programme_is_run(app: AppUnderTest) -> None:
    assert app.bot is not None
    services = app.bot.services

    assert await sync_people_if_due(services, services.clock.now()) == 0

    async with services.database.read_transaction() as connection:
        assert await directory_syncs.find_directory_sync(connection, services.team) is None
    omar = app.person("U0OMAR")
    await omar.does("person", id="U0NEW", real_name="New Colleague")
    await app.workspace.world.delivery.wait_until_idle()
    assert await find_stored_person(app, "U0NEW") is None


@pytest.mark.wide
async def test_who_joins_and_who_moves_is_known_at_once(app: AppUnderTest) -> None:
    omar = app.person("U0OMAR")
    await set_up_by_forms(omar)
    await omar.does("person", id="U0NEW", real_name="New Colleague", tz="Europe/Rome")
    await omar.does("person", id="U0LINA", tz="Asia/Tokyo")
    await app.workspace.world.delivery.wait_until_idle()

    new, lina = await find_stored_person(app, "U0NEW"), await find_stored_person(app, "U0LINA")
    assert new
    assert lina
    assert (new.real_name, new.tz, lina.tz) == ("New Colleague", "Europe/Rome", "Asia/Tokyo")


@pytest.mark.wide
async def test_who_leaves_takes_every_yes_back_at_once(app: AppUnderTest, maya: SlackUser) -> None:
    # Given somebody with a story, who agreed to being counted and being shown
    assert app.bot is not None
    services = app.bot.services
    seeder = StorySeeder(services)
    await seeder.add_story(finished_draft(), STORY_TEXT)
    await seeder.add_card_statistics("d1")
    await record_consent_choice(services, seeder.who, "highlight", True)
    # When the account is deactivated
    await app.person("U0OMAR").does("person", id="U0MAYA", deleted=True)
    await app.workspace.world.delivery.wait_until_idle()
    # Then every consent is revoked, with the reason, and nothing is counted
    async with services.database.read_transaction() as connection:
        current = await consents.load_latest_consents_by_use(connection, services.team, maya.id)
        assert await rows_of_draft(connection, CardExposure, card_exposures, "d1") == ()
    assert {use: consent.given for use, consent in current.items()} == {"counting": False, "highlight": False}
    assert current["highlight"].wording == phrase("consent-left")
    gone = await find_stored_person(app, maya.id)
    assert gone
    assert gone.left_at
    # And when they come back, they are asked anew
    await app.person("U0OMAR").does("person", id="U0MAYA", deleted=False)
    await app.workspace.world.delivery.wait_until_idle()
    back = await find_stored_person(app, maya.id)
    assert back
    assert back.left_at is None
    async with services.database.read_transaction() as connection:
        assert not any(
            c.given
            for c in (await consents.load_latest_consents_by_use(connection, services.team, maya.id)).values()
        )


@pytest.mark.wide
async def test_data_of_a_leaver_is_deleted_after_the_retention_period(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody with a story, whose account is deactivated
    assert app.bot is not None
    services, seeder = app.bot.services, StorySeeder(app.bot.services)
    await seeder.add_story(finished_draft(), STORY_TEXT)
    omar = app.person("U0OMAR")
    await omar.does("person", id="U0MAYA", deleted=True)
    await app.workspace.world.delivery.wait_until_idle()
    # When 89 days have gone by, then it is all still there
    await app.advance_clock(omar, advance_seconds=89 * 86_400)
    await erase_leavers_after_retention(services, services.clock.now())
    assert await find_stored_person(app, maya.id)
    # When it is 91, then nothing is
    await app.advance_clock(omar, advance_seconds=2 * 86_400)
    await erase_leavers_after_retention(services, services.clock.now())
    assert await find_stored_person(app, maya.id) is None
    async with services.database.read_transaction() as connection:
        assert await drafts.list_all_drafts_of_person(connection, services.team, maya.id) == ()
    # And reading everybody does not bring them back
    await sync_directory(app)
    assert await find_stored_person(app, maya.id) is None


@pytest.mark.wide
@pytest.mark.parametrize("before", ["nothing", "stop", "delete it all"])
async def test_who_is_back_after_all_of_it_went_is_invited_like_anybody_unless_they_had_ended_it(
    app: AppUnderTest, before: str
) -> None:
    # Given somebody who left and whose data was deleted; who had opted out before that, or deleted everything
    lina, maya = await set_up_programme(app), app.person("U0MAYA")
    assert app.bot is not None
    services = app.bot.services
    if before == "stop":
        await opt_out_users(app, maya.id)
    if before == "delete it all":
        await erase_person_and_confirm(services, UserRef(services.team, maya.id))
        await maya.says("hi")
        await maya.sees("Shall we?")
    await lina.does("person", id=maya.id, deleted=True)
    await app.workspace.world.delivery.wait_until_idle()
    await app.advance_clock(lina, advance_seconds=91 * 86_400)
    assert await find_stored_person(app, maya.id) is None
    # When they are hired again, are on the people list, and an owner invites them
    await lina.does("person", id=maya.id, deleted=False)
    await app.workspace.world.delivery.wait_until_idle()
    await app.advance_clock(lina, to_next="monday 08:00")
    async with services.transaction() as connection:
        now = services.clock.now()
        listing = EmployeeRecord(services.team, maya.id, None, None, None, None, now, "tech")
        await employee_records.upsert_employee_record(connection, listing)
    await start_wave(app, lina, whom=[], chosen=[maya.id, "U0IVAN"])
    await app.advance_clock(maya, to_next="tuesday 12:00")
    # Then they are, unless they had ended it themselves
    assert await count_bot_messages(app.person("U0IVAN"), INVITATION_TO_CHOSEN_TEXT) == 1
    assert await count_bot_messages(maya, INVITATION_TO_CHOSEN_TEXT) == (1 if before == "nothing" else 0)


async def test_data_of_a_leaver_who_returns_in_time_is_kept(app: AppUnderTest, maya: SlackUser) -> None:
    assert app.bot is not None
    services, seeder = app.bot.services, StorySeeder(app.bot.services)
    await seeder.add_story(finished_draft(), STORY_TEXT)
    omar = app.person("U0OMAR")
    for gone in (True, False):
        await omar.does("person", id="U0MAYA", deleted=gone)
        await app.workspace.world.delivery.wait_until_idle()

    await app.advance_clock(omar, advance_seconds=400 * 86_400)
    await erase_leavers_after_retention(services, services.clock.now())

    async with services.database.read_transaction() as connection:
        assert len(await drafts.list_all_drafts_of_person(connection, services.team, maya.id)) == 1


async def test_admins_are_offered_the_programme_again_when_its_last_owner_left(app: AppUnderTest) -> None:
    omar = app.person("U0OMAR")
    await set_up_by_forms(omar, owner=["U0LINA"], sponsor="U0LINA")
    await omar.opens_home()
    await omar.no_longer_sees(phrase("desk-set-up"), where="home")

    await app.person("U0OMAR").does("person", id="U0LINA", deleted=True)
    await app.workspace.world.delivery.wait_until_idle()
    await omar.opens_home()

    await omar.sees("Whoever ran the programme here has left", where="home")
    await set_up_by_forms(omar, owner=["U0MIRA"], sponsor=None)
    mira = app.person("U0MIRA")
    await mira.opens_home()
    await mira.sees(phrase("desk-title"), where="home")


async def test_somebody_who_deleted_everything_is_in_the_directory_and_nothing_else_is_known(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who had everything about them deleted
    assert app.bot is not None
    seeder = StorySeeder(app.bot.services)
    await seeder.add_story(finished_draft(), STORY_TEXT)
    await erase_person_and_confirm(app.bot.services, seeder.who)
    await app.wait_until_idle()
    assert await find_stored_person(app, maya.id) is None
    # When everybody is read
    await sync_directory(app)
    # Then they are in the directory like everybody else, as somebody who never wrote
    found = await find_stored_person(app, maya.id)
    assert found is not None
    assert (found.in_directory, found.met_at, found.dm_channel) == (True, None, None)
    # And they are somebody who did when they write again
    await maya.says("hi")
    await maya.sees("Shall we?")
    found = await find_stored_person(app, maya.id)
    assert found is not None
    assert found.met_at is not None


async def test_one_pass_at_a_time(app: AppUnderTest) -> None:
    assert app.bot is not None
    services = app.bot.services
    async with services.transaction() as connection:
        now = services.clock.now()
        await directory_syncs.begin_directory_sync(connection, services.team, now, before=now)

    assert await sync_everybody(services, TEN_A_PAGE) is None
