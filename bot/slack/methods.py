"""The methods of Slack's Web API that the bot calls, and the encoding of their arguments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

METHODS = (
    "auth.test",
    "apps.connections.open",
    "chat.delete",
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
"""Every method the bot calls; a test compares the manifest's scopes with this list."""

JSON_METHODS = frozenset({"chat.postMessage", "chat.update", "views.open", "views.publish", "views.update"})
"""The methods that take blocks. Slack ignores JSON sent to read-only methods, but always accepts a form."""


def encode_form(arguments: Mapping[str, Any]) -> dict[str, str]:
    """Return the arguments as form fields; values that aren't strings are encoded as JSON, as Slack expects."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
