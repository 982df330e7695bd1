"""A people list given in the conversation: good lines taken, others named, no address kept, the person's word first."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errors import FileUnreadable
from bot.services import Who
from bot.slack.client import LARGEST_FILE
from bot.workflows.directory.people_list_upload import go_on
from bot.workflows.directory.sync import Pace, read_everybody
from bot.workflows.people.members import known
from bot.workflows.privacy.erasure import erase
from bot.workflows.programme.settings import set_holders
from db.models.programmes import Listing, Role
from db.queries import audit, employee_records, roles
from db.queries.erasure import erase_person
from tests.e2e.inviting import is_silent
from tests.e2e.people import Person
from tests.e2e.records import tables_with
from tests.e2e.screen import shows
from tests.e2e.shelves import Shelving
from tests.e2e.stage import Stage
from tests.e2e.test_programme import sets_up

LIST = """Email,Segment,Team,Executive,Start date,Country,Working week
maya@qamarlabs.example,tech,Routing,no,2021-05-03,Germany,
nobody@qamarlabs.example,tech,,,,,
salma@qamarlabs.example,Working with customers,,,2023-09-01,SA,Sun-Thu
theo@studio.example,tech,,,,,
jack@qamarlabs.example,pirates,,,,,
farid@qamarlabs.example,tech,,yes,,,
"""


async def owner(stage: Stage) -> Person:
    """Lina, who runs the programme."""
    await sets_up(stage.person("U0OMAR"))
    lina = stage.person("U0LINA")
    await lina.says("hi")
    await lina.sees("Shall we?")
    return lina


async def listing(stage: Stage, user: str) -> Listing | None:
    """What the list says of somebody."""
    assert stage.bot is not None
    services = stage.bot.services
    async with services.database.reading() as connection:
        return await employee_records.find_listing(connection, services.team, user)


async def segment(stage: Stage, user: str) -> str | None:
    """The segment in which the list has somebody."""
    found = await listing(stage, user)
    return found.segment if found else None


@pytest.mark.wide
async def test_good_lines_are_taken_and_the_others_named_by_their_number(stage: Stage) -> None:
    # Given an owner
    lina = await owner(stage)
    # When a list is put into the conversation
    await lina.shares_file("people.csv", LIST.encode(), "here they are")
    # Then every line is accounted for
    await lina.sees("Thank you, I have the list")
    done = await lina.sees("3 lines were taken")
    for words in (
        "3 lines were left out",
        "Line 3: I find nobody here by that address",
        "Line 5: a guest, a bot",
        "Line 6: no segment of this programme",
    ):
        assert shows(done, words)
    assert not shows(done, "qamarlabs.example")
    # And it is kept
    maya, salma = await listing(stage, "U0MAYA"), await listing(stage, "U0SALMA")
    assert maya is not None
    assert salma is not None
    assert (maya.works_in, maya.starts_on, maya.country) == ("Routing", date(2021, 5, 3), "DE")
    assert (salma.country, salma.week) == ("SA", "sun mon tue wed thu")
    assert (await segment(stage, "U0MAYA"), await segment(stage, "U0SALMA")) == ("tech", "gtm")
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        assert Role.EXECUTIVE in await roles.list_roles(connection, stage.bot.services.team, "U0FARID")
        lines = await audit.list_lines(connection, stage.bot.services.team, 3)
    assert ("people-listed", "U0LINA") in {(line.deed, line.who) for line in lines}


async def test_no_address_is_kept_anywhere(stage: Stage) -> None:
    lina = await owner(stage)
    await lina.shares_file("people.csv", LIST.encode())
    await lina.sees("3 lines were taken")

    assert set(await tables_with(stage, "Routing")) == {"listings", "changes"}
    assert await tables_with(stage, "@qamarlabs") == []


async def test_segment_of_the_list_and_the_persons_own_word_leave_each_other_alone(
    stage: Stage, maya: Person
) -> None:
    # Given a list that says tech, and somebody who says that they work with customers
    lina = await owner(stage)
    await lina.shares_file("people.csv", LIST.encode())
    await lina.sees("3 lines were taken")
    await maya.opens_home()
    await maya.sees("neither, or rather not said", where="home")
    await maya.clicks("Working with customers", where="home")
    await maya.sees("working with customers", where="home")
    assert await segment(stage, "U0MAYA") == "tech"
    # When the list is given again
    again = await lina.shares_file("people.csv", LIST.encode())
    await lina.sees("3 lines were taken", after=again)
    # Then both stay
    assert await segment(stage, "U0MAYA") == "tech"
    assert stage.bot is not None
    stored = await known(stage.bot.services, Who(stage.bot.services.team, maya.id))
    assert stored is not None
    assert stored.segment == "gtm"


async def test_list_goes_on_where_it_stopped_after_a_restart(stage: Stage) -> None:
    lina = await owner(stage)
    people = [p.email for p in stage.workspace.world.people if p.email.endswith("qamarlabs.example")]
    await lina.shares_file("all.csv", "\n".join(["email", *people]).encode())
    await lina.sees("Thank you, I have the list")
    await stage.quiet()
    await stage.restarts()
    assert stage.bot is not None

    while await go_on(stage.bot.services):
        pass

    await lina.sees(f"{len(people) - 1} lines were taken")  # one has left
    assert await listing(stage, "U0INGRID") is not None


@pytest.mark.parametrize("content", [b"name,team\nMaya,Maps\n", b"\x00\xff\xfe\x81"])
async def test_what_is_no_list_is_said_to_be_none(stage: Stage, content: bytes) -> None:
    lina = await owner(stage)

    await lina.shares_file("people.csv", content)

    await lina.sees("I could not take anything from that list")


async def test_large_file_and_one_kept_elsewhere_are_not_fetched(stage: Stage) -> None:
    # Given a file that is too large, and one whose address is not Slack's
    assert stage.bot is not None
    messenger, world = stage.bot.services.messenger, stage.workspace.world
    large = world.files.add("large.csv", "U0LINA", content=b"x" * (LARGEST_FILE + 1))
    elsewhere = world.files.add("elsewhere.csv", "U0LINA", content=b"email")
    gone = world.files.add("gone.csv", "U0LINA", content=b"email")
    large.uploaded = elsewhere.uploaded = True
    # When they are asked for, none is given
    for file in (large, gone):
        with pytest.raises(FileUnreadable):
            await messenger.download(file.id)
    world.url = "http://files.example"
    with pytest.raises(FileUnreadable):
        await messenger.download(elsewhere.id)


async def test_list_of_somebody_who_runs_nothing_is_not_opened(stage: Stage, maya: Person) -> None:
    await owner(stage)
    await maya.says("hi")
    await maya.sees("Shall we?")

    await maya.shares_file("people.csv", LIST.encode())
    await stage.quiet()

    called = [entry["method"] for entry in stage.workspace.world.journal.since(0) if "method" in entry]
    assert "files.info" not in called
    assert await listing(stage, "U0SALMA") is None


async def test_list_is_read_no_further_when_its_giver_runs_the_programme_no_longer(stage: Stage) -> None:
    # Given a long list, of which the first lines have been read
    lina = await owner(stage)
    people = [p.email for p in stage.workspace.world.people if p.email.endswith("qamarlabs.example")]
    await lina.shares_file("all.csv", "\n".join(["email", *people]).encode())
    await lina.sees("Thank you, I have the list")
    await stage.quiet()
    # When its giver is taken off
    assert stage.bot is not None
    services = stage.bot.services
    await set_holders(services, Who(services.team, "U0MIRA"), {Role.OWNER: ["U0MIRA"], Role.SPONSOR: []})
    # Then the rest is not read
    assert await go_on(services) == 0
    await lina.sees("If you no longer run the programme")
    assert await listing(stage, "U0INGRID") is None


async def test_somebody_who_deleted_everything_is_on_the_list_like_everybody_else_and_hears_nothing(
    stage: Stage, maya: Person
) -> None:
    lina = await owner(stage)
    assert stage.bot is not None
    shelf = Shelving(stage.bot.services)
    await maya.says("hi")
    await maya.sees("Shall we?")

    await erase(stage.bot.services, shelf.who)
    await lina.shares_file("people.csv", LIST.encode())

    await lina.sees("3 lines were taken")
    assert await segment(stage, "U0MAYA") == "tech"
    await stage.quiet()
    before = len(await maya.messages())
    await stage.time_goes_by(maya, to_next="thursday 12:00")
    await stage.person("U0SALMA").sees("بحسب قائمة الموظفين")
    assert len(await maya.messages()) == before


async def test_somebody_who_left_and_is_back_is_kept_by_a_list_with_their_stop(
    stage: Stage, maya: Person
) -> None:
    # Given somebody who said stop, left, and was forgotten; nobody has noticed yet that they are back
    lina = await owner(stage)
    assert stage.bot is not None
    services = stage.bot.services
    await maya.says("hi")
    await maya.sees("Shall we?")
    await is_silent(stage, maya.id)
    async with services.transaction() as connection:
        await erase_person(connection, services.team, maya.id, services.clock.now(), after_leaving=True)

    await lina.shares_file("people.csv", LIST.encode())

    await lina.sees("3 lines were taken")
    back = await known(services, Who(services.team, maya.id))
    assert back
    assert back.is_stopped
    assert await segment(stage, maya.id) == "tech"


async def test_list_is_read_to_its_end_when_its_giver_deletes_everything_meanwhile(stage: Stage) -> None:
    # Given a long list, of which the first lines have been read
    lina = await owner(stage)
    assert stage.bot is not None
    await read_everybody(stage.bot.services, Pace(page=100, pause=0))
    people = [p.email for p in stage.workspace.world.people if p.email.endswith("qamarlabs.example")]
    await lina.shares_file("all.csv", "\n".join(["email", *people]).encode())
    await lina.sees("Thank you, I have the list")
    await stage.quiet()
    # When the owner has everything deleted
    assert stage.bot is not None
    services = stage.bot.services
    await erase(services, Who(services.team, lina.id))
    await stage.quiet()
    before = len(await lina.messages())
    # Then the rest is read, and nothing is sent to her
    while await go_on(services):
        pass
    await stage.quiet()
    assert await listing(stage, "U0INGRID") is not None
    assert len(await lina.messages()) == before


async def test_list_is_read_when_slack_could_not_say_at_once_who_gave_it(stage: Stage) -> None:
    lina = await owner(stage)
    rules = [{"method": "users.info", "kind": "error", "error": "internal_error", "count": 1}]
    await lina.does("faults", rules=rules)

    await lina.shares_file("people.csv", LIST.encode())

    await lina.sees("3 lines were taken")
