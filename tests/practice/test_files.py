"""Tests of the three-step upload, and of serving files unchanged."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from practice.server import Workspace
from tests.e2e.slack_user import SlackUser
from tests.practice.slack_errors import error_of


async def test_file_arrives_in_the_dm_when_slacks_client_uploads_it(
    client: AsyncWebClient, maya: SlackUser, session: aiohttp.ClientSession
) -> None:
    await client.files_upload_v2(
        channel="D0MAYA",
        filename="story.txt",
        content="once upon",
        title="Story",
        initial_comment="Yours",
        alt_txt="a",
    )

    message = await maya.sees("Story")
    file = message["files"][0]
    async with session.get(file["url_private"]) as response:
        content = await response.text()
    assert (message["text"], content, file["mimetype"], file["alt_txt"]) == (
        "Yours",
        "once upon",
        "text/plain",
        "a",
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_upload_is_refused_when_it_is_empty_or_not_there(client: AsyncWebClient) -> None:
    empty = await error_of(client.files_getUploadURLExternal(filename="a.txt", length=0))
    missing = await error_of(client.files_completeUploadExternal(files=[{"id": "F404"}]))
    long_alt = await error_of(
        client.files_getUploadURLExternal(filename="a.png", length=1, alt_txt="x" * 1001)
    )

    assert [e["error"] for e in (empty, missing, long_alt)] == [
        "missing_argument",
        "file_not_found",
        "alt_txt_too_large",
    ]


async def test_upload_is_refused_when_its_length_differs(
    workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    place = (await client.files_getUploadURLExternal(filename="a.txt", length=3))["upload_url"]

    async with session.post(place, data=b"four") as response:
        assert response.status == 400
    async with session.post(place, data=b"six") as response:
        assert response.status == 200
