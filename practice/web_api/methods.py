"""Building blocks of a Web API method: its name, scopes, arguments and answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from practice.channels import Channel
from practice.messages import Message
from practice.payloads import Json, SlackError
from practice.people import Person
from practice.world import World


class CallArguments:
    """The arguments of a call, sent as a form, a query or JSON."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """Return a string argument."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, (dict, list, bool)):
            raise SlackError("invalid_arguments", [f"[ERROR] must be a string [json-pointer:/{name}]"])
        return str(value)

    def require(self, name: str, error: str = "invalid_arguments") -> str:
        """Return a required string argument."""
        value = self.text(name)
        if not value:
            raise SlackError(error, [f"[ERROR] missing required field: {name} [json-pointer:/{name}]"])
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a boolean argument."""
        value = self.values.get(name)
        if value is None:
            return default
        return str(value).lower() in ("1", "true", "t", "yes")

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number from 1 to `most`."""
        raw = self.text(name)
        if not raw:
            return default
        try:
            value = int(raw)
        except ValueError as problem:
            message = f"[ERROR] must be an integer [json-pointer:/{name}]"
            raise SlackError("invalid_arguments", [message]) from problem
        if not 1 <= value <= most:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments")
        return value

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return a JSON argument, whether sent as JSON or as a string of it."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as problem:
            raise SlackError(error, [f"[ERROR] not valid JSON [json-pointer:/{name}]"]) from problem

    def string_list(self, name: str) -> list[str]:
        """Return a list of ids, sent as JSON or separated by commas."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in self.text(name).split(",") if part.strip()]


@dataclass
class ApiCall:
    """One call of the bot: the world it acts on and its arguments."""

    world: World
    args: CallArguments
    history_lag: float = 0.0

    def require_scope(self, *any_of: str) -> None:
        """Refuse the call unless the app was granted one of these scopes."""
        granted = self.world.app.scopes
        if not granted.intersection(any_of):
            raise SlackError("missing_scope", needed=any_of[0], provided=",".join(sorted(granted)))

    def channel(self, name: str = "channel") -> Channel:
        """Return the conversation a call is about."""
        wanted = self.args.require(name, "channel_not_found" if name == "channel" else "invalid_arguments")
        channel = self.world.channels.find(wanted)
        if channel is None and wanted.startswith("D"):
            known = self.world.people.find(f"U{wanted[1:]}")
            channel = self.world.channels.open_dm(known.id) if known else None
        hidden = channel is not None and channel.private and self.world.bot_user_id not in channel.members
        if channel is None or hidden:
            raise SlackError("channel_not_found")
        return channel

    def person(self, name: str = "user") -> Person:
        """Return the person a call is about."""
        person = self.world.people.find(self.args.require(name, "user_not_found"))
        if person is None:
            raise SlackError("user_not_found")
        return person

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """Return the message a call is about; ephemeral ones can't be reached."""
        message = self.world.messages.find(channel.id, self.args.require(name, "message_not_found"))
        if message is None or message.ephemeral_to:
            raise SlackError("message_not_found")
        return message


MethodHandler = Callable[[ApiCall], Json]


@dataclass(frozen=True)
class Method:
    """A Web API method; without scopes any token of its kind may call it."""

    name: str
    scopes: tuple[str, ...]
    token: str
    handler: MethodHandler


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, token: str = "bot") -> Callable[[MethodHandler], MethodHandler]:
    """Register a function as the handler of a method; any one of the scopes is enough."""

    def register(answer: MethodHandler) -> MethodHandler:
        METHODS[name] = Method(name, scopes, token, answer)
        return answer

    return register


def paginate(items: list[Any], args: CallArguments, default: int, most: int = 1000) -> tuple[list[Any], str]:
    """Return one page of a list and the cursor of the next page."""
    limit = args.number("limit", default, most)
    cursor = args.text("cursor")
    start = 0
    if cursor:
        if not cursor.startswith("next:") or not cursor[5:].isdecimal():
            raise SlackError("invalid_cursor")
        start = int(cursor[5:])
    next_cursor = f"next:{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], next_cursor
