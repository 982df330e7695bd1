"""Tests of what a response URL can and can't do."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from practice.server import Workspace
from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import button, section


class ResponseUrl:
    """A response URL to post to."""

    def __init__(
        self, workspace: Workspace, session: aiohttp.ClientSession, ts: str, *, ephemeral: bool
    ) -> None:
        name = workspace.world.response_urls.issue("U0MAYA", "D0MAYA", ts, ephemeral=ephemeral)
        self._url = f"{workspace.url}/response/{name}"
        self._session = session

    async def post(self, **body: Any) -> dict[str, Any]:
        """Post to the URL and return the answer."""
        async with self._session.post(self._url, json=body) as response:
            answer: dict[str, Any] = await response.json()
        return answer


async def test_response_url_answers_redraws_and_deletes_when_it_is_used(
    workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession, maya: SlackUser
) -> None:
    asked = await client.chat_postMessage(channel="U0MAYA", text="question")
    answers = ResponseUrl(workspace, session, asked["ts"], ephemeral=False)

    await answers.post(text="for you alone")
    await answers.post(text="for all", response_type="in_channel")
    await answers.post(text="redrawn", replace_original=True)
    shown = [(m["text"], m["ephemeral"]) for m in await maya.messages()]
    await answers.post(delete_original=True)

    assert shown == [("redrawn", False), ("for you alone", True), ("for all", False)]
    assert [m["text"] for m in await maya.messages()] == ["for you alone", "for all"]


async def test_ephemeral_message_is_redrawn_when_its_response_url_says_so(
    workspace: Workspace, session: aiohttp.ClientSession, maya: SlackUser
) -> None:
    actions = {"type": "actions", "elements": [button("Yes", "yes")]}
    await ResponseUrl(workspace, session, "", ephemeral=False).post(text="Sure?", blocks=[actions])
    posted = await maya.last_message()

    await ResponseUrl(workspace, session, posted["ts"], ephemeral=True).post(
        text="Done.", replace_original=True
    )

    assert [m["text"] for m in await maya.messages()] == ["Done."]


async def test_ephemeral_message_is_out_of_the_bots_reach_when_it_was_posted(
    workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession, maya: SlackUser
) -> None:
    await ResponseUrl(workspace, session, "", ephemeral=False).post(text="for you alone")

    posted = await maya.sees("for you alone")
    assert posted["ephemeral"] is True
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel="D0MAYA", ts=posted["ts"], text="new")
    assert (await client.conversations_history(channel="D0MAYA"))["messages"] == []


async def test_response_url_refuses_what_slack_refuses(
    workspace: Workspace, session: aiohttp.ClientSession
) -> None:
    answers = ResponseUrl(workspace, session, "", ephemeral=True)

    empty = await answers.post()
    bad = await answers.post(text="t", blocks=[section("")])

    assert (empty["error"], bad["error"]) == ("no_text", "invalid_blocks")
