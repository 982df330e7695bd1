"""Another workspace: its payloads open, change and erase nothing here, whatever id they carry."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot import ids
from bot.payloads import SwitchPayload
from db.models.programmes import Role
from practice.delivery import DeliveryRequest
from tests.e2e import payloads, stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.payloads import PAYLOADS_BY_NAME, PROFILE_EVENTS
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import WARM_UP, begin_story, reach_draft
from tests.e2e.wave_steps import set_up_programme


async def own_story(app: AppUnderTest, person: SlackUser) -> tuple[str, str]:
    """Start a story, and return its id and the ts of the person's message."""
    await begin_story(person)
    ts = await person.says(WARM_UP)
    await person.sees(phrase("ask-turn"))
    return (await stored_data.current_draft(app, person)).draft.id, ts


async def dump_tables(app: AppUnderTest) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    return {table: await stored_data.table_rows(app, table) for table in stored_data.TABLES}


async def assert_changes_nothing(app: AppUnderTest, *requests: DeliveryRequest) -> None:
    """Deliver these payloads, and check that the database, the screen and the API calls are as before."""
    world = app.workspace.world
    rows, asked = await dump_tables(app), world.journal.last_number
    for request in requests:
        assert (await payloads.deliver(app, request)).delivered
    assert await dump_tables(app) == rows
    calls = {entry["method"] for entry in world.journal.entries_after(asked) if entry["kind"] == "call"}
    assert calls <= {"users.info"}


@pytest.mark.parametrize("kind", PAYLOADS_BY_NAME)
async def test_payload_of_another_installation_does_nothing(
    app: AppUnderTest, maya: SlackUser, kind: str
) -> None:
    # Given a colleague in the middle of her story
    make = PAYLOADS_BY_NAME[kind](*await own_story(app, maya))
    # When the same app, as another workspace has it, hears of somebody there with her id
    sender = payloads.forged_person(app, maya.id, payloads.OTHER_TEAM)
    request = payloads.for_other_installation(make(app.workspace.world, sender))
    # Then it is answered, and nothing has happened here
    await assert_changes_nothing(app, request)


