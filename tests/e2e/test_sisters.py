"""Colleagues from a sister workspace of the same Enterprise Grid: admitted on Slack's word alone."""

from __future__ import annotations

import pytest

from bot import ids
from bot.workflows.directory.sync import SyncRateLimit, sync_everybody
from db.models.programmes import Role
from practice.people import Person as Somebody
from tests.e2e import payloads, stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.payloads import OWN_TEAM
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import begin_story, reach_cards, reach_draft
from tests.e2e.wave_steps import set_up_programme

SISTER, ORGANISATION = "T0SISTER", "E0QAMAR"
IRIS = Somebody(
    "W0IRIS",
    "iris",
    "Iris Lang",
    SISTER,
    tz="Europe/Berlin",
    enterprise=ORGANISATION,
    teams=(OWN_TEAM, SISTER),
)


@pytest.fixture
def iris(app: AppUnderTest) -> SlackUser:
    """Iris, whose home is the sister workspace, and who is a member of our workspace."""
    app.workspace.world.people.add(IRIS)
    return app.person(IRIS.id)


def count_user_lookups(app: AppUnderTest) -> int:
    """Count the API calls about Iris."""
    entries = app.workspace.world.journal.entries_after(0)
    return sum(e.get("method") == "users.info" and e["args"]["user"] == IRIS.id for e in entries)


@pytest.mark.wide
async def test_colleague_of_a_sister_workspace_writes_presses_and_fills_in_modals(
    app: AppUnderTest, iris: SlackUser
) -> None:
    # When she writes and presses
    await reach_cards(iris)
    # And writes a line of her own in a modal
    await iris.clicks(phrase("choice-write"))
    await iris.submits({"line": "I count every van twice."})
    # Then all of it belongs to her
    await iris.sees("I count every van twice.")
    assert len(await stored_data.list_drafts(app, iris)) == 1


async def test_colleague_of_a_sister_workspace_finds_everything_on_home(
    app: AppUnderTest, iris: SlackUser
) -> None:
    # Given a story
    await begin_story(iris)
    # When she opens Home, and what is held about her
    await iris.opens_home()
    await iris.sees(phrase("home-held-delete"), where="home")
    await iris.clicks(phrase("home-held-show"), where="home")
    # Then it opens
    await iris.sees(phrase("held-title"), where="modal")


async def test_home_of_somebody_not_known_yet_is_that_of_a_newcomer(
    app: AppUnderTest, iris: SlackUser
) -> None:
    await iris.opens_home()

    await iris.sees(phrase("choice-words"), where="home")


async def test_colleague_of_a_sister_workspace_uses_the_command_and_the_shortcut(
    app: AppUnderTest, iris: SlackUser
) -> None:
    await iris.types_command("/hakawati")
    await iris.sees("Shall we?")
    await iris.uses_shortcut(ids.SHORTCUT_START)
    await app.wait_until_idle()

    assert len(await stored_data.list_drafts(app, iris)) == 1


async def test_text_is_read_and_erased_by_a_colleague_of_a_sister_workspace(
    app: AppUnderTest, iris: SlackUser
) -> None:
    await reach_draft(iris)
    world = app.workspace.world

    await payloads.deliver(
        app, payloads.modal_submission(ids.ERASE_CONFIRMED, values=payloads.SURE)(world, IRIS)
    )

    assert await stored_data.list_drafts(app, iris) == ()


@pytest.mark.parametrize("home", [SISTER, ORGANISATION])
async def test_slack_is_asked_about_them_no_more_than_about_everybody(
    app: AppUnderTest, iris: SlackUser, home: str
) -> None:
    # Given somebody whose payloads name her workspace, or her organisation
    await begin_story(iris)
    first = count_user_lookups(app)
    # When she goes on while everybody's stored profile is fresh
    sender = payloads.forged_person(app, IRIS.id, home)
    for _ in range(5):
        await payloads.deliver(app, payloads.home_opening(app.workspace.world, sender))
    # Then nobody asks
    assert first <= 2
    assert count_user_lookups(app) == first


async def test_ordinary_people_cost_no_question_more(app: AppUnderTest, maya: SlackUser) -> None:
    await begin_story(maya)

    entries = app.workspace.world.journal.entries_after(0)
    assert sum(entry.get("method") == "users.info" for entry in entries) == 1


