"""Tests that a restarted workspace shows the old conversation."""

import stat
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from practice.persistence import InvalidStateFileError
from practice.server import Workspace, build_workspace
from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import MANIFEST, section


async def start_workspace(path: Path) -> Workspace:
    """Start a workspace with a state file."""
    workspace = build_workspace(MANIFEST, state_file=path, transport="http")
    await workspace.start()
    return workspace


async def test_conversation_is_still_there_when_the_workspace_was_restarted(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    path = tmp_path / "kept" / "workspace.json"
    first = await start_workspace(path)
    maya = SlackUser(session, first.url, "U0MAYA")
    client = AsyncWebClient(first.app.bot_token, base_url=f"{first.url}/api/", retry_handlers=[])
    asked = await client.chat_postMessage(channel="U0MAYA", text="question", blocks=[section("*question*")])
    await maya.says("answer \ud800 \u0000", raw=True)
    await maya.says("in the thread", thread=asked["ts"])
    await maya.says("taken back")
    await maya.deletes("taken back")
    await maya.reacts("tada", asked["ts"])
    await maya.shares_file("note.txt", b"words")
    await client.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": [section("home")]})
    await maya.does("clock", advance_seconds=86_400)
    await maya.does("person", id="U0MAYA", locale="ar")
    await maya.in_channel("C0GENERAL").does("channel", archived=True, read_only=True)
    before = await maya.messages()
    await first.stop()

    second = await start_workspace(path)
    again = SlackUser(session, second.url, "U0MAYA")
    after = await again.messages()
    state = await again.looks("state")
    home = await again.home()
    async with session.get(
        second.url + after[-1]["files"][0]["url_private"].removeprefix(first.url)
    ) as response:
        content = await response.read()
    general = second.world.channels.find("C0GENERAL")
    await second.stop()

    assert general is not None
    assert (general.archived, general.read_only) == (True, True)
    assert [{**m, "files": []} for m in after] == [{**m, "files": []} for m in before]
    assert after[0]["reply_count"] == 1
    assert content == b"words"
    assert state["clock"]["offset_seconds"] == pytest.approx(86_400)
    assert state["me"]["locale"] == "ar"
    assert home is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["{", "{}", '{"format": 1, "team": "T0OTHER"}'])
async def test_start_fails_with_a_clear_error_when_the_file_holds_something_else(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "workspace.json"
    path.write_text(content, encoding="utf-8")
    workspace = build_workspace(MANIFEST, state_file=path)

    with pytest.raises(InvalidStateFileError, match="does not hold"):
        await workspace.start()
    await workspace.stop()

    assert path.read_text(encoding="utf-8") == content
