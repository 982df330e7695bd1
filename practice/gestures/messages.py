"""Gestures without buttons: write, edit, delete, react, share files, change people and channels."""

import base64
import binascii
import uuid
from typing import Any

from practice import events, message_store
from practice.channels import Channel
from practice.files import as_slack_file
from practice.limits import MAX_TEXT
from practice.messages import Message
from practice.payloads import GestureError, Json, SlackError, as_text
from practice.people import Person
from practice.typed_text import rich_text_blocks, stored_text
from practice.world import World


def acting_person(world: World, body: Json) -> Person:
    """Return the person who makes a gesture; a deactivated person can't."""
    person = world.people.require(body.get("as"))
    if person.deleted:
        raise GestureError(f"{person.shown_name} is deactivated.")
    return person


def target_channel(world: World, person: Person, body: Json) -> Channel:
    """Return the channel of a gesture, by default the app's direct message."""
    name = as_text(body.get("channel"))
    dm = world.channels.open_dm(person.id)
    channel = dm if name in ("", dm.id) else world.channels.find(name)
    if channel is None or person.id not in channel.members:
        raise GestureError(f"{person.shown_name} is in no channel {name!r}.")
    return channel


def target_message(world: World, channel: Channel, body: Json, person: Person) -> Message:
    """Return the message a gesture is about."""
    message = world.messages.find(channel.id, as_text(body.get("ts")))
    if message is None or message.ephemeral_to not in ("", person.id):
        raise GestureError(f"There is no message {body.get('ts')!r} in {channel.id}.")
    return message


def send(world: World, body: Json) -> Message:
    """Post a message a person typed."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    _require_writable(world, channel)
    message = _new_message(person, channel, _typed_text(world, body))
    message.thread_ts = _thread_root(world, channel, body)
    if not body.get("raw") and not message.text.strip():
        raise GestureError("Slack's client does not send an empty message.")
    message_store.post(world, channel, message)
    if body.get("unfurl"):
        message_store.unfurl(world, channel, message)
    return message


def edit(world: World, body: Json) -> Message:
    """Edit one's own message."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    message = _own_message(world, channel, body, person)
    text = _typed_text(world, body)
    message.blocks = rich_text_blocks(text)
    message_store.edit(world, channel, message, text)
    return message


def show_link_preview(world: World, body: Json) -> bool:
    """Show the preview of a link under a message, which changes it without changing its text."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    return message_store.unfurl(world, channel, target_message(world, channel, body, person))


def delete(world: World, body: Json) -> None:
    """Delete one's own message (an ephemeral one is only dismissed)."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    message = target_message(world, channel, body, person)
    if message.user != person.id and message.ephemeral_to != person.id:
        raise GestureError("Only one's own messages can be deleted.")
    message_store.remove(world, channel, message)


def share_file(world: World, body: Json) -> Message:
    """Share a file, with or without text."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    _require_writable(world, channel)
    try:
        content = base64.b64decode(as_text(body.get("content_base64")), validate=True)
    except binascii.Error as problem:
        raise GestureError("content_base64 is not base64.") from problem
    name = as_text(body.get("name")) or "file"
    file = world.files.add(name, person.id, as_text(body.get("mimetype")), content)
    file.uploaded = file.complete = True
    file.created = world.clock.unix_seconds()
    file.channels.append(channel.id)
    message = _new_message(person, channel, _typed_text(world, body))
    message.subtype, message.files = "file_share", [as_slack_file(file, world.url)]
    message.thread_ts = _thread_root(world, channel, body)
    message_store.post(world, channel, message)
    events.send_file_shared(world, channel, file)
    return message


def change_reaction(world: World, body: Json) -> None:
    """Add or remove a reaction."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    message = target_message(world, channel, body, person)
    name = as_text(body.get("name")).strip(":")
    if not name:
        raise GestureError("A reaction needs a name.")
    change = message_store.remove_reaction if body.get("remove") else message_store.add_reaction
    try:
        change(world, channel, message, user=person.id, name=name)
    except SlackError as problem:
        raise GestureError(problem.code) from problem


