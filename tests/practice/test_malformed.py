"""Tests that malformed input of any kind gets one of Slack's errors, never a 500."""

import json
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.blocks import BLOCKS, check_blocks
from practice.company import load_company
from practice.config import AppConfig, Timings
from practice.elements import ELEMENTS
from practice.limits import validate_message_blocks, validate_view
from practice.payloads import SlackError
from practice.schemas import Report
from practice.server import Workspace
from practice.web_api import METHODS
from practice.web_api.methods import ApiCall, CallArguments
from practice.world import World
from tests.e2e.slack_user import SlackUser

COMPANY = load_company()
SCOPES = frozenset(scope for method in METHODS.values() for scope in method.scopes)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["type", "text", "elements", "element", "accessory", "fields", "label", "block_id", "action_id", "options",
     "option_groups", "initial_option", "initial_options", "rows", "style", "confirm", "value", "blocks", "title"]
)  # fmt: skip
TYPES = st.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "rich_text_section", "modal", "home"])
BLOCKISH = st.recursive(
    JUNK | TYPES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.builds(
            lambda kind, rest: {**rest, "type": kind}, TYPES, st.dictionaries(KEYS, inner, max_size=5)
        )
    ),
    max_leaves=15,
)
ARGS = st.dictionaries(
    st.sampled_from(
        ["channel", "user", "users", "ts", "text", "blocks", "view", "view_id", "trigger_id", "metadata", "limit",
         "cursor", "files", "types", "name", "timestamp", "oldest", "latest", "user_id", "filename", "length",
         "attachments", "thread_ts", "channels", "hash", "external_id", "email", "file", "bot", "team"]
    ),
    JUNK | st.sampled_from(["D0MAYA", "C0GENERAL", "U0MAYA", "next:1", "next:9999999", "next:x", "1.1", "im"]),
    max_size=6,
)  # fmt: skip


@given(BLOCKISH)
def test_blocks_are_accepted_or_refused_when_they_are_any_json(value: Any) -> None:
    for kind in ("modal", "home"):
        _assert_no_crash(validate_view, value, kind)
        _assert_no_crash(validate_view, {"type": kind, "title": value, "blocks": [value]}, kind)
    _assert_no_crash(validate_message_blocks, [value])
    check_blocks(value, Report("message"))


def _assert_no_crash(check: Any, *args: Any) -> None:
    with suppress(SlackError):
        check(*args)


@pytest.mark.parametrize("name", sorted(METHODS))
@given(args=ARGS)
@settings(max_examples=25)
def test_method_answers_or_refuses_when_its_arguments_are_any_json(name: str, args: dict[str, Any]) -> None:
    # A world without a server: nothing is sent, because the app subscribes to no events.
    world = World(COMPANY, AppConfig(scopes=SCOPES), Timings(message_burst=10**6))

    _assert_no_crash(METHODS[name].handler, ApiCall(world, CallArguments(args)))


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ({"Content-Type": "application/json"}, b"{", "invalid_json"),
        ({"Content-Type": "application/json"}, b"[1]", "json_not_object"),
        ({"Content-Type": "application/json"}, b"\xff\xfe", "invalid_json"),
        ({"Content-Type": "application/json; charset=nonsense"}, b"{}", "invalid_json"),
        ({"Content-Type": "text/plain"}, b"hello", "invalid_post_type"),
        ({"Content-Type": "application/json"}, b"[" * 100_000, "invalid_json"),
    ],
)
async def test_call_is_refused_when_its_body_cannot_be_read(
    workspace: Workspace, session: aiohttp.ClientSession, headers: dict[str, str], body: bytes, code: str
) -> None:
    async with session.post(f"{workspace.url}/api/api.test", data=body, headers=headers) as response:
        answer = await response.json()

    assert (response.status, answer) == (200, {"ok": False, "error": code})


@pytest.mark.parametrize(
    ("name", "token", "code"),
    [
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-stolen", "invalid_auth"),
        ("no.such", "bot", "unknown_method"),
        ("chat.postMessage", "app", "not_allowed_token_type"),
        ("apps.connections.open", "bot", "not_allowed_token_type"),
    ],
)
async def test_call_is_refused_when_its_token_is_not_the_right_one(
    workspace: Workspace, session: aiohttp.ClientSession, name: str, token: str, code: str
) -> None:
    known = {"bot": workspace.app.bot_token, "app": workspace.app.app_token}
    headers = {"Authorization": f"Bearer {known.get(token, token)}"}

    async with session.post(f"{workspace.url}/api/{name}", headers=headers) as response:
        answer = await response.json()

    assert answer["error"] == code


async def test_call_names_the_scope_it_lacks(workspace: Workspace, session: aiohttp.ClientSession) -> None:
    workspace.app.scopes = frozenset({"im:history", "im:write"})
    headers = {"Authorization": f"Bearer {workspace.app.bot_token}"}
    form = {"channel": "U0MAYA", "text": "t"}

    async with session.post(f"{workspace.url}/api/chat.postMessage", headers=headers, data=form) as response:
        answer = await response.json()

    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "im:history,im:write",
    }
    assert response.headers["x-oauth-scopes"] == "im:history,im:write"
    assert response.headers["x-accepted-oauth-scopes"] == "chat:write"


@pytest.mark.parametrize(
    "gesture", ["say", "edit", "click", "submit", "person", "clock", "faults", "file", "react"]
)
@pytest.mark.parametrize(
    "body", ["{", "[]", "{}", '{"as": 5}', '{"as": "U0MAYA", "text": 5, "ts": [], "id": {}}']
)
async def test_gesture_is_refused_with_a_message_when_it_makes_no_sense(
    workspace: Workspace, session: aiohttp.ClientSession, gesture: str, body: str
) -> None:
    async with session.post(f"{workspace.url}/human/{gesture}", data=body) as response:
        answer = await response.json()

    assert response.status in (200, 400)
    assert answer["ok"] is (response.status == 200)


async def test_text_is_stored_unchanged_when_it_is_unusual(maya: SlackUser, workspace: Workspace) -> None:
    unusual = "\x00 \ud800 \u202e <!channel> '; DROP TABLE x; -- =HYPERLINK() 👩‍👩‍👧"

    ts = await maya.says(unusual, raw=True)

    stored = workspace.world.messages.find("D0MAYA", ts)
    assert stored is not None
    assert stored.text == unusual
    assert (await maya.last_message())["text"] == json.loads(json.dumps(unusual))


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
async def test_request_is_refused_when_another_sites_page_sends_it(
    workspace: Workspace, session: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    body = {"as": "U0MAYA", "text": "not mine"}
    async with session.post(f"{workspace.url}/human/say", json=body, headers=headers) as response:
        assert response.status == 403

    assert workspace.world.messages.list_in_channel("D0MAYA") == []
