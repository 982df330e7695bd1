"""The result of one attempt, by exception, status and code; and the search for a notice that may have arrived."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.lifecycle import STOP_TIMEOUT
from bot.slack.client import Messenger, NoticeSearch
from bot.slack.send_result import (
    InconclusiveSearch,
    NotFoundInHistory,
    NotSent,
    Rejected,
    SendResult,
    Sent,
    Unconfirmed,
    WorkspaceUnavailable,
)
from bot.timings import Timings
from bot.views.blocks import Message, section
from tests.e2e.app_under_test import AppUnderTest, open_workspace

TIMINGS = Timings()
HELLO_MESSAGE = Message("hello", (section("hello"),))
QUICK = timedelta(seconds=0.5)


@dataclass
class MessengerHarness:
    """A messenger in a practice workspace that misbehaves as scripted."""

    app: AppUnderTest
    messenger: Messenger

    async def script_fault(self, **rule: Any) -> None:
        """Make Slack misbehave."""
        await self.app.person("U0MAYA").does("faults", rules=[{"method": "chat.postMessage", **rule}])

    async def post_hello(self, channel: str = "D0MAYA", key: str = "key-1") -> SendResult:
        """Post one hello with one attempt."""
        return await self.messenger.post_notice(channel, HELLO_MESSAGE, key, max_wait=QUICK)

    async def count_posts(self) -> int:
        """Return the number of attempted posts."""
        entries = (await self.app.person("U0MAYA").looks("journal"))["entries"]
        return sum(entry.get("method") == "chat.postMessage" for entry in entries)

    def search_around_now(self, bot_id: str = "B0HAKAWATI", moved: timedelta = timedelta()) -> NoticeSearch:
        """Return a search of the period around now."""
        now: datetime = self.app.workspace.world.clock.now() + moved
        return NoticeSearch(now - TIMINGS.history_before, now + TIMINGS.history_after, bot_id, QUICK)


@pytest_asyncio.fixture
async def scene() -> AsyncIterator[MessengerHarness]:
    """A messenger and a practice Slack."""
    async with open_workspace() as made:
        app = AppUnderTest(made, "sqlite+aiosqlite:///none.db")
        messenger = Messenger(made.app.bot_token, f"{made.url}/api/")
        await app.person("U0MAYA").opens_dm()
        yield MessengerHarness(app, messenger)
        await messenger.close()
        await app.http_session.close()


async def test_sent_notice_has_a_ts_and_metadata_with_only_its_key(scene: MessengerHarness) -> None:
    outcome = await scene.post_hello()

    (entry,) = [
        e
        for e in (await scene.app.person("U0MAYA").looks("journal"))["entries"]
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
        ({"kind": "error", "error": "account_inactive"}, WorkspaceUnavailable("account_inactive")),
        ({"kind": "error", "error": "token_revoked"}, WorkspaceUnavailable("token_revoked")),
        ({"kind": "error", "error": "invalid_auth"}, WorkspaceUnavailable("invalid_auth")),
        ({"kind": "error", "error": "fatal_error"}, Unconfirmed("fatal_error")),
        ({"kind": "error", "error": "internal_error"}, Unconfirmed("internal_error")),
        *(({"kind": kind}, Unconfirmed(f"http_{kind}")) for kind in ("500", "502", "503", "504")),
        ({"kind": "accept_then_500"}, Unconfirmed("http_500")),
        ({"kind": "html"}, Unconfirmed("unreadable")),
        ({"kind": "drop"}, Unconfirmed("ServerDisconnectedError")),
        ({"kind": "accept_then_drop"}, Unconfirmed("ServerDisconnectedError")),
        ({"kind": "hang", "seconds": 2}, Unconfirmed("TimeoutError")),
        ({"kind": "accept_then_hang", "seconds": 2}, Unconfirmed("TimeoutError")),
    ],
    ids=lambda value: (
        "-".join(str(part) for part in value.values()) if isinstance(value, dict) else type(value).__name__
    ),
)
async def test_failure_has_the_result_that_is_certain(
    scene: MessengerHarness, rule: dict[str, Any], outcome: SendResult
) -> None:
    await scene.script_fault(**rule)

    found = await scene.post_hello()

    if rule["kind"] == "html":  # Slack's page with status 200
        assert isinstance(found, Unconfirmed)
    else:
        assert found == outcome
    assert await scene.count_posts() == 1


async def test_notice_is_not_sent_when_nobody_answers_at_the_address() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        messenger = Messenger("xoxb-nobody", f"http://127.0.0.1:{probe.getsockname()[1]}/api/")
        outcome = await messenger.post_notice("D0MAYA", HELLO_MESSAGE, "key-1", max_wait=QUICK)
        await messenger.close()

    assert outcome == NotSent("unconnected")


async def test_notice_is_found_by_its_key_when_the_answer_was_lost(
    scene: MessengerHarness,
) -> None:
    await scene.script_fault(kind="accept_then_drop")
    await scene.post_hello()

    found = await scene.messenger.find_notice("D0MAYA", "key-1", scene.search_around_now())

    assert isinstance(found, Sent)
    assert found.ts == (await scene.app.person("U0MAYA").messages())[-1]["ts"]


async def test_notice_is_found_behind_several_pages_of_conversation(scene: MessengerHarness) -> None:
    await scene.post_hello()
    for n in range(450):
        await scene.messenger.post_notice(
            "D0MAYA", HELLO_MESSAGE, f"other-{n}", max_wait=timedelta(seconds=5)
        )

    assert isinstance(await scene.messenger.find_notice("D0MAYA", "key-1", scene.search_around_now()), Sent)


async def test_notice_counts_as_missing_only_after_a_complete_search(scene: MessengerHarness) -> None:
    await scene.post_hello()
    find = scene.messenger.find_notice

    assert await find("D0MAYA", "key-2", scene.search_around_now()) == NotFoundInHistory()
    assert await find("D0MAYA", "key-1", scene.search_around_now(bot_id="B0OTHER")) == NotFoundInHistory()
    assert (
        await find("D0MAYA", "key-1", scene.search_around_now(moved=timedelta(hours=1)))
        == NotFoundInHistory()
    )
    assert await find("D0NOBODY", "key-1", scene.search_around_now()) == InconclusiveSearch(
        "channel_not_found"
    )
    await scene.script_fault(kind="500", method="conversations.history")
    assert await find("D0MAYA", "key-1", scene.search_around_now()) == InconclusiveSearch("http_500")


def test_lease_is_far_longer_than_a_call_and_everything_ends_in_time() -> None:
    for timings in (Timings(), Timings().accelerated(factor=100)):
        assert timings.lease > 10 * timings.call_timeout
        assert timings.drain_timeout > timings.call_timeout
        assert timings.search_delay > timings.call_timeout
    assert Timings().drain_timeout.total_seconds() < STOP_TIMEOUT


def test_accelerated_timings_keep_their_proportions() -> None:
    assert Timings().accelerated(factor=100).lease == timedelta(seconds=1.2)
    assert Timings().accelerated(factor=1) == Timings()
