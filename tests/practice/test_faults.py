"""Tests of scripted Web API faults, and of the journal's record of what was accepted."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.e2e.slack_user import SlackUser


async def post_message(client: AsyncWebClient) -> Any:
    """Post a message."""
    return await client.chat_postMessage(channel="U0MAYA", text="hello")


async def script_fault(maya: SlackUser, **rule: Any) -> None:
    """Script one fault of chat.postMessage."""
    await maya.does("faults", rules=[{"method": "chat.postMessage", **rule}])


async def count_accepted_posts(maya: SlackUser) -> int:
    """Count the posts that the journal lists as accepted."""
    entries = (await maya.looks("journal"))["entries"]
    return sum(e["accepted"] for e in entries if e.get("method") == "chat.postMessage")


@pytest.mark.parametrize("kind", ["500", "502", "503", "504"])
async def test_call_gets_html_when_the_script_fails_the_server(
    client: AsyncWebClient, maya: SlackUser, kind: str
) -> None:
    await script_fault(maya, kind=kind)

    with pytest.raises(SlackApiError) as caught:
        await post_message(client)
    await post_message(client)

    assert caught.value.response.status_code == int(kind)
    assert caught.value.response.data == {}
    assert await count_accepted_posts(maya) == len(await maya.messages()) == 1


async def test_call_gets_retry_after_when_the_script_says_429(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    await script_fault(maya, kind="429", retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await post_message(client)

    assert caught.value.response.headers["Retry-After"] == "7"
    assert await count_accepted_posts(maya) == 0


async def test_call_gets_the_scripted_error_after_a_good_one(client: AsyncWebClient, maya: SlackUser) -> None:
    await script_fault(maya, kind="error", error="account_inactive", after=1)

    await post_message(client)
    with pytest.raises(SlackApiError, match="account_inactive"):
        await post_message(client)


@pytest.mark.parametrize(("kind", "kept"), [("accept_then_drop", 1), ("drop", 0)])
async def test_connection_is_cut_before_or_after_the_message_is_stored(
    client: AsyncWebClient, maya: SlackUser, kind: str, kept: int
) -> None:
    await script_fault(maya, kind=kind)

    with pytest.raises(aiohttp.ClientError):
        await post_message(client)

    assert await count_accepted_posts(maya) == len(await maya.messages()) == kept


@pytest.mark.parametrize(("kind", "kept"), [("accept_then_hang", 1), ("hang", 0)])
async def test_call_hangs_before_or_after_the_message_is_stored(
    client: AsyncWebClient, maya: SlackUser, kind: str, kept: int
) -> None:
    await script_fault(maya, kind=kind)
    client.timeout = 0.2  # type: ignore[assignment]

    with pytest.raises(TimeoutError):
        await post_message(client)

    assert await count_accepted_posts(maya) == len(await maya.messages()) == kept


async def test_message_is_stored_when_the_scripted_500_follows_it(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    await script_fault(maya, kind="accept_then_500")

    with pytest.raises(SlackApiError):
        await post_message(client)

    assert await count_accepted_posts(maya) == len(await maya.messages()) == 1


async def test_history_does_not_show_the_newest_when_it_lags(client: AsyncWebClient, maya: SlackUser) -> None:
    await post_message(client)
    await maya.does("faults", rules=[{"method": "conversations.history", "kind": "lag", "seconds": 60}])

    lagging = await client.conversations_history(channel="D0MAYA")
    caught_up = await client.conversations_history(channel="D0MAYA")

    assert (len(lagging["messages"]), len(caught_up["messages"])) == (0, 1)


async def test_unknown_fault_is_refused_when_it_is_scripted(maya: SlackUser) -> None:
    with pytest.raises(AssertionError, match="is no fault"):
        await script_fault(maya, kind="earthquake")


async def test_token_is_revoked_when_the_app_was_removed(client: AsyncWebClient, person: Any) -> None:
    await person("U0OMAR").does("install", remove=True)
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()

    await person("U0OMAR").does("install")
    assert (await client.auth_test())["ok"]
