"""chat.*: the bot's messages."""

from typing import Any

from practice import limits, message_store
from practice.channels import Channel
from practice.messages import Message, as_slack_message
from practice.payloads import Json, SlackError
from practice.web_api.methods import ApiCall, method


@method("chat.postMessage", "chat:write")
def post_message(call: ApiCall) -> Json:
    """Post a message into a channel, or into the direct message with a person."""
    channel = _target_channel(call)
    content = _validated_content(call)
    call.world.rate_limit.acquire(channel.id)
    message = message_store.bot_message(call.world, channel, **content, thread_ts=_thread_root(call, channel))
    if message.thread_ts and call.args.flag("reply_broadcast"):
        message.subtype = "thread_broadcast"
    message_store.post(call.world, channel, message)
    if call.args.flag("unfurl_links", default=True) or call.args.flag("unfurl_media", default=True):
        message_store.unfurl(call.world, channel, message)
    return {"channel": channel.id, "ts": message.ts, "message": _message_json(message)}


@method("chat.update", "chat:write")
def update(call: ApiCall) -> Json:
    """Change a message of the bot."""
    if not call.args.text("channel").startswith(("C", "D", "G")):
        raise SlackError("channel_not_found")
    channel = call.channel()
    message = call.message(channel)
    if message.bot_id != call.world.company.bot_id:
        raise SlackError("cant_update_message")
    has_text = "text" in call.args.values
    blocks = call.args.json("blocks", "invalid_blocks_format")
    if not has_text and blocks is None:
        raise SlackError("no_text")
    text = limits.validate_message_text(call.args.text("text"), updating=True) if has_text else None
    checked = limits.validate_message_blocks(blocks) if blocks is not None else None
    if "metadata" in call.args.values:
        message.metadata = _validated_metadata(call)
    # Text without blocks removes the blocks, as in Slack.
    message_store.update(
        call.world, channel, message, text=text, blocks=checked if checked is not None else []
    )
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": _message_json(message)}


@method("chat.delete", "chat:write")
def delete(call: ApiCall) -> Json:
    """Delete a message of the bot."""
    channel = call.channel()
    message = call.message(channel)
    if message.bot_id != call.world.company.bot_id:
        raise SlackError("cant_delete_message")
    message_store.remove(call.world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink")
def get_permalink(call: ApiCall) -> Json:
    """Return the URL of a message."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    permalink = (
        f"https://{call.world.company.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    )
    return {"channel": channel.id, "permalink": permalink}


def _target_channel(call: ApiCall) -> Channel:
    wanted = call.args.require("channel", "channel_not_found")
    world = call.world
    if wanted.startswith(("U", "W")):
        person = world.people.find(wanted)
        if person is None or person.is_bot:
            raise SlackError("channel_not_found")
        channel = world.channels.open_dm(person.id)
    else:
        channel = world.channels.find_by_name(wanted.lstrip("#")) or call.channel()
    if channel.dm_with and not world.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    if channel.archived:
        raise SlackError("is_archived")
    if world.bot_user_id not in channel.members and (
        channel.private or "chat:write.public" not in world.app.scopes
    ):
        raise SlackError("not_in_channel")
    if channel.read_only:
        raise SlackError("restricted_action_read_only_channel")
    return channel


def _validated_content(call: ApiCall) -> dict[str, Any]:
    blocks = limits.validate_message_blocks(call.args.json("blocks", "invalid_blocks_format"))
    text = call.args.text("text")
    markdown = call.args.text("markdown_text")
    attachments = _validated_attachments(call)
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > limits.MAX_MARKDOWN:
            raise SlackError("msg_too_long")
        blocks = limits.validate_message_blocks([{"type": "markdown", "text": markdown}])
    if not text.strip() and not blocks and not attachments:
        raise SlackError("no_text")
    return {
        "text": limits.validate_message_text(text or markdown, updating=False),
        "blocks": blocks,
        "attachments": attachments,
        "metadata": _validated_metadata(call),
    }


def _validated_attachments(call: ApiCall) -> list[Json]:
    attachments = call.args.json("attachments")
    if attachments is None:
        return []
    if not isinstance(attachments, list) or not all(isinstance(item, dict) for item in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > limits.MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return attachments


def _validated_metadata(call: ApiCall) -> Json | None:
    return limits.validate_metadata(call.args.json("metadata", "invalid_metadata_format"))


def _thread_root(call: ApiCall, channel: Channel) -> str:
    wanted = call.args.text("thread_ts")
    parent = call.world.messages.find(channel.id, wanted) if wanted else None
    if wanted and parent is None:
        raise SlackError("thread_not_found")
    return (parent.thread_ts or parent.ts) if parent else ""


def _message_json(message: Message) -> Json:
    return as_slack_message(message, metadata=True)
