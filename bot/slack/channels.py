"""The state of a channel: whether the bot can post there, as `conversations.info` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.slack import error_codes
from bot.slack.client import Messenger
from bot.slack.errors import CALL_ERRORS, has_code

FRESH_PERIOD = timedelta(minutes=1)
"""How long an answer of Slack serves the Home tabs of owners, which ask at every publish."""

ChannelState = Literal["well", "shared", "absent", "archived", "read_only", "unseen", "unknown"]
"""`unseen` is a channel that Slack doesn't show to the bot; `unknown` is Slack not answering."""
USABLE_STATES: frozenset[ChannelState] = frozenset({"well", "shared"})


async def fetch_channel_state(messenger: Messenger, channel: str) -> ChannelState:
    """Ask Slack for the state of a channel in which the bot should post."""
    try:
        answer = await messenger.call_once("conversations.info", channel=channel)
    except CALL_ERRORS as problem:
        return "unseen" if has_code(problem, error_codes.UNKNOWN_CHANNEL) else "unknown"
    channel_facts = answer.get("channel")
    return _state_of(channel_facts) if isinstance(channel_facts, Mapping) else "unknown"


def _state_of(channel: Mapping[str, Any]) -> ChannelState:
    if channel.get("is_archived"):
        return "archived"
    if not channel.get("is_member"):
        return "absent"
    if channel.get("is_read_only"):
        return "read_only"
    return "shared" if channel.get("is_ext_shared") else "well"


@dataclass
class ChannelStateCache:
    """The usable channels that Slack described within the last minute.

    Other states aren't kept: an owner who has just invited the bot to a channel must see that at once.
    """

    entries: dict[str, tuple[datetime, ChannelState]] = field(default_factory=dict)

    async def load(self, messenger: Messenger, channel: str, now: datetime) -> ChannelState:
        """Return the state of a channel, asking Slack unless the last answer is fresh."""
        asked_at, state = self.entries.get(channel, (None, None))
        # The calendar's clock may have been moved either way.
        if asked_at is not None and state is not None and abs(now - asked_at) <= FRESH_PERIOD:
            return state
        self.forget(channel)
        state = await fetch_channel_state(messenger, channel)
        if state in USABLE_STATES:
            self.entries[channel] = now, state
        return state

    def forget(self, *channels: str) -> None:
        """Forget these channels, so that Slack is asked again."""
        for channel in channels:
            self.entries.pop(channel, None)
