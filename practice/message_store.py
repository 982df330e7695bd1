"""The only writer of messages: it updates the store and notifies the open pages and the bot."""

import re
from typing import Any

from practice import events
from practice.blocks import linkify_blocks
from practice.channels import Channel
from practice.messages import Message, as_slack_message
from practice.payloads import Json, SlackError, compact_json
from practice.world import World

LINK_PATTERN = re.compile(r"<(https?://[^|>]+)")


def bot_message(world: World, channel: Channel, text: str, **fields: Any) -> Message:
    """Return a message of the app's bot, not yet posted."""
    company = world.company
    fields["blocks"] = linkify_blocks(fields.get("blocks", []), world.linkify)
    profile = {
        "id": company.bot_id,
        "app_id": company.app_id,
        "user_id": world.bot_user_id,
        "name": world.app.name,
        "team_id": company.team_id,
        "deleted": False,
        "updated": 1767225600,
        "icons": {},
    }
    return Message(
        channel=channel.id,
        user=world.bot_user_id,
        text=text,
        team=company.team_id,
        bot_id=company.bot_id,
        app_id=company.app_id,
        bot_profile=profile,
        **fields,
    )


def post(world: World, channel: Channel, message: Message) -> Message:
    """Store a new message and notify everybody who can see it."""
    message.ts = world.messages.new_ts(world.clock.now())
    message.stored_at = world.monotonic_seconds()
    world.messages.add(message)
    if message.ephemeral_to:
        world.push.send([message.ephemeral_to], type="ephemeral", channel=channel.id, ts=message.ts)
        return message
    world.push_to_members(
        channel, type="message", ts=message.ts, user=message.user, thread_ts=message.thread_ts
    )
    events.send_message_posted(world, channel, message)
    return message


def announce_change(world: World, channel: Channel, message: Message, previous: Json) -> None:
    """Notify everybody who can see a message that it was changed."""
    if message.ephemeral_to:
        world.push.send([message.ephemeral_to], type="message_changed", channel=channel.id, ts=message.ts)
        return
    world.push_to_members(channel, type="message_changed", ts=message.ts, user=message.user)
    events.send_message_changed(world, channel, message, previous)


def update(
    world: World, channel: Channel, message: Message, *, text: str | None, blocks: list[Json] | None
) -> None:
    """Replace the text and blocks of the bot's message; its old buttons remain reaction for late clicks."""
    previous = as_slack_message(message)
    message.past_blocks = [*message.past_blocks[-20:], message.blocks]
    if text is not None:
        message.text = text
    if blocks is not None:
        message.blocks = linkify_blocks(blocks, world.linkify)
    # Slack shows "(edited)" under text alone, not under blocks.
    now = world.messages.new_ts(world.clock.now())
    message.edited = None if message.blocks else {"user": message.user, "ts": now}
    announce_change(world, channel, message, previous)


def edit(world: World, channel: Channel, message: Message, text: str) -> None:
    """Replace the text of a message with its author's new one."""
    previous = as_slack_message(message)
    message.text = text
    message.edited = {"user": message.user, "ts": world.messages.new_ts(world.clock.now())}
    announce_change(world, channel, message, previous)


def remove(world: World, channel: Channel, message: Message) -> None:
    """Delete a message; one with replies leaves a tombstone, as in Slack."""
    previous = as_slack_message(message)
    if message.replies:
        message.subtype, message.text = "tombstone", "This message was deleted."
        message.blocks, message.files, message.attachments = [], [], []
        message.user, message.bot_id, message.metadata = "USLACKBOT", "", None
        announce_change(world, channel, message, previous)
        return
    world.messages.remove(message)
    audience = [message.ephemeral_to] if message.ephemeral_to else channel.members
    world.push.send(audience, type="message_deleted", channel=channel.id, ts=message.ts)
    if not message.ephemeral_to:
        events.send_message_deleted(world, channel, message, previous)


def unfurl(world: World, channel: Channel, message: Message) -> bool:
    """Add a preview of a message's first link, if it has one; its text doesn't change."""
    found = LINK_PATTERN.search(message.text) or LINK_PATTERN.search(compact_json(message.blocks))
    if found is None:
        return False
    previous = as_slack_message(message)
    link = found.group(1)
    message.attachments = [
        {"from_url": link, "original_url": link, "title": link, "title_link": link, "fallback": link, "id": 1}
    ]
    announce_change(world, channel, message, previous)
    return True


def add_reaction(world: World, channel: Channel, message: Message, *, user: str, name: str) -> None:
    """Add somebody's reaction to a message."""
    reaction = next((r for r in message.reactions if r["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        message.reactions.append(reaction)
    if user in reaction["users"]:
        raise SlackError("already_reacted")
    reaction["users"].append(user)
    reaction["count"] = len(reaction["users"])
    _announce_reaction(world, channel, message, {"type": "reaction_added", "user": user, "reaction": name})


def remove_reaction(world: World, channel: Channel, message: Message, *, user: str, name: str) -> None:
    """Remove somebody's reaction from a message."""
    reaction = next((r for r in message.reactions if r["name"] == name and user in r["users"]), None)
    if reaction is None:
        raise SlackError("no_reaction")
    reaction["users"].remove(user)
    reaction["count"] = len(reaction["users"])
    message.reactions = [r for r in message.reactions if r["users"]]
    _announce_reaction(world, channel, message, {"type": "reaction_removed", "user": user, "reaction": name})


def _announce_reaction(world: World, channel: Channel, message: Message, reaction_event: Json) -> None:
    world.push_to_members(
        channel, type="reaction", ts=message.ts, user=reaction_event["user"], name=reaction_event["reaction"]
    )
    events.send_reaction(world, channel, message, reaction_event)