async def test_everybody_read_from_slack_has_colleagues_of_sister_workspaces_in_it(
    app: AppUnderTest, iris: SlackUser
) -> None:
    # Given the list of Slack's, in which she is
    assert app.bot is not None
    await sync_everybody(app.bot.services, SyncRateLimit(page_size=100, pause_seconds=0))

    known = {person.user_id: person for person in await stored_data.list_people(app)}
    assert not known[iris.id].is_stranger


DEPARTURES = {
    "told by an event": True,
    "known from Slack's list alone": False,
}


@pytest.mark.parametrize("how", DEPARTURES)
async def test_colleague_is_kept_out_once_slack_no_longer_lists_them_here(
    app: AppUnderTest, iris: SlackUser, how: str
) -> None:
    # Given a colleague of a sister workspace, with a story
    await begin_story(iris)
    # When she is taken out of our workspace
    world = app.workspace.world
    gone = payloads.forged_person(app, IRIS.id, SISTER, teams=(SISTER,))
    world.people.add(gone)
    if DEPARTURES[how]:
        grid = {"enterprise_id": ORGANISATION, "teams": [SISTER]}
        await payloads.deliver(app, payloads.profile_change(enterprise_user=grid)(world, gone))
    else:
        await app.advance_clock(app.person("U0MAYA"), advance_seconds=25 * 3600)
    # Then she is a stranger in whatever she does
    held = await payloads.deliver(app, payloads.home_button_press(ids.PERSONAL_DATA_OPEN)(world, gone))
    await payloads.deliver(app, payloads.message_sent("I go on")(world, gone))
    assert held.delivered
    assert await iris.modal() is None
    assert await stored_data.tables_containing(app, "I go on") == []
    # And is let in again when she is back
    world.people.add(IRIS)
    await payloads.deliver(
        app, payloads.profile_change(enterprise_user={"teams": [OWN_TEAM, SISTER]})(world, IRIS)
    )
    await payloads.deliver(app, payloads.home_button_press(ids.PERSONAL_DATA_OPEN)(world, IRIS))
    await iris.sees(phrase("held-title"), where="modal")


@pytest.mark.parametrize("claimed", ["T0THIRD", "E0OTHER", payloads.OTHER_TEAM])
async def test_home_that_slack_does_not_name_opens_nothing(
    app: AppUnderTest, iris: SlackUser, claimed: str
) -> None:
    # Given a colleague of a sister workspace, with a story
    await begin_story(iris)
    # When a payload with her id names another home than Slack does
    other = payloads.forged_person(app, IRIS.id, claimed)
    await payloads.deliver(
        app, payloads.home_button_press(ids.PERSONAL_DATA_OPEN)(app.workspace.world, other)
    )
    # Then nothing opens
    assert await iris.modal() is None


async def test_nobody_is_let_in_when_slack_does_not_answer(app: AppUnderTest, iris: SlackUser) -> None:
    # Given a colleague of a sister workspace who is not known yet, and Slack does not answer
    rules = [{"method": "users.info", "kind": "error", "error": "fatal_error", "count": -1}]
    await iris.does("faults", rules=rules)
    # When she writes
    refused = await payloads.deliver(app, payloads.message_sent("hi")(app.workspace.world, IRIS))
    # Then Slack hears that it went wrong, and brings it again
    assert not refused.delivered
    await iris.does("faults", rules=[])
    await payloads.deliver(app, payloads.message_sent("hi")(app.workspace.world, IRIS))
    await iris.sees("Shall we?")


async def test_owner_from_a_sister_workspace_runs_the_programme(app: AppUnderTest, iris: SlackUser) -> None:
    # Given an owner at home here, who makes a colleague of a sister workspace one, too
    lina = await set_up_programme(app)
    await lina.opens_home()
    await lina.sees(phrase("desk-change"), where="home")
    await lina.clicks(phrase("desk-change"), where="home", nth=1)
    await lina.sees("Who show a candidate", where="modal")
    answer = await lina.submits({Role.OWNER.value: ["U0LINA", IRIS.id]})
    assert "errors" not in answer
    # When she opens Home
    await iris.opens_home()
    # Then the desk is there, and what was changed can be read
    await iris.sees(phrase("desk-log"), where="home")
    await iris.clicks(phrase("desk-log"), where="home")
    await iris.sees("made <@W0IRIS> an owner", where="modal")
