"""Socket Mode: a dead, silent or dismissed connection is replaced; without a replacement the process ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.slack import manifest
from bot.slack.socket_mode import SocketLostError, SocketModeOptions, SocketModeRunner, SocketTimings
from practice.config import Timings
from practice.delivery import DeliveryRequest
from practice.gestures.messages import send
from practice.server import Workspace, build_workspace
from tests.recording_bot import RecordingBot

PATIENT = SocketTimings(
    connect_timeout=10,
    ping_interval=0.1,
    silence_timeout=10,
    watch_interval=0.02,
    failure_pause=0.01,
    max_failures=3,
    drain_timeout=10,
)
FAST_SOCKET_TIMES = replace(PATIENT, connect_timeout=0.4, silence_timeout=0.4)
TIMEOUT_SECONDS = 20


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace that waits for a connection."""
    made = build_workspace(
        manifest.socket_mode_manifest(), timings=Timings(ack=0.5, retry_delays=(0.1,) * 20)
    )
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def bot() -> RecordingBot:
    """The app that handles requests."""
    return RecordingBot()


@asynccontextmanager
async def connected_bot(
    workspace: Workspace, bot: RecordingBot, times: SocketTimings = PATIENT
) -> AsyncIterator[tuple[SocketModeRunner, asyncio.Task[None]]]:
    """Connect a bot inside the block, and return its runner and its task."""
    options = SocketModeOptions(bot.bolt, workspace.app.app_token, f"{workspace.url}/api/", times, bot.on_ack)
    socket = SocketModeRunner(options)
    run_task = asyncio.create_task(socket.run())
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await socket.connected.wait()
            yield socket, run_task
    finally:
        run_task.cancel()
        await asyncio.gather(run_task, return_exceptions=True)
        await socket.stop()


def count_connections_opened(workspace: Workspace) -> int:
    """Return the number of addresses that the bot has requested."""
    return sum(
        entry.get("method") == "apps.connections.open" for entry in workspace.world.journal.entries_after(0)
    )


async def say_as_maya(workspace: Workspace, text: str) -> None:
    """Send the bot a message as Maya."""
    dm = workspace.world.channels.open_dm("U0MAYA")
    send(workspace.world, {"as": "U0MAYA", "channel": dm.id, "text": text})


async def wait_for_text(bot: RecordingBot) -> str:
    """Wait for an event and return the latest one's text."""
    async with asyncio.timeout(TIMEOUT_SECONDS):
        await bot.received.wait()
    bot.received.clear()
    return str(bot.payloads[-1]["event"]["text"])


async def test_an_event_is_acknowledged_when_its_handler_is_done(
    workspace: Workspace, bot: RecordingBot
) -> None:
    async with connected_bot(workspace, bot) as (socket, _):
        await say_as_maya(workspace, "hello")

        assert await wait_for_text(bot) == "hello"
        await workspace.world.delivery.wait_until_idle()
        assert (len(bot.payloads), bot.acked_count, count_connections_opened(workspace), socket.is_alive) == (
            1,
            1,
            1,
            True,
        )


async def test_an_event_is_repeated_when_its_handler_failed(workspace: Workspace, bot: RecordingBot) -> None:
    bot.failures_left = 2
    async with connected_bot(workspace, bot):
        await say_as_maya(workspace, "hello")
        await workspace.world.delivery.wait_until_idle()

        assert [body["event"]["text"] for body in bot.payloads] == ["hello"] * 3


@pytest.mark.parametrize("kind", ["slash_commands", "interactive"])
async def test_nobody_waits_when_the_handler_of_a_click_failed(
    workspace: Workspace, bot: RecordingBot, kind: str
) -> None:
    bot.failures_left = 1
    user = {"id": "U0MAYA", "team_id": "T0QAMAR"}
    command = {"command": "/hakawati", "text": "", "user_id": "U0MAYA", "team_id": "T0QAMAR"}
    click = {"type": "block_actions", "user": user, "actions": [{"action_id": "x", "type": "button"}]}
    async with connected_bot(workspace, bot):
        request = DeliveryRequest(kind, command if kind == "slash_commands" else click)
        answer = await workspace.world.delivery.send_interaction(request)

    assert (answer.status, answer.body, len(bot.payloads)) == ("ok", None, 1)


