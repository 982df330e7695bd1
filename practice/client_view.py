"""The human side's read endpoints: workspace, messages, modals, Home tab, and the journal for tests."""

from dataclasses import asdict

from practice.channels import Channel, dm_id
from practice.interaction_payloads import as_slack_view
from practice.messages import Message, as_slack_message
from practice.payloads import GestureError, Json
from practice.people import Person
from practice.state_values import input_values
from practice.views import View
from practice.world import World

Query = dict[str, str]


def show_state(world: World, query: Query) -> Json:
    """Return everything but the messages: GET /human/state."""
    me = world.people.require(query.get("as"))
    channels = [world.channels.open_dm(me.id), *world.channels.list_for_member(me.id)]
    company, app = world.company, world.app
    return {
        "team": {"id": company.team_id, "name": company.team_name, "domain": company.domain},
        "me": person_json(world, me),
        "people": [person_json(world, person) for person in world.people],
        "channels": [_channel_json(world, channel) for channel in channels],
        "clock": world.clock.as_response(),
        "unread": {channel.id: _count_unread(world, me, channel) for channel in channels},
        "commands": app.commands,
        "shortcuts": app.shortcuts,
        "bot": {
            "id": company.bot_user,
            "bot_id": company.bot_id,
            "app_id": company.app_id,
            "name": app.name,
            "dm": dm_id(me.id),
            "home_tab": app.home_tab,
            "messages_tab": app.messages_tab and not app.messages_read_only,
            "connected": app.transport == "http" or world.socket.connection_count > 0,
        },
    }


def show_messages(world: World, query: Query) -> Json:
    """Return the messages of a channel or of one thread: GET /human/messages."""
    me = world.people.require(query.get("as"))
    channel = _target_channel(world, me, query.get("channel", ""))
    thread = query.get("thread_ts", "")
    seen = world.messages.list_in_channel(channel.id, ephemeral_for=me.id)
    if thread:
        shown = [m for m in seen if thread in (m.ts, m.thread_ts)]
    else:
        shown = [m for m in seen if not m.thread_ts or m.thread_ts == m.ts or m.subtype == "thread_broadcast"]
        world.last_read[me.id, channel.id] = max([m.n for m in seen], default=0)
    return {"channel": channel.id, "messages": [message_json(world, me, m) for m in shown]}


def show_modals(world: World, query: Query) -> Json:
    """Return the open modals, the top one last: GET /human/views."""
    me = world.people.require(query.get("as"))
    return {"stack": [_view_json(world, view) for view in world.views.stack(me.id)]}


def show_home(world: World, query: Query) -> Json:
    """Return the Home tab: GET /human/home."""
    me = world.people.require(query.get("as"))
    view = world.views.find_home(me.id)
    return {"view": _view_json(world, view) if view else None}


def show_journal(world: World, query: Query) -> Json:
    """Return the bot's calls and the deliveries to it: GET /human/journal."""
    since = query.get("since", "0")
    if not since.isdecimal():
        raise GestureError("since is a number.")
    return {"entries": world.journal.entries_after(int(since)), "last": world.journal.last_number}


def show_faults(world: World, query: Query) -> Json:
    """Return the scripted faults that are left: GET /human/faults."""
    return {"rules": [vars(rule) for rule in world.faults.rules]}


def person_json(world: World, person: Person) -> Json:
    """Return a person as the page shows them."""
    external = person.team != world.company.team_id
    return {**asdict(person), "shown_name": person.shown_name, "external": external}


def message_json(world: World, me: Person, message: Message) -> Json:
    """Return a message as the page shows it: a person's text, or the bot's blocks and text."""
    shown = as_slack_message(message)
    shown |= {
        "n": message.n,
        "channel": message.channel,
        "blocks": message.blocks if message.bot_id else [],
        "reactions": message.reactions,
        "files": message.files,
        "reply_count": len(message.replies),
        "ephemeral": bool(message.ephemeral_to),
    }
    if message.bot_id and message.blocks:
        given = world.message_values.get((me.id, message.channel, message.ts), {})
        shown["values"] = input_values(message.blocks, given)
    return shown


def _view_json(world: World, view: View) -> Json:
    shown = as_slack_view(world, view)
    return {**shown, "values": shown["state"]["values"]}


def _channel_json(world: World, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": world.app.name if channel.dm_with else channel.name,
        "purpose": channel.purpose,
        "kind": channel.kind,
        "private": channel.private,
        "ext_shared": channel.ext_shared,
        "members": channel.members,
        "has_bot": world.bot_user_id in channel.members,
    }


def _count_unread(world: World, me: Person, channel: Channel) -> int:
    seen = world.last_read.get((me.id, channel.id), 0)
    messages = world.messages.list_in_channel(channel.id, ephemeral_for=me.id)
    return sum(m.n > seen and m.user != me.id for m in messages)


def _target_channel(world: World, me: Person, name: str) -> Channel:
    dm = world.channels.open_dm(me.id)
    channel = dm if name in ("", dm.id) else world.channels.find(name)
    if channel is None or me.id not in channel.members:
        raise GestureError(f"{me.shown_name} is in no channel {name!r}.")
    return channel
