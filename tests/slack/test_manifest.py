"""The manifest: valid for Slack in both forms, with exactly the permissions that the code uses."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot import ids
from bot.handlers import build_routes
from bot.slack import manifest
from bot.slack.methods import METHODS

ROOT = Path(__file__).parents[2]
RULES = json.loads((ROOT / "tests" / "manifest-rules.json").read_text("utf-8"))

SCOPES_OF_METHODS = {
    "auth.test": "",
    "apps.connections.open": "",  # the app-level token's connections:write, which no manifest lists
    "chat.delete": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": "im:write",
    "dnd.teamInfo": "dnd:read",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "team.info": "team:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "views.open": "",
    "views.publish": "",
    "views.push": "",
    "views.update": "",
}
"""The permission that Slack requires for each method as the bot uses it; one for each kind of channel."""

SCOPES_OF_EVENTS = {
    "app_home_opened": "",
    "app_uninstalled": "",
    "message.im": "im:history",
    "team_join": "users:read",
    "tokens_revoked": "",
    "user_change": "users:read",
}
"""The permission that Slack requires for each subscription."""


@pytest.fixture(params=["socket", "http"])
def form(request: pytest.FixtureRequest) -> manifest.Manifest:
    """The manifest in each of its forms."""
    if request.param == "socket":
        return manifest.socket_mode_manifest()
    return manifest.http_manifest("https://hakawati.example.com")


def subscribed_events(form: manifest.Manifest) -> list[str]:
    """Return the events that the app subscribes to."""
    return list(form["settings"]["event_subscriptions"]["bot_events"])


def test_slack_accepts_the_manifest_in_either_form(form: manifest.Manifest) -> None:
    jsonschema.Draft202012Validator(RULES).validate(form)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("display_information", "name"), "x" * 36),
        (("display_information", "long_description"), "too short"),
        (("features", "surprise"), {}),
        (("settings", "interactivity", "request_url"), "ftp://example.com"),
    ],
)
def test_the_rules_refuse_a_manifest_when_slack_would(path: tuple[str, ...], value: object) -> None:
    form = manifest.socket_mode_manifest()
    place: Any = form
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert not jsonschema.Draft202012Validator(RULES).is_valid(form)


def test_the_package_contains_the_same_manifest_as_the_project() -> None:
    packaged = files("bot.slack").joinpath("manifest.yml").read_text("utf-8")

    assert packaged == (ROOT / "manifest.yml").read_text("utf-8"), (
        "run: cp manifest.yml bot/slack/manifest.yml"
    )


def test_every_permission_is_used_and_every_use_is_permitted(form: manifest.Manifest) -> None:
    asked = set(form["oauth_config"]["scopes"]["bot"])
    wanted = (SCOPES_OF_METHODS[method] for method in METHODS)
    methods = {scope for given in wanted for scope in ((given,) if isinstance(given, str) else given)}
    used = methods | {SCOPES_OF_EVENTS[event] for event in subscribed_events(form)} | {"commands"}

    assert asked == used - {""}


def test_every_subscribed_event_is_handled_and_every_handled_one_subscribed(form: manifest.Manifest) -> None:
    assert {event.partition(".")[0] for event in subscribed_events(form)} == set(build_routes()["event"])


def test_commands_and_shortcuts_are_exactly_the_handled_ones(form: manifest.Manifest) -> None:
    features = form["features"]

    assert {command["command"] for command in features["slash_commands"]} == set(build_routes()["command"])
    assert {shortcut["callback_id"] for shortcut in features["shortcuts"]} == set(build_routes()["shortcut"])
    assert ids.COMMAND in build_routes()["command"]
    assert ids.SHORTCUT_START in build_routes()["shortcut"]


def test_people_can_write_to_the_bot_and_see_its_home(form: manifest.Manifest) -> None:
    home = form["features"]["app_home"]

    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_each_permission_is_explained_in_the_documents() -> None:
    text = (ROOT / "docs" / "permissions.md").read_text("utf-8")
    explained = {
        line.removeprefix("## `").rstrip("`") for line in text.splitlines() if line.startswith("## `")
    }

    assert explained == manifest.required_scopes() | {"connections:write"}
    assert all(f"`{event}`" in text for event in subscribed_events(manifest.socket_mode_manifest()))


@pytest.mark.parametrize("url", ["https://h.example", "https://h.example/", "https://h.example/slack/events"])
def test_manifest_has_one_address_for_everything_when_slack_uses_http(url: str) -> None:
    form = manifest.http_manifest(url)
    target = "https://h.example/slack/events"

    assert form["settings"]["socket_mode_enabled"] is False
    assert form["settings"]["event_subscriptions"]["request_url"] == target
    assert form["settings"]["interactivity"]["request_url"] == target
    assert [command["url"] for command in form["features"]["slash_commands"]] == [target]
    assert manifest.socket_mode_manifest()["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize("url", ["http://h.example", "h.example", "", "https://", "https://h.example?x=1"])
def test_an_address_is_refused_when_slack_could_not_use_it(url: str) -> None:
    with pytest.raises(manifest.InvalidAddressError, match=r"https://hakawati\.example\.com"):
        manifest.http_manifest(url)


def test_the_printed_form_reads_back_as_the_same_manifest(form: manifest.Manifest) -> None:
    assert yaml.safe_load(manifest.dump_yaml(form)) == form
