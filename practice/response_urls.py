"""Answers outside the Web API: posts to response URLs and replies to slash commands."""

from typing import Any

from practice import limits, message_store
from practice.channels import Channel
from practice.messages import Message
from practice.payloads import Json, SlackError, as_object, as_text
from practice.triggers import ResponseUrl
from practice.world import World


def show_command_reply(world: World, channel: Channel, user: str, body: Any) -> None:
    """Show the reply to a slash command, only to the person unless it says in_channel."""
    if body in (None, "", {}):
        return
    content = {"text": body} if isinstance(body, str) else as_object(body)
    _post_reply(world, channel, user, content)


def apply_response(world: World, url: ResponseUrl, body: Json) -> None:
    """Apply a post to a response URL."""
    channel = world.channels.find(url.channel) or world.channels.open_dm(url.user)
    message = world.messages.find(channel.id, url.message_ts) if url.message_ts else None
    if body.get("delete_original"):
        if message is not None:
            message_store.remove(world, channel, message)
        return
    if body.get("replace_original") and message is not None:
        text = limits.validate_message_text(as_text(body.get("text")), updating=False)
        blocks = limits.validate_message_blocks(body.get("blocks"))
        message_store.update(world, channel, message, text=text, blocks=blocks)
        return
    _post_reply(world, channel, url.user, {"thread_ts": url.thread_ts if url.ephemeral else "", **body})


def _post_reply(world: World, channel: Channel, user: str, content: Json) -> Message:
    text = limits.validate_message_text(as_text(content.get("text")), updating=False)
    blocks = limits.validate_message_blocks(content.get("blocks"))
    if not text and not blocks:
        raise SlackError("no_text")
    shown_to = "" if content.get("response_type") == "in_channel" else user
    message = message_store.bot_message(
        world,
        channel,
        text,
        blocks=blocks,
        ephemeral_to=shown_to,
        thread_ts=as_text(content.get("thread_ts")),
    )
    return message_store.post(world, channel, message)
