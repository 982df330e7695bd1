"""The messages of the workspace, and their message objects."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from practice.payloads import Json


@dataclass
class Message:
    """One message, of a person or (with bot_id) of the bot; an ephemeral one is visible to one person."""

    channel: str
    user: str
    text: str
    team: str
    ts: str = ""
    n: int = 0
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    reactions: list[Json] = field(default_factory=list)
    bot_id: str = ""
    app_id: str = ""
    bot_profile: Json = field(default_factory=dict)
    subtype: str = ""
    thread_ts: str = ""
    parent_user: str = ""
    client_msg_id: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    ephemeral_to: str = ""
    deleted: bool = False
    replies: list[Json] = field(default_factory=list)
    past_blocks: list[list[Json]] = field(default_factory=list)
    stored_at: float = 0.0


class Messages:
    """Every message by channel; `n` is the order of arrival, independent of the clock."""

    def __init__(self) -> None:
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._used: set[int] = set()
        self._count = 0

    def new_ts(self, now: datetime) -> str:
        """Return a ts that no other message has, as close to the practice clock as possible."""
        micros = int(now.timestamp() * 1_000_000)
        while micros in self._used:
            micros += 1
        self._used.add(micros)
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        """Store a message that has its ts, and count it as a reply in its thread."""
        self._count += 1
        message.n = self._count
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        self._used.add(int(message.ts.replace(".", "")))
        parent = self.find(message.channel, message.thread_ts)
        if parent is not None and parent is not message and not message.ephemeral_to:
            message.parent_user = parent.user
            parent.replies.append({"user": message.user, "ts": message.ts})
        return message

    def find(self, channel: str, ts: str) -> Message | None:
        """Return the message with this ts, or None if there's none or it was deleted."""
        message = self._by_channel.get(channel, {}).get(ts)
        return None if message is None or message.deleted else message

    def remove(self, message: Message) -> None:
        """Delete a message, also from its thread's replies."""
        message.deleted = True
        parent = self.find(message.channel, message.thread_ts)
        if parent is not None:
            parent.replies = [reply for reply in parent.replies if reply["ts"] != message.ts]

    def list_in_channel(self, channel: str, *, ephemeral_for: str = "") -> list[Message]:
        """Return a channel's messages in order of arrival, with the ephemeral ones of one person only."""
        everything = self._by_channel.get(channel, {}).values()
        return [
            m for m in everything if not m.deleted and (not m.ephemeral_to or m.ephemeral_to == ephemeral_for)
        ]

    def all_messages(self) -> Iterator[Message]:
        """Yield all stored messages."""
        for channel in self._by_channel.values():
            yield from channel.values()


def is_in_timeline(message: Message) -> bool:
    """Return whether a message appears in the channel itself, not only in a thread."""
    broadcast = message.subtype == "thread_broadcast"
    return not message.thread_ts or message.thread_ts == message.ts or broadcast


def as_slack_message(message: Message, *, metadata: bool = False, thread: bool = True) -> Json:
    """Return Slack's message object, with metadata only where Slack is asked for it."""
    shown: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    shown["team"] = message.team
    for name in ("subtype", "bot_id", "app_id", "bot_profile", "client_msg_id", "thread_ts", "edited"):
        if getattr(message, name):
            shown[name] = getattr(message, name)
    for name in ("blocks", "attachments", "files", "reactions"):
        if getattr(message, name):
            shown[name] = [dict(item) for item in getattr(message, name)]
    if message.parent_user:
        shown["parent_user_id"] = message.parent_user
    if thread and message.replies:
        people = list(dict.fromkeys(reply["user"] for reply in message.replies))
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(message.replies),
            "reply_users_count": len(people),
            "reply_users": people[:5],
            "latest_reply": message.replies[-1]["ts"],
            "is_locked": False,
            "subscribed": False,
        }
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown
