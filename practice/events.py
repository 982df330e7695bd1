"""Events in the Events API's envelope: only subscribed ones, only what the bot can see."""

import secrets

from practice.channels import Channel
from practice.files import File, as_slack_file
from practice.messages import Message, as_slack_message
from practice.payloads import Json
from practice.people import Person, as_slack_user
from practice.world import World


def send_event(
    world: World, subscription: str, event: Json, *, channel: Channel | None = None, team: str = ""
) -> None:
    """Send an event if the app is subscribed to it and the bot is in the channel where it happened."""
    if subscription not in world.app.bot_events:
        return
    if channel is not None and world.bot_user_id not in channel.members:
        return
    company = world.company
    event.setdefault("event_ts", world.messages.new_ts(world.clock.now()))
    envelope: Json = {
        "token": world.app.verification_token,
        "team_id": team or company.team_id,
        "context_team_id": company.team_id,
        "context_enterprise_id": None,
        "api_app_id": company.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": world.clock.unix_seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": company.team_id,
                "user_id": world.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.ext_shared),
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }
    world.delivery.send_event(envelope)


def send_message_posted(world: World, channel: Channel, message: Message) -> None:
    """Send the event of a new message."""
    event = as_slack_message(message, metadata=True, thread=False)
    event |= {"channel": channel.id, "event_ts": message.ts, "channel_type": channel.kind}
    if message.team != world.company.team_id:
        event |= {"user_team": message.team, "source_team": message.team}
    if message.subtype == "file_share":
        event["upload"] = False
    send_event(world, channel.message_event, event, channel=channel, team=message.team)


def send_message_changed(world: World, channel: Channel, message: Message, previous: Json) -> None:
    """Send the event of a changed message (an edit, a link preview, the bot's own update)."""
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": {**as_slack_message(message), "source_team": message.team, "user_team": message.team},
        "previous_message": previous,
        "channel": channel.id,
        "hidden": True,
        "ts": world.messages.new_ts(world.clock.now()),
        "channel_type": channel.kind,
    }
    event["event_ts"] = event["ts"]
    send_event(world, channel.message_event, event, channel=channel, team=message.team)


def send_message_deleted(world: World, channel: Channel, message: Message, previous: Json) -> None:
    """Send the event of a deleted message."""
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": previous,
        "channel": channel.id,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": world.messages.new_ts(world.clock.now()),
        "channel_type": channel.kind,
    }
    event["event_ts"] = event["ts"]
    send_event(world, channel.message_event, event, channel=channel, team=message.team)


def send_reaction(world: World, channel: Channel, message: Message, change: Json) -> None:
    """Send reaction_added or reaction_removed; `change` holds type, user and reaction."""
    event = {
        **change,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.user,
    }
    send_event(world, str(change["type"]), event, channel=channel)


def send_home_opened(world: World, person: Person, tab: str, view: Json | None) -> None:
    """Send app_home_opened, with the view only if one was published before."""
    channel = world.channels.open_dm(person.id)
    event: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
    if view is not None and tab == "home":
        event["view"] = view
    send_event(world, "app_home_opened", event, team=person.team)


def send_person_changed(world: World, person: Person, *, joined: bool) -> None:
    """Send user_change or team_join."""
    kind = "team_join" if joined else "user_change"
    email = "users:read.email" in world.app.scopes
    user = as_slack_user(person, world.company.team_id, world.clock.now(), email=email, locale=True)
    event: Json = {"type": kind, "user": user}
    if not joined:
        event["cache_ts"] = world.clock.unix_seconds()
    send_event(world, kind, event)


def send_member_joined(world: World, channel: Channel, user: str, inviter: str = "") -> None:
    """Send member_joined_channel."""
    kind = "G" if channel.private else "C"
    event: Json = {"type": "member_joined_channel", "user": user, "channel": channel.id, "channel_type": kind}
    event["team"] = world.company.team_id
    if inviter:
        event["inviter"] = inviter
    send_event(world, "member_joined_channel", event, channel=channel)


def send_member_left(world: World, channel: Channel, user: str) -> None:
    """Send member_left_channel."""
    kind = "G" if channel.private else "C"
    event: Json = {"type": "member_left_channel", "user": user, "channel": channel.id, "channel_type": kind}
    event["team"] = world.company.team_id
    send_event(world, "member_left_channel", event, channel=channel)


def send_file_shared(world: World, channel: Channel, file: File) -> None:
    """Send file_shared, which accompanies the message of subtype file_share."""
    shown = as_slack_file(file, world.url)
    event = {
        "type": "file_shared",
        "channel_id": channel.id,
        "file_id": file.id,
        "user_id": file.user,
        "file": {"id": shown["id"]},
    }
    send_event(world, "file_shared", event, channel=channel)


def send_app_uninstalled(world: World) -> None:
    """Send the two events that follow when an admin removes the app; Slack promises no order."""
    send_event(world, "app_uninstalled", {"type": "app_uninstalled"})
    tokens = {"oauth": [], "bot": [world.bot_user_id]}
    send_event(world, "tokens_revoked", {"type": "tokens_revoked", "tokens": tokens})