def open_messages_tab(world: World, body: Json) -> None:
    """Open the app's messages tab."""
    events.send_home_opened(world, acting_person(world, body), "messages", None)


def change_membership(world: World, body: Json) -> Channel:
    """Add the bot (or somebody else) to a channel, or remove them."""
    person = acting_person(world, body)
    channel = target_channel(world, person, body)
    user = as_text(body.get("user")) or world.bot_user_id
    if body.get("remove"):
        if user in channel.members:
            events.send_member_left(world, channel, user)
            channel.members.remove(user)
    elif user not in channel.members:
        channel.members.append(user)
        events.send_member_joined(world, channel, user, person.id)
    world.push_to_members(channel, type="channel")
    return channel


def change_channel(world: World, body: Json) -> Channel:
    """Archive or reopen a channel, or restrict who can post in it."""
    channel = target_channel(world, acting_person(world, body), body)
    if channel.dm_with:
        raise GestureError("A direct message has no such settings.")
    channel.archived = bool(body.get("archived", channel.archived))
    channel.read_only = bool(body.get("read_only", channel.read_only))
    world.push_to_members(channel, type="channel")
    return channel


def change_person(world: World, body: Json) -> Person:
    """Change a person's settings, deactivate them, or let somebody new join."""
    user = as_text(body.get("id"))
    if not user:
        raise GestureError("Whose settings? The body needs an id.")
    joined = world.people.find(user) is None
    person = world.people.upsert(user, body)
    if joined:
        for channel in world.channels:
            if channel.name == "general":
                channel.members.append(user)
    world.push.send(None, type="person", id=user)
    events.send_person_changed(world, person, joined=joined)
    return person


def change_installation(world: World, body: Json) -> None:
    """Install the app, or remove it as an admin does, which revokes its token."""
    if not acting_person(world, body).is_admin:
        raise GestureError("Only an admin installs and removes apps.")
    installed = not body.get("remove")
    if world.app.installed and not installed:
        events.send_app_uninstalled(world)
    world.app.installed = installed


def _typed_text(world: World, body: Json) -> str:
    typed = body.get("text", "")
    if not isinstance(typed, str):
        raise GestureError("text is a string.")
    if body.get("raw"):
        return typed[:MAX_TEXT]
    names = [name for person in world.people for name in (person.shown_name, person.name)]
    return stored_text(
        typed, _id_finder(world.people.find_by_mention), names, _id_finder(world.channels.find_by_name)
    )[:MAX_TEXT]


def _id_finder(find: Any) -> Any:
    def find_id(name: str) -> str | None:
        found = find(name)
        return found.id if found else None

    return find_id


def _new_message(person: Person, channel: Channel, text: str) -> Message:
    return Message(
        channel=channel.id,
        user=person.id,
        text=text,
        team=person.team,
        blocks=rich_text_blocks(text),
        client_msg_id=str(uuid.uuid4()),
    )


def _own_message(world: World, channel: Channel, body: Json, person: Person) -> Message:
    message = target_message(world, channel, body, person)
    if message.user != person.id:
        raise GestureError("Only one's own messages can be changed.")
    return message


def _require_writable(world: World, channel: Channel) -> None:
    if not channel.dm_with:
        return
    if not world.app.messages_tab:
        raise GestureError("The app has its Messages tab turned off.")
    if world.app.messages_read_only:
        raise GestureError("Sending messages to this app has been turned off.")


def _thread_root(world: World, channel: Channel, body: Json) -> str:
    wanted = as_text(body.get("thread_ts"))
    if not wanted:
        return ""
    parent = world.messages.find(channel.id, wanted)
    if parent is None:
        raise GestureError(f"There is no message {wanted!r} to reply to.")
    return parent.thread_ts or parent.ts
