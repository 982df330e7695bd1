"""The cached state of a channel: usable for a minute, forgotten on request, and never kept while the bot can't post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.channels import FRESH_PERIOD, ChannelStateCache, fetch_channel_state
from bot.slack.client import Messenger
from tests.workflows.recording_services import slack_refusal

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
CHANNEL = "C0MONDAY"
MEMBER = {"id": CHANNEL, "is_member": True}


class DescribingMessenger(Messenger):
    """Answers `conversations.info` with the channel's current facts, or fails, and counts the calls."""

    def __init__(self, facts: Mapping[str, Any] | Exception) -> None:
        super().__init__("xoxb-nobody", "http://127.0.0.1:1/api/")
        self.facts = facts
        self.calls = 0

    async def call_once(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Describe the channel."""
        assert (method, arguments) == ("conversations.info", {"channel": CHANNEL})
        self.calls += 1
        if isinstance(self.facts, Exception):
            raise self.facts
        return {"ok": True, "channel": self.facts}


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (MEMBER, "well"),
        ({**MEMBER, "is_ext_shared": True}, "shared"),
        ({**MEMBER, "is_read_only": True}, "read_only"),
        ({**MEMBER, "is_archived": True}, "archived"),
        ({"id": CHANNEL, "is_member": False}, "absent"),
        (slack_refusal("channel_not_found"), "unseen"),
        (slack_refusal("missing_scope"), "unknown"),
        (TimeoutError(), "unknown"),
        (ConnectionResetError(), "unknown"),
    ],
)
async def test_state_says_whether_the_bot_can_post(facts: Mapping[str, Any] | Exception, state: str) -> None:
    assert await fetch_channel_state(DescribingMessenger(facts), CHANNEL) == state


@pytest.mark.parametrize(
    ("later", "calls"),
    [
        (timedelta(0), 1),
        (FRESH_PERIOD, 1),
        (FRESH_PERIOD + timedelta(seconds=1), 2),
        (-FRESH_PERIOD - timedelta(seconds=1), 2),
    ],
)
async def test_slack_is_asked_again_after_a_minute_or_a_clock_moved_back(
    later: timedelta, calls: int
) -> None:
    messenger, cache = DescribingMessenger(MEMBER), ChannelStateCache()

    await cache.load(messenger, CHANNEL, NOW)
    state = await cache.load(messenger, CHANNEL, NOW + later)

    assert (state, messenger.calls) == ("well", calls)


async def test_forgotten_channel_is_asked_for_at_once() -> None:
    messenger, cache = DescribingMessenger(MEMBER), ChannelStateCache()
    await cache.load(messenger, CHANNEL, NOW)

    messenger.facts = {**MEMBER, "is_archived": True}
    cache.forget(CHANNEL, "C0NEVERSEEN")

    assert await cache.load(messenger, CHANNEL, NOW) == "archived"


@pytest.mark.parametrize("problem", [{"id": CHANNEL, "is_member": False}, slack_refusal("channel_not_found")])
async def test_bot_that_has_just_been_invited_is_seen_at_once(problem: Mapping[str, Any] | Exception) -> None:
    messenger, cache = DescribingMessenger(problem), ChannelStateCache()
    assert await cache.load(messenger, CHANNEL, NOW) in {"absent", "unseen"}

    messenger.facts = MEMBER

    assert await cache.load(messenger, CHANNEL, NOW) == "well"
