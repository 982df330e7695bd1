"""The methods of Slack's Web API that the bot calls, and how each takes its arguments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

METHODS = (
    "auth.test",
    "apps.connections.open",
    "chat.delete",
    "chat.postEphemeral",
    "chat.postMessage",
    "chat.update",
    "conversations.history",
    "conversations.info",
    "conversations.open",
    "dnd.teamInfo",
    "files.completeUploadExternal",
    "files.delete",
    "files.getUploadURLExternal",
    "files.info",
    "team.info",
    "users.info",
    "users.list",
    "users.lookupByEmail",
    "views.open",
    "views.publish",
    "views.update",
)
"""Every method the bot calls; the manifest's scopes are held against this list."""

JSON_METHODS = frozenset(
    {"chat.postEphemeral", "chat.postMessage", "chat.update", "views.open", "views.publish", "views.update"}
)
"""Methods with blocks in them. Slack passes over JSON sent to methods that only read; a form it always takes."""


def encode_form(arguments: Mapping[str, Any]) -> dict[str, str]:
    """The arguments as fields of a form: what is no string is written as JSON, as Slack reads it there."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
