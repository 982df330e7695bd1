"""One try, and what it came to: told from the exception, the status and the error; and looked for where it may be."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.lifecycle import LEAVING
from bot.slack.client import Messenger, Search
from bot.slack.send_result import Missed, NotSent, Outcome, Rejected, Sent, Unclear, Unknown, WorkspaceOff
from bot.timings import Timings
from bot.views.blocks import Message, section
from tests.e2e.stage import Stage, workspace

TIMINGS = Timings()
HELLO = Message("hello", (section("hello"),))
QUICK = timedelta(seconds=0.5)


@dataclass
class Scene:
    """A messenger in a practice workspace that misbehaves as scripted."""

    stage: Stage
    messenger: Messenger

    async def has(self, **rule: Any) -> None:
        """Let Slack misbehave."""
        await self.stage.person("U0MAYA").does("faults", rules=[{"method": "chat.postMessage", **rule}])

    async def notifies(self, channel: str = "D0MAYA", key: str = "key-1") -> Outcome:
        """Say hello, once."""
        return await self.messenger.notify(channel, HELLO, key, within=QUICK)

    async def posts(self) -> int:
        """How many posts were tried."""
        entries = (await self.stage.person("U0MAYA").looks("journal"))["entries"]
        return sum(entry.get("method") == "chat.postMessage" for entry in entries)

    def search(self, bot_id: str = "B0HAKAWATI", moved: timedelta = timedelta()) -> Search:
        """Around now."""
        now: datetime = self.stage.workspace.world.clock.now() + moved
        return Search(now - TIMINGS.history_before, now + TIMINGS.history_after, bot_id, QUICK)


@pytest_asyncio.fixture
async def scene() -> AsyncIterator[Scene]:
    """A messenger, and Slack."""
    async with workspace() as made:
        stage = Stage(made, "sqlite+aiosqlite:///none.db")
        messenger = Messenger(made.app.bot_token, f"{made.url}/api/")
        await stage.person("U0MAYA").opens_dm()
        yield Scene(stage, messenger)
        await messenger.close()
        await stage.session.close()


async def test_notice_that_arrived_has_a_ts_and_carries_nothing_but_its_key(scene: Scene) -> None:
    outcome = await scene.notifies()

    (entry,) = [
        e
        for e in (await scene.stage.person("U0MAYA").looks("journal"))["entries"]
        if e.get("method") == "chat.postMessage"
    ]
    assert outcome == Sent(entry["response"]["ts"])
    assert entry["args"]["metadata"]["event_payload"] == {"key": "key-1"}


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"kind": "429", "retry_after": 7}, NotSent("ratelimited", timedelta(seconds=7))),
        ({"kind": "error", "error": "ratelimited"}, NotSent("ratelimited", timedelta(seconds=1))),
        ({"kind": "error", "error": "is_archived"}, Rejected("is_archived")),
        ({"kind": "error", "error": "msg_too_long"}, Rejected("msg_too_long")),
        ({"kind": "error", "error": "account_inactive"}, WorkspaceOff("account_inactive")),
        ({"kind": "error", "error": "token_revoked"}, WorkspaceOff("token_revoked")),
        ({"kind": "error", "error": "invalid_auth"}, WorkspaceOff("invalid_auth")),
        ({"kind": "error", "error": "fatal_error"}, Unknown("fatal_error")),
        ({"kind": "error", "error": "internal_error"}, Unknown("internal_error")),
        *(({"kind": kind}, Unknown(f"http_{kind}")) for kind in ("500", "502", "503", "504")),
        ({"kind": "accept_then_500"}, Unknown("http_500")),
        ({"kind": "html"}, Unknown("unreadable")),
        ({"kind": "drop"}, Unknown("ServerDisconnectedError")),
        ({"kind": "accept_then_drop"}, Unknown("ServerDisconnectedError")),
        ({"kind": "hang", "seconds": 2}, Unknown("TimeoutError")),
        ({"kind": "accept_then_hang", "seconds": 2}, Unknown("TimeoutError")),
    ],
    ids=lambda value: (
        "-".join(str(part) for part in value.values()) if isinstance(value, dict) else type(value).__name__
    ),
)
async def test_try_is_named_for_what_is_known_of_it(
    scene: Scene, rule: dict[str, Any], outcome: Outcome
) -> None:
    await scene.has(**rule)

    found = await scene.notifies()

    if rule["kind"] == "html":  # Slack's page with status 200
        assert isinstance(found, Unknown)
    else:
        assert found == outcome
    assert await scene.posts() == 1


async def test_nothing_was_sent_when_nobody_answers_at_the_address() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        messenger = Messenger("xoxb-nobody", f"http://127.0.0.1:{probe.getsockname()[1]}/api/")
        outcome = await messenger.notify("D0MAYA", HELLO, "key-1", within=QUICK)
        await messenger.close()

    assert outcome == NotSent("unconnected")


async def test_notice_is_found_by_its_key_though_nobody_heard_that_it_arrived(scene: Scene) -> None:
    await scene.has(kind="accept_then_drop")
    await scene.notifies()

    found = await scene.messenger.find_notice("D0MAYA", "key-1", scene.search())

    assert isinstance(found, Sent)
    assert found.ts == (await scene.stage.person("U0MAYA").messages())[-1]["ts"]


async def test_notice_is_found_behind_several_pages_of_conversation(scene: Scene) -> None:
    await scene.notifies()
    for n in range(450):
        await scene.messenger.notify("D0MAYA", HELLO, f"other-{n}", within=timedelta(seconds=5))

    assert isinstance(await scene.messenger.find_notice("D0MAYA", "key-1", scene.search()), Sent)


async def test_notice_counts_as_missed_only_where_everything_was_seen(scene: Scene) -> None:
    await scene.notifies()
    find = scene.messenger.find_notice

    assert await find("D0MAYA", "key-2", scene.search()) == Missed()
    assert await find("D0MAYA", "key-1", scene.search(bot_id="B0OTHER")) == Missed()
    assert await find("D0MAYA", "key-1", scene.search(moved=timedelta(hours=1))) == Missed()
    assert await find("D0NOBODY", "key-1", scene.search()) == Unclear("channel_not_found")
    await scene.has(kind="500", method="conversations.history")
    assert await find("D0MAYA", "key-1", scene.search()) == Unclear("http_500")


def test_lease_is_far_longer_than_a_call_and_everything_ends_in_time() -> None:
    for timings in (Timings(), Timings().divided(by=100)):
        assert timings.lease > 10 * timings.call
        assert timings.drain > timings.call
        assert timings.look_after > timings.call
    assert Timings().drain.total_seconds() < LEAVING


def test_divided_life_is_the_same_life() -> None:
    assert Timings().divided(by=100).lease == timedelta(seconds=1.2)
    assert Timings().divided(by=1) == Timings()
