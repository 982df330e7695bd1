"""A people list shared in the DM: good lines are taken, others named, no address kept, people's own choice wins."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errors import UnreadableFileError
from bot.services import UserRef
from bot.slack.client import MAX_FILE_BYTES
from bot.workflows.directory.people_list_upload import import_next_lines
from bot.workflows.directory.sync import SyncRateLimit, sync_everybody
from bot.workflows.people.members import find_person
from bot.workflows.privacy.erasure import erase_person_and_confirm
from bot.workflows.programme.roles import replace_role_holders
from db.models.programmes import EmployeeRecord, Role
from db.queries import audit, employee_records, roles
from db.queries.erasure import erase_person
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import set_up_by_forms
from tests.e2e.slack_user import SlackUser
from tests.e2e.stored_data import tables_containing
from tests.e2e.story_seeder import StorySeeder
from tests.e2e.visible_content import has_text
from tests.e2e.wave_steps import opt_out_users

PEOPLE_LIST = """Email,Segment,Team,Executive,Start date,Country,Working week
maya@qamarlabs.example,tech,Routing,no,2021-05-03,Germany,
nobody@qamarlabs.example,tech,,,,,
salma@qamarlabs.example,Working with customers,,,2023-09-01,SA,Sun-Thu
theo@studio.example,tech,,,,,
jack@qamarlabs.example,pirates,,,,,
farid@qamarlabs.example,tech,,yes,,,
"""


async def programme_owner(app: AppUnderTest) -> SlackUser:
    """Set up the programme, and return Lina, who runs it."""
    await set_up_by_forms(app.person("U0OMAR"))
    lina = app.person("U0LINA")
    await lina.says("hi")
    await lina.sees("Shall we?")
    return lina


async def find_listing(app: AppUnderTest, user: str) -> EmployeeRecord | None:
    """Return somebody's entry of the people list."""
    assert app.bot is not None
    services = app.bot.services
    async with services.database.read_transaction() as connection:
        return await employee_records.find_employee_record(connection, services.team, user)


async def find_listed_segment(app: AppUnderTest, user: str) -> str | None:
    """Return somebody's segment in the people list."""
    found = await find_listing(app, user)
    return found.segment if found else None


@pytest.mark.wide
async def test_good_lines_are_taken_and_the_others_named_by_their_number(app: AppUnderTest) -> None:
    # Given an owner
    lina = await programme_owner(app)
    # When a list is put into the conversation
    await lina.shares_file("people.csv", PEOPLE_LIST.encode(), "here they are")
    # Then every line is accounted for
    await lina.sees(phrase("list-accepted"))
    done = await lina.sees("3 lines were taken")
    for words in (
        "3 lines were left out",
        "Line 3: I find nobody here by that address",
        "Line 5: a guest, a bot",
        "Line 6: no segment of this programme",
    ):
        assert has_text(done, words)
    assert not has_text(done, "qamarlabs.example")
    # And it is kept
    maya, salma = await find_listing(app, "U0MAYA"), await find_listing(app, "U0SALMA")
    assert maya is not None
    assert salma is not None
    assert (maya.works_in, maya.starts_on, maya.country) == ("Routing", date(2021, 5, 3), "DE")
    assert (salma.country, salma.week) == ("SA", "sun mon tue wed thu")
    assert (await find_listed_segment(app, "U0MAYA"), await find_listed_segment(app, "U0SALMA")) == (
        "tech",
        "gtm",
    )
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        assert Role.EXECUTIVE in await roles.list_roles_of_person(
            connection, app.bot.services.team, "U0FARID"
        )
        lines = await audit.list_audit_entries(connection, app.bot.services.team, 3)
    assert ("people-listed", "U0LINA") in {(line.action, line.actor) for line in lines}


async def test_no_address_is_kept_anywhere(app: AppUnderTest) -> None:
    lina = await programme_owner(app)
    await lina.shares_file("people.csv", PEOPLE_LIST.encode())
    await lina.sees("3 lines were taken")

    assert set(await tables_containing(app, "Routing")) == {"listings", "changes"}
    assert await tables_containing(app, "@qamarlabs") == []


