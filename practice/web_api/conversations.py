"""conversations.*: channels, direct messages and what stands in them."""

from practice import events
from practice.channels import Channel, as_slack_channel
from practice.messages import Message, as_slack_message, is_in_timeline
from practice.payloads import Json, SlackError
from practice.web_api.methods import Call, method, page

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")


@method("conversations.open", "im:write", "mpim:write")
def open_dm(call: Call) -> Json:
    """Open the direct message with a person."""
    world = call.world
    if call.args.text("channel"):
        channel = call.channel()
        return {"no_op": True, "already_open": True, "channel": _opened(call, channel)}
    people = call.args.names("users")
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
    return {"no_op": False, "already_open": False, "channel": _opened(call, world.channels.dm(person.id))}


@method("conversations.info", *_READ)
def info(call: Call) -> Json:
    """Give one conversation."""
    channel = call.channel()
    call.require(channel.scope("read"))
    shown = as_slack_channel(channel, call.world.bot)
    if not call.args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


@method("conversations.history", "channels:history", "groups:history", "im:history", "mpim:history")
def history(call: Call) -> Json:
    """Give messages of a conversation, newest first."""
    channel = _readable(call)
    messages = [m for m in call.world.messages.in_channel(channel.id) if is_in_timeline(m)]
    newest_first = sorted(_in_time(call, messages), key=lambda m: _key(m.ts), reverse=True)
    found, following = page(newest_first, call.args, 100, 999)
    metadata = call.args.flag("include_all_metadata")
    answer: Json = {
        "messages": [as_slack_message(m, metadata=metadata) for m in found],
        "has_more": bool(following),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": following}} if following else {})


@method("conversations.replies", "channels:history", "groups:history", "im:history", "mpim:history")
def replies(call: Call) -> Json:
    """Give a thread, the parent first."""
    channel = _readable(call)
    wanted = call.args.need("ts", "thread_not_found")
    parent = call.world.messages.find(channel.id, wanted)
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    thread = [m for m in call.world.messages.in_channel(channel.id) if root in (m.ts, m.thread_ts)]
    parents = [m for m in thread if m.ts == root]
    rest = sorted(_in_time(call, [m for m in thread if m.ts != root]), key=lambda m: _key(m.ts))
    found, following = page([*parents, *rest], call.args, 1000)
    metadata = call.args.flag("include_all_metadata")
    answer: Json = {
        "messages": [as_slack_message(m, metadata=metadata) for m in found],
        "has_more": bool(following),
    }
    return answer | ({"response_metadata": {"next_cursor": following}} if following else {})


@method("conversations.members", *_READ)
def members(call: Call) -> Json:
    """Give who is in a conversation."""
    channel = call.channel()
    call.require(channel.scope("read"))
    found, following = page(list(channel.members), call.args, 100)
    return {"members": found, "response_metadata": {"next_cursor": following}}


@method("conversations.list", *_READ)
def list_channels(call: Call) -> Json:
    """Give the conversations the bot can see."""
    types = call.args.names("types") or ["public_channel"]
    if set(types) - {"public_channel", "private_channel", "im", "mpim"}:
        raise SlackError("invalid_types")
    for kind, scope in (
        ("public_channel", "channels:read"),
        ("private_channel", "groups:read"),
        ("im", "im:read"),
    ):
        if kind in types:
            call.require(scope)
    seen = [c for c in call.world.channels if _kind(c) in types and _visible(call, c)]
    if call.args.flag("exclude_archived"):
        seen = [c for c in seen if not c.archived]
    found, following = page(seen, call.args, 100)
    shown = [as_slack_channel(channel, call.world.bot) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": following}}


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    """Bring the bot into a public channel."""
    channel = call.channel()
    if channel.dm_with or channel.private:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.world.bot not in channel.members:
        channel.members.append(call.world.bot)
        call.world.tell_channel(channel, type="channel")
        events.member_joined(call.world, channel, call.world.bot)
    return {"channel": as_slack_channel(channel, call.world.bot)}


def _opened(call: Call, channel: Channel) -> Json:
    if call.args.flag("return_im"):
        return as_slack_channel(channel, call.world.bot)
    return {"id": channel.id}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.require(channel.scope("history"))
    if call.world.bot not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _in_time(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = _bound(call, "oldest", "0"), _bound(call, "latest", "99999999999")
    inclusive = call.args.flag("inclusive")
    young = call.world.machine_seconds() - call.history_lag
    kept = [m for m in messages if not call.history_lag or m.stored_at < young]
    if inclusive:
        return [m for m in kept if oldest <= _key(m.ts) <= latest]
    return [m for m in kept if oldest < _key(m.ts) < latest]


def _bound(call: Call, name: str, default: str) -> tuple[int, int]:
    try:
        return _key(call.args.text(name) or default)
    except ValueError as problem:
        raise SlackError(f"invalid_ts_{name}") from problem


def _key(ts: str) -> tuple[int, int]:
    seconds, _, micros = ts.partition(".")
    return int(seconds), int((micros or "0").ljust(6, "0")[:6])


def _kind(channel: Channel) -> str:
    if channel.dm_with:
        return "im"
    return "private_channel" if channel.private else "public_channel"


def _visible(call: Call, channel: Channel) -> bool:
    return not channel.private or call.world.bot in channel.members