@pytest.mark.parametrize("close", [True, False], ids=["hung up", "left open"])
async def test_a_new_connection_is_made_when_slack_closes_the_old_one(
    workspace: Workspace, bot: RecordingBot, close: bool
) -> None:
    async with connected_bot(workspace, bot) as (socket, run_task):
        await workspace.world.socket.disconnect("warning", close=close)
        await say_as_maya(workspace, "still there?")

        assert await wait_for_text(bot) == "still there?"
        await workspace.world.delivery.wait_until_idle()
        assert not run_task.done()
        assert socket.is_alive


async def test_a_running_handler_can_still_acknowledge_when_slack_renews_the_connection(
    workspace: Workspace, bot: RecordingBot
) -> None:
    bot.may_ack.clear()
    async with connected_bot(workspace, bot):
        await say_as_maya(workspace, "slow one")
        await wait_for_text(bot)
        await workspace.world.socket.disconnect("refresh_requested", close=False)
        bot.may_ack.set()
        await workspace.world.delivery.wait_until_idle()

        assert len(bot.payloads) == 1


async def test_a_new_connection_is_made_when_the_old_one_falls_silent(
    workspace: Workspace, bot: RecordingBot
) -> None:
    async with connected_bot(workspace, bot, replace(FAST_SOCKET_TIMES, connect_timeout=10)) as (_, run_task):
        workspace.world.socket.stop_answering()
        await say_as_maya(workspace, "can you hear me?")

        assert await wait_for_text(bot) == "can you hear me?"
        assert count_connections_opened(workspace) > 1
        assert not run_task.done()


async def test_a_fresh_address_is_requested_when_one_is_dead(workspace: Workspace, bot: RecordingBot) -> None:
    workspace.world.faults.replace([{"kind": "dead_socket_url", "count": 2}])
    async with connected_bot(workspace, bot, FAST_SOCKET_TIMES):
        await say_as_maya(workspace, "hello")

        assert await wait_for_text(bot) == "hello"
        assert count_connections_opened(workspace) == 3


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "dead_socket_url", "count": -1},
        {"kind": "500", "method": "apps.connections.open", "count": -1},
        {"kind": "drop", "method": "apps.connections.open", "count": -1},
        {"kind": "error", "method": "apps.connections.open", "count": -1},
        {"kind": "html", "method": "apps.connections.open", "count": -1},
        {"kind": "silent_socket", "count": -1},
    ],
    ids=lambda fault: fault["kind"],
)
async def test_the_process_ends_after_three_failed_connections(
    workspace: Workspace, bot: RecordingBot, fault: dict[str, object]
) -> None:
    workspace.world.faults.replace([fault])
    options = SocketModeOptions(bot.bolt, workspace.app.app_token, f"{workspace.url}/api/", FAST_SOCKET_TIMES)
    socket = SocketModeRunner(options)

    with pytest.raises(SocketLostError, match="3 times"):
        await asyncio.wait_for(socket.run(), TIMEOUT_SECONDS)
    await socket.stop()

    assert count_connections_opened(workspace) >= 3


async def test_the_process_ends_at_once_when_the_token_is_refused(
    workspace: Workspace, bot: RecordingBot
) -> None:
    socket = SocketModeRunner(
        SocketModeOptions(bot.bolt, "xapp-another", f"{workspace.url}/api/", FAST_SOCKET_TIMES)
    )

    with pytest.raises(SocketLostError, match="invalid_auth"):
        await asyncio.wait_for(socket.run(), TIMEOUT_SECONDS)

    assert count_connections_opened(workspace) == 1


async def test_the_process_ends_when_socket_mode_is_switched_off(
    workspace: Workspace, bot: RecordingBot
) -> None:
    async with connected_bot(workspace, bot) as (_, run_task):
        await workspace.world.socket.disconnect("link_disabled", close=False)

        with pytest.raises(SocketLostError, match="switched off"):
            await run_task


async def test_stopping_bot_finishes_its_work_and_accepts_no_more(
    workspace: Workspace, bot: RecordingBot
) -> None:
    bot.may_ack.clear()
    async with connected_bot(workspace, bot) as (socket, run_task):
        await say_as_maya(workspace, "the last one")
        await wait_for_text(bot)
        run_task.cancel()
        stopping = asyncio.create_task(socket.stop())
        await asyncio.wait({stopping}, timeout=0.05)
        assert not stopping.done()
        bot.may_ack.set()
        await stopping
        await workspace.world.delivery.wait_until_idle()

        assert len(bot.payloads) == 1


def test_the_token_is_not_shown_when_the_options_are_printed(bot: RecordingBot) -> None:
    assert "xapp" not in repr(SocketModeOptions(bot.bolt, "xapp-1-secret", "https://slack.com/api/"))
