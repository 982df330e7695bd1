"""Tests of the coverage table against the code and against Slack's own client."""

import inspect
import re
import tomllib
from fnmatch import fnmatchcase
from importlib import resources
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from practice.server import Workspace
from practice.web_api import METHODS
from practice.web_api.server import JSON_METHODS
from tests.practice.reference_bot import ReferenceBot, modal, section, text_input

TABLE: dict[str, Any] = tomllib.loads(
    (resources.files("practice") / "coverage.toml").read_text(encoding="utf-8")
)
ABSENT = [*TABLE["absent"]["families"], *TABLE["absent"]["methods"]]
HOME = {"type": "home", "blocks": [section("Home")]}

# One good call of every method; "{…}" stands for an id from the workspace.
CALLS: dict[str, dict[str, Any]] = {
    "api.test": {"colour": "blue"},
    "apps.connections.open": {},
    "auth.test": {},
    "bots.info": {"bot": "B0HAKAWATI"},
    "chat.delete": {"channel": "{dm}", "ts": "{of_bot}"},
    "chat.getPermalink": {"channel": "{dm}", "message_ts": "{of_bot}"},
    "chat.postMessage": {"channel": "U0MAYA", "text": "hello"},
    "chat.update": {"channel": "{dm}", "ts": "{of_bot}", "text": "new"},
    "conversations.history": {"channel": "{dm}"},
    "conversations.info": {"channel": "{dm}"},
    "conversations.join": {"channel": "C0MONDAY"},
    "conversations.list": {},
    "conversations.members": {"channel": "C0GENERAL"},
    "conversations.open": {"users": "U0MAYA"},
    "conversations.replies": {"channel": "{dm}", "ts": "{of_bot}"},
    "dnd.info": {"user": "U0MAYA"},
    "dnd.teamInfo": {"users": "U0MAYA,U0SALMA"},
    "emoji.list": {},
    "files.completeUploadExternal": {"files": [{"id": "{file}", "title": "A chart"}], "channel_id": "{dm}"},
    "files.delete": {"file": "{file}"},
    "files.getUploadURLExternal": {"filename": "chart.png", "length": "4"},
    "files.info": {"file": "{file}"},
    "reactions.add": {"channel": "{dm}", "timestamp": "{of_bot}", "name": "eyes"},
    "reactions.get": {"channel": "{dm}", "timestamp": "{of_bot}"},
    "reactions.remove": {"channel": "{dm}", "timestamp": "{of_bot}", "name": "tada"},
    "team.info": {},
    "users.conversations": {},
    "users.info": {"user": "U0MAYA"},
    "users.list": {},
    "users.lookupByEmail": {"email": "maya@qamarlabs.example"},
    "users.profile.get": {"user": "U0MAYA"},
    "views.open": {"trigger_id": "{trigger}", "view": modal("One")},
    "views.publish": {"user_id": "U0MAYA", "view": HOME},
    "views.push": {"trigger_id": "{trigger_inside}", "view": modal("Two")},
    "views.update": {"view_id": "{view}", "view": modal("Three", text_input("Name", "name"))},
}


def test_table_lists_exactly_the_methods_that_are_answered() -> None:
    listed = TABLE["methods"]

    assert set(listed) == set(METHODS)
    assert all(word.partition(":")[0] in ("supported", "partial") for word in listed.values())
    assert all(word == "supported" or len(word) > len("partial: ") for word in listed.values())


def test_table_lists_every_method_that_slacks_client_knows() -> None:
    known = set(re.findall(r'api_call\(\s*"([a-zA-Z.0-9]+)"', inspect.getsource(AsyncWebClient)))

    unlisted = [name for name in known - set(METHODS) if not any(fnmatchcase(name, row) for row in ABSENT)]

    assert sorted(unlisted) == []


def test_every_method_has_a_call_here() -> None:
    assert set(CALLS) == set(METHODS)


@pytest.mark.parametrize("name", sorted(CALLS))
async def test_method_answers_ok_when_it_is_called_correctly(name: str, workspace: Workspace) -> None:
    bot = ReferenceBot(workspace)
    token = workspace.app.app_token if METHODS[name].token == "app" else workspace.app.bot_token
    args = _fill_arguments(CALLS[name], await _make_objects(workspace, bot.client))

    sent = {"json": args} if name in JSON_METHODS else {"params": args}

    answer = await bot.client.api_call(name, headers={"Authorization": f"Bearer {token}"}, **sent)

    assert answer["ok"] is True


async def test_json_is_ignored_when_a_method_only_reads(workspace: Workspace) -> None:
    bot = ReferenceBot(workspace)

    with pytest.raises(SlackApiError) as refused:
        await bot.client.api_call("users.info", json={"user": "U0MAYA"})

    assert refused.value.response["error"] == "user_not_found"


async def _make_objects(workspace: Workspace, client: AsyncWebClient) -> dict[str, str]:
    posted = await client.chat_postMessage(channel="U0MAYA", text="first")
    await client.reactions_add(channel=posted["channel"], timestamp=posted["ts"], name="tada")
    world = workspace.world
    file = world.files.add("chart.png", world.bot_user_id, content=b"four")
    file.uploaded = True
    opened = await client.views_open(trigger_id=world.triggers.issue("U0MAYA"), view=modal("Zero"))
    return {
        "{dm}": posted["channel"],
        "{of_bot}": posted["ts"],
        "{file}": file.id,
        "{trigger}": world.triggers.issue("U0MAYA"),
        "{trigger_inside}": world.triggers.issue("U0MAYA", opened["view"]["id"]),
        "{view}": opened["view"]["id"],
    }


def _fill_arguments(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _fill_arguments(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill_arguments(item, ids) for item in value]
    return ids.get(value, value) if isinstance(value, str) else value
