"""reactions.*: emoji reactions to a message."""

from practice import message_store
from practice.channels import Channel
from practice.messages import Message, as_slack_message
from practice.payloads import Json, SlackError
from practice.web_api.methods import ApiCall, method

MAX_EMOJI = 23


@method("reactions.add", "reactions:write")
def add(call: ApiCall) -> Json:
    """Add a reaction of the bot to a message."""
    channel, message = _target_message(call)
    names = {reaction["name"] for reaction in message.reactions}
    if len(names) >= MAX_EMOJI and _emoji_name(call) not in names:
        raise SlackError("too_many_emoji")
    message_store.add_reaction(
        call.world, channel, message, user=call.world.bot_user_id, name=_emoji_name(call)
    )
    return {}


@method("reactions.remove", "reactions:write")
def remove(call: ApiCall) -> Json:
    """Remove a reaction of the bot from a message."""
    channel, message = _target_message(call)
    message_store.remove_reaction(
        call.world, channel, message, user=call.world.bot_user_id, name=_emoji_name(call)
    )
    return {}


@method("reactions.get", "reactions:read")
def get(call: ApiCall) -> Json:
    """Return a message with its reactions."""
    channel, message = _target_message(call)
    return {"type": "message", "channel": channel.id, "message": as_slack_message(message)}


def _target_message(call: ApiCall) -> tuple[Channel, Message]:
    if not call.args.text("channel") or not call.args.text("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    return channel, call.message(channel, "timestamp")


def _emoji_name(call: ApiCall) -> str:
    name = call.args.require("name", "invalid_name").strip(":")
    if not name or " " in name:
        raise SlackError("invalid_name")
    return name
