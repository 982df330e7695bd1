"""Messages come, change and go: the store, the open pages and the bot all hear of it here."""

import re
from typing import Any

from practice import events
from practice.blocks import bring_to_life
from practice.channels import Channel
from practice.messages import Message, as_slack_message
from practice.payloads import Json, SlackError, compact
from practice.world import World

LINK = re.compile(r"<(https?://[^|>]+)")


def of_bot(world: World, channel: Channel, text: str, **fields: Any) -> Message:
    """Make a message of the app's bot; it is not posted yet."""
    company = world.company
    fields["blocks"] = bring_to_life(fields.get("blocks", []), world.parse)
    profile = {
        "id": company.bot_id,
        "app_id": company.app_id,
        "user_id": world.bot,
        "name": world.app.name,
        "team_id": company.team_id,
        "deleted": False,
        "updated": 1767225600,
        "icons": {},
    }
    return Message(
        channel=channel.id,
        user=world.bot,
        text=text,
        team=company.team_id,
        bot_id=company.bot_id,
        app_id=company.app_id,
        bot_profile=profile,
        **fields,
    )


def post(world: World, channel: Channel, message: Message) -> Message:
    """Store a new message and tell everybody."""
    message.ts = world.messages.new_ts(world.clock.now())
    message.stored_at = world.machine_seconds()
    world.messages.add(message)
    if message.ephemeral_to:
        world.live.tell([message.ephemeral_to], type="ephemeral", channel=channel.id, ts=message.ts)
        return message
    world.tell_channel(channel, type="message", ts=message.ts, user=message.user, thread_ts=message.thread_ts)
    events.message_posted(world, channel, message)
    return message


def change(world: World, channel: Channel, message: Message, previous: Json) -> None:
    """Tell everybody that a stored message was changed."""
    if message.ephemeral_to:
        world.live.tell([message.ephemeral_to], type="message_changed", channel=channel.id, ts=message.ts)
        return
    world.tell_channel(channel, type="message_changed", ts=message.ts, user=message.user)
    events.message_changed(world, channel, message, previous)


def redraw(
    world: World, channel: Channel, message: Message, *, text: str | None, blocks: list[Json] | None
) -> None:
    """Let the bot's new text and blocks stand in its message; old buttons stay known for late clicks."""
    previous = as_slack_message(message)
    message.past_blocks = [*message.past_blocks[-20:], message.blocks]
    if text is not None:
        message.text = text
    if blocks is not None:
        message.blocks = bring_to_life(blocks, world.parse)
    # Slack shows "(edited)" under text alone, not under blocks.
    now = world.messages.new_ts(world.clock.now())
    message.edited = None if message.blocks else {"user": message.user, "ts": now}
    change(world, channel, message, previous)


def edit(world: World, channel: Channel, message: Message, text: str) -> None:
    """Let the author's new words stand in a message."""
    previous = as_slack_message(message)
    message.text = text
    message.edited = {"user": message.user, "ts": world.messages.new_ts(world.clock.now())}
    change(world, channel, message, previous)


def remove(world: World, channel: Channel, message: Message) -> None:
    """Take a message away; one with replies leaves a tombstone, as in Slack."""
    previous = as_slack_message(message)
    if message.replies:
        message.subtype, message.text = "tombstone", "This message was deleted."
        message.blocks, message.files, message.attachments = [], [], []
        message.user, message.bot_id, message.metadata = "USLACKBOT", "", None
        change(world, channel, message, previous)
        return
    world.messages.remove(message)
    audience = [message.ephemeral_to] if message.ephemeral_to else channel.members
    world.live.tell(audience, type="message_deleted", channel=channel.id, ts=message.ts)
    if not message.ephemeral_to:
        events.message_deleted(world, channel, message, previous)


def unfurl(world: World, channel: Channel, message: Message) -> bool:
    """Put a preview under the first link of a message, if it has one; its text does not change."""
    found = LINK.search(message.text) or LINK.search(compact(message.blocks))
    if found is None:
        return False
    previous = as_slack_message(message)
    link = found.group(1)
    message.attachments = [
        {"from_url": link, "original_url": link, "title": link, "title_link": link, "fallback": link, "id": 1}
    ]
    change(world, channel, message, previous)
    return True


def react(world: World, channel: Channel, message: Message, *, user: str, name: str) -> None:
    """Add somebody's reaction to a message."""
    known = next((r for r in message.reactions if r["name"] == name), None)
    if known is None:
        known = {"name": name, "users": [], "count": 0}
        message.reactions.append(known)
    if user in known["users"]:
        raise SlackError("already_reacted")
    known["users"].append(user)
    known["count"] = len(known["users"])
    _reacted(world, channel, message, {"type": "reaction_added", "user": user, "reaction": name})


def unreact(world: World, channel: Channel, message: Message, *, user: str, name: str) -> None:
    """Take somebody's reaction off a message."""
    known = next((r for r in message.reactions if r["name"] == name and user in r["users"]), None)
    if known is None:
        raise SlackError("no_reaction")
    known["users"].remove(user)
    known["count"] = len(known["users"])
    message.reactions = [r for r in message.reactions if r["users"]]
    _reacted(world, channel, message, {"type": "reaction_removed", "user": user, "reaction": name})


def _reacted(world: World, channel: Channel, message: Message, change_: Json) -> None:
    world.tell_channel(
        channel, type="reaction", ts=message.ts, user=change_["user"], name=change_["reaction"]
    )
    events.reaction(world, channel, message, change_)
