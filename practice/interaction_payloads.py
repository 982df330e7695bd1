"""The complete payloads of clicks, submissions, shortcuts and commands, as Slack sends them."""

import time
from typing import Any

from practice.channels import Channel
from practice.messages import Message, as_slack_message
from practice.payloads import Json
from practice.people import Person
from practice.state_values import input_values
from practice.views import VIEW_FIELDS, View
from practice.world import World


def action_ts() -> str:
    """Return the current time in Slack's action_ts format."""
    return f"{time.time():.6f}"


def as_slack_view(world: World, view: View, values: Json | None = None, as_of: str = "") -> Json:
    """Return Slack's view object; `values` are the typed ones, `as_of` selects an older version."""
    content = view.versions.get(as_of, view.content)
    typed = input_values(content["blocks"], view.values) if values is None else values
    shown: Json = {
        "id": view.id,
        "team_id": world.company.team_id,
        "type": content["type"],
        "blocks": content["blocks"],
        "state": {"values": typed},
        "hash": as_of or view.hash,
        "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous or None,
        "root_view_id": view.root,
        "app_id": world.company.app_id,
        "app_installed_team_id": world.company.team_id,
        "bot_id": world.company.bot_id,
    }
    return shown | {name: content.get(name) or "" for name in VIEW_FIELDS}


def _common_fields(world: World, person: Person, kind: str) -> Json:
    return {
        "type": kind,
        "team": {
            "id": person.team,
            "domain": world.company.domain if person.team == world.company.team_id else "orbit",
        },
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team},
        "api_app_id": world.company.app_id,
        "token": world.app.verification_token,
        "enterprise": {"id": person.enterprise, "name": "Orbit"} if person.enterprise else None,
        "is_enterprise_install": False,
    }


def click_in_message(world: World, person: Person, message: Message, action: Json) -> Json:
    """Build block_actions of a message; an ephemeral one comes without the message."""
    channel = world.channels.find(message.channel) or world.channels.open_dm(person.id)
    ephemeral = bool(message.ephemeral_to)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    given = world.message_values.get((person.id, channel.id, message.ts), {})
    response_url = world.response_urls.issue(
        person.id, channel.id, message.ts, ephemeral=ephemeral, thread_ts=message.thread_ts
    )
    payload = _common_fields(world, person, "block_actions") | {
        "container": container,
        "trigger_id": world.triggers.issue(person.id),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": input_values(message.blocks, given)},
        "response_url": f"{world.url}/response/{response_url}",
        "actions": [action],
    }
    if not ephemeral:
        payload["message"] = as_slack_message(message)
    return payload


def click_in_view(world: World, person: Person, view: View, action: Json) -> Json:
    """Build block_actions of a modal or the Home tab."""
    return _common_fields(world, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.triggers.issue(person.id, view.id),
        "view": as_slack_view(world, view),
        "actions": [action],
    }


def view_submission(world: World, person: Person, view: View, values: Json, *, as_of: str = "") -> Json:
    """Build view_submission; `as_of` is the hash of the version on the person's screen."""
    return _common_fields(world, person, "view_submission") | {
        "trigger_id": world.triggers.issue(person.id, view.id),
        "view": as_slack_view(world, view, values, as_of),
        "response_urls": [],
    }


def view_closed(world: World, person: Person, view: View, *, cleared: bool) -> Json:
    """Build view_closed."""
    return _common_fields(world, person, "view_closed") | {
        "view": as_slack_view(world, view),
        "is_cleared": cleared,
    }


def global_shortcut(world: World, person: Person, callback_id: str) -> Json:
    """Build a global shortcut."""
    payload = _common_fields(world, person, "shortcut")
    if person.is_member_of(world.company.team_id):  # used in this workspace, wherever their home workspace is
        payload["team"] = {"id": world.company.team_id, "domain": world.company.domain}
    return payload | {
        "action_ts": action_ts(),
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(person.id),
    }


def message_shortcut(world: World, person: Person, message: Message, callback_id: str) -> Json:
    """Build a message shortcut."""
    channel = world.channels.find(message.channel) or world.channels.open_dm(person.id)
    response_url = world.response_urls.issue(person.id, channel.id, message.ts)
    return _common_fields(world, person, "message_action") | {
        "action_ts": action_ts(),
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(person.id),
        "channel": {"id": channel.id, "name": channel.name},
        "message": as_slack_message(message),
        "message_ts": message.ts,
        "response_url": f"{world.url}/response/{response_url}",
    }


def slash_command(world: World, person: Person, channel: Channel, command_and_text: tuple[str, str]) -> Json:
    """Build a slash command."""
    response_url = world.response_urls.issue(person.id, channel.id, ephemeral=True)
    return {
        "token": world.app.verification_token,
        "team_id": world.company.team_id,
        "team_domain": world.company.domain,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": person.id,
        "user_name": person.name,
        "command": command_and_text[0],
        "text": command_and_text[1],
        "api_app_id": world.company.app_id,
        "is_enterprise_install": "false",
        "response_url": f"{world.url}/response/{response_url}",
        "trigger_id": world.triggers.issue(person.id),
    }


def action_entry(block: Json, element: Json, answer: Json) -> Json:
    """Build one entry of `actions`: the current element plus the choice."""
    action: Json = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    for name in ("text", "value", "style", "placeholder", "url"):
        if name in element:
            action[name] = element[name]
    for name, value in element.items():
        if name.startswith("initial_"):
            action[name] = value
    chosen: dict[str, Any] = {name: value for name, value in answer.items() if name != "type"}
    return action | chosen | {"action_ts": action_ts()}
