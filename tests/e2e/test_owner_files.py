"""Files with names that the bot gives to owners: gone after 30 days, whatever anybody does; people's own stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.workflows.privacy.owner_files import KEPT
from tests.e2e import records
from tests.e2e.inviting import dry_run, runs_programme
from tests.e2e.people import Json, Person
from tests.e2e.stage import Stage
from tests.e2e.writing import reaches_the_end

DAY = 86_400
SAID = "I delete this file after 30 days."
MeanWhile = Callable[[Stage, Person], Awaitable[None]]


async def table_in(stage: Stage, owner: Person) -> Json:
    """Return the file of the newest dry run, as Slack describes it."""
    await stage.quiet()
    (message,) = [message for message in await owner.messages() if message.get("files")][-1:]
    file: Json = message["files"][0]
    return file


async def is_in_slack(stage: Stage, file: Json) -> bool:
    """Return whether Slack still gives out what is in the file."""
    async with stage.session.get(file["url_private_download"]) as answer:
        return answer.status == 200


async def days_go_by(stage: Stage, days: int) -> None:
    """Move the calendar, by somebody who stays where they are."""
    await stage.time_goes_by(stage.person("U0OMAR"), advance_seconds=days * DAY)


async def waiting(stage: Stage) -> list[tuple[object, ...]]:
    """Return the rows of files that are to be deleted."""
    return await records.rows_of(stage, "bot_files")


async def nothing_happens(stage: Stage, owner: Person) -> None:
    """Leave everything as it is."""


async def is_erased(stage: Stage, owner: Person) -> None:
    """Let the owner delete everything held about them."""
    await owner.opens_home()
    await owner.sees("Delete it all", where="home")
    await owner.clicks("Delete it all", where="home")
    await owner.submits()
    await owner.sees("Really delete it all?", where="modal")
    await owner.submits({"If that is what you want": ["yes"]})
    await owner.sees("Everything you said, chose and did here is deleted.", where="modal")
    await owner.closes(everything=True)
    await owner.sees("If you ever feel like it, a message to me begins everything anew.")
    assert "drafts" not in await records.tables_with(stage, owner.id)


async def leaves(stage: Stage, owner: Person) -> None:
    """Deactivate the owner's account."""
    await stage.person("U0OMAR").does("person", id=owner.id, deleted=True)
    await stage.workspace.world.delivery.idle()


async def bot_is_restarted(stage: Stage, owner: Person) -> None:
    """Stop the bot and start it again."""
    await stage.restarts()


@pytest.mark.wide
@pytest.mark.parametrize("meanwhile", [nothing_happens, is_erased, leaves, bot_is_restarted])
async def test_table_of_a_dry_run_is_deleted_after_30_days(stage: Stage, meanwhile: MeanWhile) -> None:
    # Given the table of a dry run, and a message that says how long it stays
    lina = await runs_programme(stage)
    shown = await dry_run(lina)
    assert SAID in str(shown)
    file = await table_in(stage, lina)
    # When something happens, and 29 days go by, then it is still there
    await meanwhile(stage, lina)
    await days_go_by(stage, KEPT.days - 1)
    assert await is_in_slack(stage, file)
    # When it is 30, then it is gone from Slack, and the bot knows of no file any more
    await days_go_by(stage, 1)
    assert not await is_in_slack(stage, file)
    assert not [message for message in await lina.messages() if message.get("files")]
    assert await waiting(stage) == []


async def test_table_is_deleted_when_slack_has_refused_it_once(stage: Stage) -> None:
    # Given two dry runs, and a Slack that refuses to delete one file
    lina = await runs_programme(stage)
    await dry_run(lina)
    first = await table_in(stage, lina)
    await stage.time_goes_by(lina, advance_seconds=1)
    await dry_run(lina, name="Summer")
    second = await table_in(stage, lina)
    assert first["id"] != second["id"]
    rule = {"method": "files.delete", "kind": "error", "error": "cant_delete_file", "count": 1}
    await lina.does("faults", rules=[rule])
    # When their time has come, then the refused one waits and the other is gone
    await days_go_by(stage, KEPT.days + 1)
    assert [await is_in_slack(stage, file) for file in (first, second)] == [True, False]
    assert len(await waiting(stage)) == 1
    # When an hour has gone by, then it is gone too
    await stage.time_goes_by(stage.person("U0OMAR"), advance_seconds=3600)
    assert not await is_in_slack(stage, first)
    assert await waiting(stage) == []


async def test_nothing_is_left_to_do_when_the_table_was_deleted_by_hand(stage: Stage) -> None:
    # Given a table that its owner has deleted in Slack
    lina = await runs_programme(stage)
    await dry_run(lina)
    world = stage.workspace.world
    file = world.files.find((await table_in(stage, lina))["id"])
    assert file is not None
    world.files.remove(file)
    # When its time has come
    await days_go_by(stage, KEPT.days)
    # Then the bot asks once, and forgets it
    assert await waiting(stage) == []


async def test_no_row_is_left_for_ever_when_slack_did_not_take_the_table(stage: Stage) -> None:
    # Given a Slack that refuses a file at the last step
    lina = await runs_programme(stage)
    rule = {"method": "files.completeUploadExternal", "kind": "error", "error": "channel_not_found"}
    await lina.does("faults", rules=[rule])
    # When a dry run is asked for, then the owner is told, and the file is noted, for nobody knows what Slack keeps
    await lina.opens_home()
    await lina.sees("Invite people", where="home")
    await lina.clicks("Invite people", where="home")
    await lina.sees("Your own words to them", where="modal")
    await lina.submits({"name": "Spring", "whom": ["tech"]})
    await lina.sees("Slack did not take the file.")
    assert len(await waiting(stage)) == 1
    # When its time has come, then nothing is left to do
    await days_go_by(stage, KEPT.days)
    assert await waiting(stage) == []


async def test_peoples_own_files_stay(stage: Stage, maya: Person) -> None:
    # Given somebody who took their story and everything that is held about them
    await reaches_the_end(maya)
    await maya.clicks("As a file")
    await maya.sees("my-story.txt")
    await maya.opens_home()
    await maya.sees("Take it as a file", where="home")
    await maya.clicks("Take it as a file", where="home")
    await maya.sees("letter for letter, in the file above")
    files = [message["files"][0] for message in await maya.messages() if message.get("files")]
    # When a long time has gone by, then both are still there
    await days_go_by(stage, KEPT.days + 9)
    assert [await is_in_slack(stage, file) for file in files] == [True, True]
