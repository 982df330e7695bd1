"""Tests of the bot's messages: what Slack accepts, refuses and returns."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from practice.config import Timings
from practice.server import Workspace, build_workspace
from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import MANIFEST, button, section, text_input
from tests.practice.slack_errors import error_of

BAD_BLOCKS = [
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([{"type": "section"}], "missing required field: text or fields [json-pointer:/blocks/0]"),
    ([{"type": "poem"}], "unsupported type: poem [json-pointer:/blocks/0/type]"),
    ([{**section("a"), "colour": 1}], "invalid additional property: colour [json-pointer:/blocks/0]"),
    ([section("a", block_id="b")] * 2, "block_id `b` already exists [json-pointer:/blocks/1/block_id]"),
    (
        [{"type": "actions", "elements": [button("A", "same"), button("B", "same")]}],
        "`action_id` `same` already exists [json-pointer:/blocks/0/elements/1/action_id]",
    ),
    (
        [{"type": "actions", "elements": [button("x" * 76, "a")]}],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        [{"type": "actions", "elements": [button(str(n), str(n)) for n in range(26)]}],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "H"}}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    (
        [section("a", accessory={"type": "plain_text_input", "action_id": "a"})],
        "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
    ),
]


@pytest.mark.parametrize(("blocks", "complaint"), BAD_BLOCKS)
async def test_message_is_refused_with_slacks_wording_when_a_block_is_wrong(
    client: AsyncWebClient, blocks: list[dict[str, Any]], complaint: str
) -> None:
    error = await error_of(client.chat_postMessage(channel="U0MAYA", text="t", blocks=blocks))

    assert error["error"] == "invalid_blocks"
    assert error["response_metadata"]["messages"] == [f"[ERROR] {complaint}"]
    assert error["errors"] == [complaint]


async def test_message_is_refused_when_all_its_blocks_together_are_too_long(client: AsyncWebClient) -> None:
    blocks = [section("x" * 2700) for _ in range(5)]

    error = await error_of(client.chat_postMessage(channel="U0MAYA", text="t", blocks=blocks))

    assert error["error"] == "msg_blocks_too_long"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "U0MAYA"}, "no_text"),
        ({"channel": "U0MAYA", "text": "  "}, "no_text"),
        ({"channel": "U0NOBODY", "text": "t"}, "channel_not_found"),
        ({"channel": "C0MARKETING", "text": "t"}, "channel_not_found"),
        ({"channel": "C0GENERAL", "text": "t"}, "not_in_channel"),
        ({"text": "t"}, "channel_not_found"),
        ({"channel": "U0MAYA", "text": "t", "thread_ts": "1.2"}, "thread_not_found"),
        ({"channel": "U0MAYA", "text": "t", "blocks": "[{"}, "invalid_blocks_format"),
        ({"channel": "U0MAYA", "text": "t", "metadata": {"event_type": 1}}, "invalid_metadata_format"),
        ({"channel": "U0MAYA", "text": "t", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": "U0MAYA", "text": {"a": 1}}, "invalid_arguments"),
    ],
)
async def test_message_is_refused_with_slacks_code_when_it_cannot_be_posted(
    client: AsyncWebClient, args: dict[str, Any], code: str
) -> None:
    assert (await error_of(client.api_call("chat.postMessage", json=args)))["error"] == code


async def test_long_text_is_cut_when_posted_and_refused_when_updated(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="x" * 40_001)
    error = await error_of(client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x" * 4001))

    assert len(posted["message"]["text"]) == 40_000
    assert error["error"] == "msg_too_long"


async def test_blocks_are_removed_when_only_text_is_updated(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="t", blocks=[section("s")])

    drawn = await client.chat_update(
        channel=posted["channel"], ts=posted["ts"], text="n", blocks=[section("new")]
    )
    plain = await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="plain")

    assert drawn["message"]["blocks"][0]["text"]["text"] == "new"
    assert "edited" not in drawn["message"]
    assert "blocks" not in plain["message"]
    assert plain["message"]["edited"]["user"] == "U0HAKAWATI"


async def test_message_of_a_person_cannot_be_changed_by_the_bot(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    ts = await maya.says("mine")

    update = await error_of(client.chat_update(channel="D0MAYA", ts=ts, text="yours"))
    delete = await error_of(client.chat_delete(channel="D0MAYA", ts=ts))

    assert (update["error"], delete["error"]) == ("cant_update_message", "cant_delete_message")


async def test_metadata_comes_back_only_when_history_is_asked_for_it(client: AsyncWebClient) -> None:
    metadata = {"event_type": "notice", "event_payload": {"key": "k1"}}
    posted = await client.chat_postMessage(channel="U0MAYA", text="t", metadata=metadata)

    bare = await client.conversations_history(channel=posted["channel"])
    full = await client.conversations_history(channel=posted["channel"], include_all_metadata=True)

    assert "metadata" not in bare["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_history_pages_backwards_when_it_is_limited(client: AsyncWebClient, maya: SlackUser) -> None:
    sent = [await maya.says(f"number {n}") for n in range(5)]

    first = await client.conversations_history(channel="D0MAYA", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="D0MAYA", limit=2, cursor=cursor)
    between = await client.conversations_history(channel="D0MAYA", oldest=sent[1], latest=sent[3])

    assert [m["text"] for m in first["messages"]] == ["number 4", "number 3"]
    assert [m["text"] for m in second["messages"]] == ["number 2", "number 1"]
    assert (first["has_more"], second["has_more"]) == (True, True)
    assert [m["text"] for m in between["messages"]] == ["number 2"]


async def test_link_of_the_bot_is_previewed_unless_it_says_no(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="<https://example.org/a>")
    await client.chat_postMessage(
        channel="U0MAYA", text="<https://example.org/b>", unfurl_links=False, unfurl_media=False
    )

    first, second = await maya.messages()
    assert first["attachments"][0]["from_url"] == "https://example.org/a"
    assert "attachments" not in second


async def test_deleted_parent_leaves_a_tombstone_when_it_has_replies(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="question")
    await maya.says("answer", thread=posted["ts"])

    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])

    thread = await client.conversations_replies(channel=posted["channel"], ts=posted["ts"])
    assert thread["messages"][0]["subtype"] == "tombstone"
    assert thread["messages"][1]["text"] == "answer"


async def test_bot_is_rate_limited_when_it_posts_too_fast_in_one_channel() -> None:
    strict = build_workspace(
        MANIFEST, timings=Timings(message_burst=2, messages_per_second=0.001), transport="http"
    )
    client = AsyncWebClient(strict.app.bot_token, base_url=f"{await strict.start()}/api/", retry_handlers=[])
    try:
        for text in ("one", "two"):
            await client.chat_postMessage(channel="U0MAYA", text=text)
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="U0MAYA", text="three")
        await client.chat_postMessage(channel="U0SALMA", text="another channel")
    finally:
        await strict.stop()

    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    assert 990 < int(caught.value.response.headers["Retry-After"]) <= 1000


async def test_direct_messages_fail_when_the_messages_tab_is_off(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.app.messages_tab = False

    error = await error_of(client.chat_postMessage(channel="U0MAYA", text="t"))

    assert error["error"] == "messages_tab_disabled"


async def test_message_may_hold_inputs_when_the_bot_posts_them(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="t", blocks=[text_input("Your name", "name")])

    await maya.sees("Your name")


async def test_mrkdwn_of_a_block_is_linkified_unless_it_is_verbatim(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    words = "@here see #general and https://example.org/x. `@here` <https://a.example|kept> a#general"
    parsed, verbatim = section(words), section(words)
    verbatim["text"]["verbatim"] = True

    await client.chat_postMessage(channel="U0MAYA", text="t", blocks=[parsed, verbatim])

    shown = (await maya.last_message())["blocks"]
    linked = "<!here> see <#C0GENERAL|general> and <https://example.org/x>. `@here` <https://a.example|kept> a#general"
    assert [block["text"]["text"] for block in shown] == [linked, words]
    await maya.sees("@here see #general and https://example.org/x. `@here` kept a#general")


async def test_channel_shows_its_settings_and_refuses_what_they_forbid(
    client: AsyncWebClient, maya: SlackUser
) -> None:
    general = maya.in_channel("C0GENERAL")
    await general.does("invite", user="U0HAKAWATI")
    for setting, code in (("read_only", "restricted_action_read_only_channel"), ("archived", "is_archived")):
        await general.does("channel", **{setting: True})

        shown = (await client.conversations_info(channel="C0GENERAL"))["channel"]

        assert shown[f"is_{setting}"] is True
        assert (await error_of(client.chat_postMessage(channel="C0GENERAL", text="t")))["error"] == code