async def test_segment_of_the_list_and_the_persons_own_word_leave_each_other_alone(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a list that says tech, and somebody who says that they work with customers
    lina = await programme_owner(app)
    await lina.shares_file("people.csv", PEOPLE_LIST.encode())
    await lina.sees("3 lines were taken")
    await maya.opens_home()
    await maya.sees("neither, or rather not said", where="home")
    await maya.clicks(phrase("choice-gtm"), where="home")
    await maya.sees("working with customers", where="home")
    assert await find_listed_segment(app, "U0MAYA") == "tech"
    # When the list is given again
    again = await lina.shares_file("people.csv", PEOPLE_LIST.encode())
    await lina.sees("3 lines were taken", after=again)
    # Then both stay
    assert await find_listed_segment(app, "U0MAYA") == "tech"
    assert app.bot is not None
    stored = await find_person(app.bot.services, UserRef(app.bot.services.team, maya.id))
    assert stored is not None
    assert stored.segment == "gtm"


async def test_list_goes_on_where_it_stopped_after_a_restart(app: AppUnderTest) -> None:
    lina = await programme_owner(app)
    people = [p.email for p in app.workspace.world.people if p.email.endswith("qamarlabs.example")]
    await lina.shares_file("all.csv", "\n".join(["email", *people]).encode())
    await lina.sees(phrase("list-accepted"))
    await app.wait_until_idle()
    await app.restart()
    assert app.bot is not None

    while await import_next_lines(app.bot.services):
        pass

    await lina.sees(f"{len(people) - 1} lines were taken")  # one has left
    assert await find_listing(app, "U0INGRID") is not None


@pytest.mark.parametrize("content", [b"name,team\nMaya,Maps\n", b"\x00\xff\xfe\x81"])
async def test_file_that_is_no_list_is_refused(app: AppUnderTest, content: bytes) -> None:
    lina = await programme_owner(app)

    await lina.shares_file("people.csv", content)

    await lina.sees(phrase("list-refused"))


async def test_large_file_and_one_kept_elsewhere_are_not_fetched(app: AppUnderTest) -> None:
    # Given a file that is too large, and one whose address is not Slack's
    assert app.bot is not None
    messenger, world = app.bot.services.messenger, app.workspace.world
    large = world.files.add("large.csv", "U0LINA", content=b"x" * (MAX_FILE_BYTES + 1))
    elsewhere = world.files.add("elsewhere.csv", "U0LINA", content=b"email")
    gone = world.files.add("gone.csv", "U0LINA", content=b"email")
    large.uploaded = elsewhere.uploaded = True
    # When they are asked for, none is given
    for file in (large, gone):
        with pytest.raises(UnreadableFileError):
            await messenger.download_file(file.id)
    world.url = "http://files.example"
    with pytest.raises(UnreadableFileError):
        await messenger.download_file(elsewhere.id)


async def test_list_of_somebody_who_runs_nothing_is_not_opened(app: AppUnderTest, maya: SlackUser) -> None:
    await programme_owner(app)
    await maya.says("hi")
    await maya.sees("Shall we?")

    await maya.shares_file("people.csv", PEOPLE_LIST.encode())
    await app.wait_until_idle()

    called = [entry["method"] for entry in app.workspace.world.journal.entries_after(0) if "method" in entry]
    assert "files.info" not in called
    assert await find_listing(app, "U0SALMA") is None


async def test_list_is_read_no_further_when_its_giver_runs_the_programme_no_longer(
    app: AppUnderTest,
) -> None:
    # Given a long list, of which the first lines have been read
    lina = await programme_owner(app)
    people = [p.email for p in app.workspace.world.people if p.email.endswith("qamarlabs.example")]
    await lina.shares_file("all.csv", "\n".join(["email", *people]).encode())
    await lina.sees(phrase("list-accepted"))
    await app.wait_until_idle()
    # When its giver is taken off
    assert app.bot is not None
    services = app.bot.services
    await replace_role_holders(
        services, UserRef(services.team, "U0MIRA"), {Role.OWNER: ["U0MIRA"], Role.SPONSOR: []}
    )
    # Then the rest is not read
    assert await import_next_lines(services) == 0
    await lina.sees(phrase("list-refused"))
    assert await find_listing(app, "U0INGRID") is None


async def test_somebody_who_deleted_everything_is_on_the_list_like_everybody_else_and_hears_nothing(
    app: AppUnderTest, maya: SlackUser
) -> None:
    lina = await programme_owner(app)
    assert app.bot is not None
    seeder = StorySeeder(app.bot.services)
    await maya.says("hi")
    await maya.sees("Shall we?")

    await erase_person_and_confirm(app.bot.services, seeder.who)
    await lina.shares_file("people.csv", PEOPLE_LIST.encode())

    await lina.sees("3 lines were taken")
    assert await find_listed_segment(app, "U0MAYA") == "tech"
    await app.wait_until_idle()
    before = len(await maya.messages())
    await app.advance_clock(maya, to_next="thursday 12:00")
    await app.person("U0SALMA").sees("بحسب قائمة الموظفين")
    assert len(await maya.messages()) == before


async def test_somebody_who_left_and_is_back_is_kept_by_a_list_with_their_stop(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who said stop, left, and was forgotten; nobody has noticed yet that they are back
    lina = await programme_owner(app)
    assert app.bot is not None
    services = app.bot.services
    await maya.says("hi")
    await maya.sees("Shall we?")
    await opt_out_users(app, maya.id)
    async with services.transaction() as connection:
        await erase_person(connection, services.team, maya.id, services.clock.now(), after_leaving=True)

    await lina.shares_file("people.csv", PEOPLE_LIST.encode())

    await lina.sees("3 lines were taken")
    back = await find_person(services, UserRef(services.team, maya.id))
    assert back
    assert back.is_stopped
    assert await find_listed_segment(app, maya.id) == "tech"


async def test_list_is_read_to_its_end_when_its_giver_deletes_everything_meanwhile(
    app: AppUnderTest,
) -> None:
    # Given a long list, of which the first lines have been read
    lina = await programme_owner(app)
    assert app.bot is not None
    await sync_everybody(app.bot.services, SyncRateLimit(page_size=100, pause_seconds=0))
    people = [p.email for p in app.workspace.world.people if p.email.endswith("qamarlabs.example")]
    await lina.shares_file("all.csv", "\n".join(["email", *people]).encode())
    await lina.sees(phrase("list-accepted"))
    await app.wait_until_idle()
    # When the owner has everything deleted
    assert app.bot is not None
    services = app.bot.services
    await erase_person_and_confirm(services, UserRef(services.team, lina.id))
    await app.wait_until_idle()
    before = len(await lina.messages())
    # Then the rest is read, and nothing is sent to her
    while await import_next_lines(services):
        pass
    await app.wait_until_idle()
    assert await find_listing(app, "U0INGRID") is not None
    assert len(await lina.messages()) == before


async def test_list_is_read_when_slack_could_not_say_at_once_who_gave_it(app: AppUnderTest) -> None:
    lina = await programme_owner(app)
    rules = [{"method": "users.info", "kind": "error", "error": "internal_error", "count": 1}]
    await lina.does("faults", rules=rules)

    await lina.shares_file("people.csv", PEOPLE_LIST.encode())

    await lina.sees("3 lines were taken")