async def test_payload_of_another_installation_is_logged_once_by_kind_with_ids_only(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given an edit with words in it, for the app as another workspace has it
    make = PAYLOADS_BY_NAME["an edit"](*await own_story(app, maya))
    sender = payloads.forged_person(app, maya.id, payloads.OTHER_TEAM)
    request = payloads.for_other_installation(make(app.workspace.world, sender))
    # When it comes
    with capture_logs() as lines:
        await payloads.deliver(app, request)
    # Then one line names its kind and the other team
    found = [line for line in lines if line["event"] == "call.of_another_workspace"]
    assert found == [
        {
            "event": "call.of_another_workspace",
            "log_level": "warning",
            "kind": "event",
            "team": payloads.OTHER_TEAM,
        }
    ]


@pytest.mark.parametrize(
    "kind", [kind for kind in PAYLOADS_BY_NAME if kind not in ("the command", "the shortcut")]
)
async def test_payload_of_another_installation_does_nothing_when_its_sender_is_ours(
    app: AppUnderTest, maya: SlackUser, kind: str
) -> None:
    # Given a colleague in the middle of her story
    make = PAYLOADS_BY_NAME[kind](*await own_story(app, maya))
    # When she uses the app that another workspace has installed, in a channel shared with it
    herself = payloads.forged_person(app, maya.id)
    request = payloads.with_other_installation(make(app.workspace.world, herself))
    # Then it is for them to answer
    await assert_changes_nothing(app, request)


@pytest.mark.parametrize("kind", PAYLOADS_BY_NAME)
async def test_somebody_of_another_company_with_a_colleagues_id_does_nothing(
    app: AppUnderTest, maya: SlackUser, kind: str
) -> None:
    # Given a colleague in the middle of her story
    make = PAYLOADS_BY_NAME[kind](*await own_story(app, maya))
    # When Slack addresses the app here, but says that the person with her id is of another company
    sender = payloads.forged_person(app, maya.id, payloads.OTHER_TEAM)
    request = make(app.workspace.world, sender)
    # Then it is answered, and she notices nothing
    await assert_changes_nothing(app, request)


@pytest.mark.parametrize("kind", ["the command", "the shortcut", "a message", "a button in the DM"])
async def test_payload_that_names_no_workspace_does_nothing(
    app: AppUnderTest, maya: SlackUser, kind: str
) -> None:
    make = PAYLOADS_BY_NAME[kind](*await own_story(app, maya))
    request = make(app.workspace.world, payloads.forged_person(app, maya.id))
    for name in ("team", "team_id", "context_team_id", "authorizations", "message"):
        request.payload.pop(name, None)

    await assert_changes_nothing(app, request)


async def test_same_payloads_work_when_they_are_ours(app: AppUnderTest, maya: SlackUser) -> None:
    # Given the payloads that do nothing above: sent by the author herself, they work
    draft, ts = await own_story(app, maya)
    world, herself = app.workspace.world, payloads.forged_person(app, "U0MAYA")
    # When she edits, and opens Home
    await payloads.deliver(
        app, payloads.message_edit("I mend clocks in towers.", ts, WARM_UP)(world, herself)
    )
    assert await stored_data.tables_containing(app, "I mend clocks in towers.") != []
    await payloads.deliver(app, payloads.home_button_press(ids.PERSONAL_DATA_OPEN)(world, herself))
    await maya.sees(phrase("held-title"), where="modal")
    # And erases everything
    await payloads.deliver(
        app, payloads.modal_submission(ids.ERASE_CONFIRMED, values=payloads.SURE)(world, herself)
    )
    # Then it is gone
    assert await stored_data.tables_containing(app, draft) == []


@pytest.mark.parametrize("kind", [kind for kind in PAYLOADS_BY_NAME if kind not in PROFILE_EVENTS])
async def test_stranger_of_a_shared_channel_stays_one_in_whatever_they_do(
    app: AppUnderTest, kind: str
) -> None:
    # Given somebody of another company by Slack's word
    assert app.bot is not None
    stranger = payloads.forged_person(app, "U0STRANGER", payloads.OTHER_TEAM)
    world, rows = app.workspace.world, await dump_tables(app)
    asked = world.journal.last_number
    # When they do anything
    ack = await payloads.deliver(app, PAYLOADS_BY_NAME[kind]("no-draft", "1.0")(world, stranger))
    # Then none of their data is stored, nothing opens, and they read at most why
    assert ack.delivered
    assert await dump_tables(app) == rows
    calls = {entry["method"] for entry in world.journal.entries_after(asked) if entry["kind"] == "call"}
    assert calls <= {"users.info", "chat.postMessage", "views.publish"}


async def test_stranger_who_claims_to_be_of_sister_workspaces_stays_one(app: AppUnderTest) -> None:
    # Given somebody whose own company has an Enterprise Grid of several workspaces
    world = app.workspace.world
    sam = payloads.forged_person(
        app, "U0STRANGER", payloads.OTHER_TEAM, enterprise="E0ORBIT", teams=("T0OTHER", "T0THIRD")
    )
    world.people.add(sam)
    person = app.person(sam.id)
    # When they write and open Home
    await person.says("hi")
    await person.opens_home()
    # Then they are answered kindly in both places, and nothing begins
    await person.sees("I'm here for the people of Qamar Labs")
    await person.sees("I'm here for the people of Qamar Labs", where="home")
    assert await stored_data.list_drafts(app, person) == ()


async def test_other_company_cannot_act_for_an_owner_of_a_programme(app: AppUnderTest) -> None:
    # Given an owner
    lina = await set_up_programme(app)
    sender = payloads.forged_person(app, lina.id, payloads.OTHER_TEAM)
    world = app.workspace.world
    # When somebody with her id there opens the log, halts everything, and uploads a list
    log, halt = (
        payloads.button_press(ids.PROGRAMME_LOG),
        payloads.button_press(ids.HALT_SET, SwitchPayload(is_on=True)),
    )
    roles = {Role.OWNER.value: {"x": {"type": "multi_users_select", "selected_users": ["U0STRANGER"]}}}
    people, file = (
        payloads.modal_submission(ids.PROGRAMME_PEOPLE, values=roles),
        payloads.message_sent("", **payloads.LIST_FILE),
    )
    # Then nothing happens, and nothing is shown
    await assert_changes_nothing(app, *(make(world, sender) for make in (log, halt, people, file)))
    assert await lina.modal() is None


async def test_erasing_from_another_company_leaves_a_finished_draft(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await reach_draft(maya)
    sender = payloads.forged_person(app, maya.id, payloads.OTHER_TEAM)

    await assert_changes_nothing(
        app,
        payloads.modal_submission(ids.ERASE_CONFIRMED, values=payloads.SURE)(app.workspace.world, sender),
    )
