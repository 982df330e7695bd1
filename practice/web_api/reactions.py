"""reactions.*: the small pictures under a message."""

from practice import posting
from practice.channels import Channel
from practice.messages import Message, as_slack_message
from practice.payloads import Json, SlackError
from practice.web_api.methods import Call, method

MOST_EMOJI = 23


@method("reactions.add", "reactions:write")
def add(call: Call) -> Json:
    """Put a reaction of the bot on a message."""
    channel, message = _item(call)
    names = {reaction["name"] for reaction in message.reactions}
    if len(names) >= MOST_EMOJI and _name(call) not in names:
        raise SlackError("too_many_emoji")
    posting.react(call.world, channel, message, user=call.world.bot, name=_name(call))
    return {}


@method("reactions.remove", "reactions:write")
def remove(call: Call) -> Json:
    """Take a reaction of the bot off a message."""
    channel, message = _item(call)
    posting.unreact(call.world, channel, message, user=call.world.bot, name=_name(call))
    return {}


@method("reactions.get", "reactions:read")
def get(call: Call) -> Json:
    """Give a message with who reacted to it."""
    channel, message = _item(call)
    return {"type": "message", "channel": channel.id, "message": as_slack_message(message)}


def _item(call: Call) -> tuple[Channel, Message]:
    if not call.args.text("channel") or not call.args.text("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.channel()
    return channel, call.message(channel, "timestamp")


def _name(call: Call) -> str:
    name = call.args.need("name", "invalid_name").strip(":")
    if not name or " " in name:
        raise SlackError("invalid_name")
    return name
