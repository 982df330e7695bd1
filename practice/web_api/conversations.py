"""conversations.*: channels, direct messages and their history."""

from practice import events
from practice.channels import Channel, as_slack_channel
from practice.messages import Message, as_slack_message, is_in_timeline
from practice.payloads import Json, SlackError
from practice.web_api.methods import ApiCall, method, paginate

_READ_SCOPES = ("channels:read", "groups:read", "im:read", "mpim:read")


@method("conversations.open", "im:write", "mpim:write")
def open_dm(call: ApiCall) -> Json:
    """Open the direct message with a person."""
    world = call.world
    if call.args.text("channel"):
        channel = call.channel()
        return {"no_op": True, "already_open": True, "channel": _opened_channel(call, channel)}
    people = call.args.string_list("users")
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > 8:
        raise SlackError("too_many_users")
    if len(people) > 1:
        raise SlackError("invalid_user_combination")
    person = world.people.find(people[0])
    if person is None or person.is_bot:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    return {
        "no_op": False,
        "already_open": False,
        "channel": _opened_channel(call, world.channels.open_dm(person.id)),
    }


@method("conversations.info", *_READ_SCOPES)
def info(call: ApiCall) -> Json:
    """Return one conversation."""
    channel = call.channel()
    call.require_scope(channel.required_scope("read"))
    shown = as_slack_channel(channel, call.world.bot_user_id)
    if not call.args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


@method("conversations.history", "channels:history", "groups:history", "im:history", "mpim:history")
def history(call: ApiCall) -> Json:
    """Return messages of a conversation, newest first."""
    channel = _readable_channel(call)
    messages = [m for m in call.world.messages.list_in_channel(channel.id) if is_in_timeline(m)]
    newest_first = sorted(_within_bounds(call, messages), key=lambda m: _ts_key(m.ts), reverse=True)
    found, next_cursor = paginate(newest_first, call.args, 100, 999)
    metadata = call.args.flag("include_all_metadata")
    answer: Json = {
        "messages": [as_slack_message(m, metadata=metadata) for m in found],
        "has_more": bool(next_cursor),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": next_cursor}} if next_cursor else {})


@method("conversations.replies", "channels:history", "groups:history", "im:history", "mpim:history")
def replies(call: ApiCall) -> Json:
    """Return a thread, the parent first."""
    channel = _readable_channel(call)
    wanted = call.args.require("ts", "thread_not_found")
    parent = call.world.messages.find(channel.id, wanted)
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    thread = [m for m in call.world.messages.list_in_channel(channel.id) if root in (m.ts, m.thread_ts)]
    parents = [m for m in thread if m.ts == root]
    rest = sorted(_within_bounds(call, [m for m in thread if m.ts != root]), key=lambda m: _ts_key(m.ts))
    found, next_cursor = paginate([*parents, *rest], call.args, 1000)
    metadata = call.args.flag("include_all_metadata")
    answer: Json = {
        "messages": [as_slack_message(m, metadata=metadata) for m in found],
        "has_more": bool(next_cursor),
    }
    return answer | ({"response_metadata": {"next_cursor": next_cursor}} if next_cursor else {})


@method("conversations.members", *_READ_SCOPES)
def members(call: ApiCall) -> Json:
    """Return the members of a conversation."""
    channel = call.channel()
    call.require_scope(channel.required_scope("read"))
    found, next_cursor = paginate(list(channel.members), call.args, 100)
    return {"members": found, "response_metadata": {"next_cursor": next_cursor}}


@method("conversations.list", *_READ_SCOPES)
def list_channels(call: ApiCall) -> Json:
    """Return the conversations the bot can see."""
    types = call.args.string_list("types") or ["public_channel"]
    if set(types) - {"public_channel", "private_channel", "im", "mpim"}:
        raise SlackError("invalid_types")
    for kind, scope in (
        ("public_channel", "channels:read"),
        ("private_channel", "groups:read"),
        ("im", "im:read"),
    ):
        if kind in types:
            call.require_scope(scope)
    seen = [c for c in call.world.channels if _conversation_type(c) in types and _is_visible(call, c)]
    if call.args.flag("exclude_archived"):
        seen = [c for c in seen if not c.archived]
    found, next_cursor = paginate(seen, call.args, 100)
    shown = [as_slack_channel(channel, call.world.bot_user_id) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": next_cursor}}


@method("conversations.join", "channels:join")
def join(call: ApiCall) -> Json:
    """Add the bot to a public channel."""
    channel = call.channel()
    if channel.dm_with or channel.private:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.world.bot_user_id not in channel.members:
        channel.members.append(call.world.bot_user_id)
        call.world.push_to_members(channel, type="channel")
        events.send_member_joined(call.world, channel, call.world.bot_user_id)
    return {"channel": as_slack_channel(channel, call.world.bot_user_id)}


def _opened_channel(call: ApiCall, channel: Channel) -> Json:
    if call.args.flag("return_im"):
        return as_slack_channel(channel, call.world.bot_user_id)
    return {"id": channel.id}


def _readable_channel(call: ApiCall) -> Channel:
    channel = call.channel()
    call.require_scope(channel.required_scope("history"))
    if call.world.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _within_bounds(call: ApiCall, messages: list[Message]) -> list[Message]:
    oldest, latest = _bound(call, "oldest", "0"), _bound(call, "latest", "99999999999")
    inclusive = call.args.flag("inclusive")
    newest_visible = call.world.monotonic_seconds() - call.history_lag
    kept = [m for m in messages if not call.history_lag or m.stored_at < newest_visible]
    if inclusive:
        return [m for m in kept if oldest <= _ts_key(m.ts) <= latest]
    return [m for m in kept if oldest < _ts_key(m.ts) < latest]


def _bound(call: ApiCall, name: str, default: str) -> tuple[int, int]:
    try:
        return _ts_key(call.args.text(name) or default)
    except ValueError as problem:
        raise SlackError(f"invalid_ts_{name}") from problem


def _ts_key(ts: str) -> tuple[int, int]:
    seconds, _, micros = ts.partition(".")
    return int(seconds), int((micros or "0").ljust(6, "0")[:6])


def _conversation_type(channel: Channel) -> str:
    if channel.dm_with:
        return "im"
    return "private_channel" if channel.private else "public_channel"


def _is_visible(call: ApiCall, channel: Channel) -> bool:
    return not channel.private or call.world.bot_user_id in channel.members
