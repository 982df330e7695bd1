"""The bot's files with names for owners: deleted after 30 days, whatever anybody does; people's own files stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.workflows.privacy.owner_files import FILE_LIFETIME
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.story_steps import reach_finished_story
from tests.e2e.wave_steps import set_up_programme, show_dry_run

DAY = 86_400
RETENTION_TEXT = "I delete this file after 30 days."
Meanwhile = Callable[[AppUnderTest, SlackUser], Awaitable[None]]


async def dry_run_file(app: AppUnderTest, owner: SlackUser) -> Json:
    """Return the newest dry run's file, as Slack describes it."""
    await app.wait_until_idle()
    (message,) = [message for message in await owner.messages() if message.get("files")][-1:]
    file: Json = message["files"][0]
    return file


async def is_downloadable(app: AppUnderTest, file: Json) -> bool:
    """Return whether Slack still serves the file's content."""
    async with app.http_session.get(file["url_private_download"]) as answer:
        return answer.status == 200


async def advance_days(app: AppUnderTest, days: int) -> None:
    """Move the calendar, through somebody whose time zone stays the same."""
    await app.advance_clock(app.person("U0OMAR"), advance_seconds=days * DAY)


async def pending_deletions(app: AppUnderTest) -> list[tuple[object, ...]]:
    """Return the rows of files that await deletion."""
    return await stored_data.table_rows(app, "bot_files")


async def do_nothing(app: AppUnderTest, owner: SlackUser) -> None:
    """Leave everything as it is."""


async def erase_owner(app: AppUnderTest, owner: SlackUser) -> None:
    """Let the owner delete everything held about them."""
    await owner.opens_home()
    await owner.sees(phrase("home-held-delete"), where="home")
    await owner.clicks(phrase("home-held-delete"), where="home")
    await owner.submits()
    await owner.sees(phrase("erase-sure-title"), where="modal")
    await owner.submits({phrase("erase-sure-label"): ["yes"]})
    await owner.sees(phrase("erase-done"), where="modal")
    await owner.closes(everything=True)
    await owner.sees(phrase("erase-done-again"))
    assert "drafts" not in await stored_data.tables_containing(app, owner.id)


async def deactivate_owner(app: AppUnderTest, owner: SlackUser) -> None:
    """Deactivate the owner's account."""
    await app.person("U0OMAR").does("person", id=owner.id, deleted=True)
    await app.workspace.world.delivery.wait_until_idle()


async def restart_bot(app: AppUnderTest, owner: SlackUser) -> None:
    """Stop the bot and start it again."""
    await app.restart()


@pytest.mark.wide
@pytest.mark.parametrize("meanwhile", [do_nothing, erase_owner, deactivate_owner, restart_bot])
async def test_table_of_a_dry_run_is_deleted_after_30_days(app: AppUnderTest, meanwhile: Meanwhile) -> None:
    # Given the table of a dry run, and a message that says how long it stays
    lina = await set_up_programme(app)
    shown = await show_dry_run(lina)
    assert RETENTION_TEXT in str(shown)
    file = await dry_run_file(app, lina)
    # When something happens, and 29 days go by, then it is still there
    await meanwhile(app, lina)
    await advance_days(app, FILE_LIFETIME.days - 1)
    assert await is_downloadable(app, file)
    # When it is 30, then it is gone from Slack, and the bot no longer knows of any file
    await advance_days(app, 1)
    assert not await is_downloadable(app, file)
    assert not [message for message in await lina.messages() if message.get("files")]
    assert await pending_deletions(app) == []


async def test_table_is_deleted_when_slack_has_refused_it_once(app: AppUnderTest) -> None:
    # Given two dry runs, and a Slack that refuses to delete one file
    lina = await set_up_programme(app)
    await show_dry_run(lina)
    first = await dry_run_file(app, lina)
    await app.advance_clock(lina, advance_seconds=1)
    await show_dry_run(lina, name="Summer")
    second = await dry_run_file(app, lina)
    assert first["id"] != second["id"]
    rule = {"method": "files.delete", "kind": "error", "error": "cant_delete_file", "count": 1}
    await lina.does("faults", rules=[rule])
    # When their time has come, then the refused one waits and the other is gone
    await advance_days(app, FILE_LIFETIME.days + 1)
    assert [await is_downloadable(app, file) for file in (first, second)] == [True, False]
    assert len(await pending_deletions(app)) == 1
    # When an hour has gone by, then it is gone too
    await app.advance_clock(app.person("U0OMAR"), advance_seconds=3600)
    assert not await is_downloadable(app, first)
    assert await pending_deletions(app) == []


async def test_nothing_is_left_to_do_when_the_table_was_deleted_by_hand(app: AppUnderTest) -> None:
    # Given a table that its owner has deleted in Slack
    lina = await set_up_programme(app)
    await show_dry_run(lina)
    world = app.workspace.world
    file = world.files.find((await dry_run_file(app, lina))["id"])
    assert file is not None
    world.files.remove(file)
    # When its time has come
    await advance_days(app, FILE_LIFETIME.days)
    # Then the bot asks once, and forgets it
    assert await pending_deletions(app) == []


async def test_no_row_is_left_for_ever_when_slack_did_not_take_the_table(app: AppUnderTest) -> None:
    # Given a Slack that refuses a file at the last step
    lina = await set_up_programme(app)
    rule = {"method": "files.completeUploadExternal", "kind": "error", "error": "channel_not_found"}
    await lina.does("faults", rules=[rule])
    # When a dry run is asked for, then the owner is notified, and the file is noted, for nobody knows what Slack keeps
    await lina.opens_home()
    await lina.sees(phrase("desk-invite"), where="home")
    await lina.clicks(phrase("desk-invite"), where="home")
    await lina.sees(phrase("wave-greeting"), where="modal")
    await lina.submits({"name": "Spring", "whom": ["tech"]})
    await lina.sees(phrase("dry-file-failed"))
    assert len(await pending_deletions(app)) == 1
    # When its time has come, then nothing is left to do
    await advance_days(app, FILE_LIFETIME.days)
    assert await pending_deletions(app) == []


async def test_peoples_own_files_stay(app: AppUnderTest, maya: SlackUser) -> None:
    # Given somebody who exported their story and all their personal data
    await reach_finished_story(maya)
    await maya.clicks(phrase("choice-file"))
    await maya.sees(phrase("file-name"))
    await maya.opens_home()
    await maya.sees(phrase("home-held-take"), where="home")
    await maya.clicks(phrase("home-held-take"), where="home")
    await maya.sees(phrase("export-sent"))
    files = [message["files"][0] for message in await maya.messages() if message.get("files")]
    # When a long time has gone by, then both are still there
    await advance_days(app, FILE_LIFETIME.days + 9)
    assert [await is_downloadable(app, file) for file in files] == [True, True]
