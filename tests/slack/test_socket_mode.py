"""Socket Mode: a dead, silent or dismissed connection is replaced; if none can be had, the process ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.slack import manifest
from bot.slack.socket_mode import Line, Socket, SocketLostError, SocketTimes
from practice.config import Timings
from practice.delivery import Parcel
from practice.server import Workspace, build
from practice.talking import say
from tests.bolts import Recorder

PATIENT = SocketTimes(connect=10, ping=0.1, silence=10, look=0.02, pause=0.01, failures=3, drain=10)
QUICK = replace(PATIENT, connect=0.4, silence=0.4)
GUARD = 20


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace that waits for a connection."""
    made = build(manifest.socket_form(), timings=Timings(ack=0.5, retry_delays=(0.1,) * 20))
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def bot() -> Recorder:
    """What answers at this end."""
    return Recorder()


@asynccontextmanager
async def connected(
    workspace: Workspace, bot: Recorder, times: SocketTimes = PATIENT
) -> AsyncIterator[tuple[Socket, asyncio.Task[None]]]:
    """A bot at the other end of the line, as long as the block lasts."""
    line = Line(bot.bolt, workspace.app.app_token, f"{workspace.url}/api/", times, bot.acked)
    socket = Socket(line)
    life = asyncio.create_task(socket.run())
    try:
        async with asyncio.timeout(GUARD):
            await socket.connected.wait()
            yield socket, life
    finally:
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)
        await socket.stop()


def openings(workspace: Workspace) -> int:
    """How often the bot has asked for an address."""
    return sum(entry.get("method") == "apps.connections.open" for entry in workspace.world.journal.since(0))


async def says(workspace: Workspace, text: str) -> None:
    """Maya says something to the bot."""
    dm = workspace.world.channels.dm("U0MAYA")
    say(workspace.world, {"as": "U0MAYA", "channel": dm.id, "text": text})


async def hears(bot: Recorder) -> str:
    """The text of the latest event, as soon as there is one."""
    async with asyncio.timeout(GUARD):
        await bot.something.wait()
    bot.something.clear()
    return str(bot.heard[-1]["event"]["text"])


async def test_an_event_is_acknowledged_when_its_handler_is_done(workspace: Workspace, bot: Recorder) -> None:
    async with connected(workspace, bot) as (socket, _):
        await says(workspace, "hello")

        assert await hears(bot) == "hello"
        await workspace.world.delivery.idle()
        assert (len(bot.heard), bot.answered, openings(workspace), socket.is_alive) == (1, 1, 1, True)


async def test_an_event_comes_again_when_its_handler_failed(workspace: Workspace, bot: Recorder) -> None:
    bot.failures = 2
    async with connected(workspace, bot):
        await says(workspace, "hello")
        await workspace.world.delivery.idle()

        assert [body["event"]["text"] for body in bot.heard] == ["hello"] * 3


@pytest.mark.parametrize("kind", ["slash_commands", "interactive"])
async def test_nobody_has_to_wait_when_the_handler_of_a_click_failed(
    workspace: Workspace, bot: Recorder, kind: str
) -> None:
    bot.failures = 1
    user = {"id": "U0MAYA", "team_id": "T0QAMAR"}
    typed = {"command": "/hakawati", "text": "", "user_id": "U0MAYA", "team_id": "T0QAMAR"}
    pressed = {"type": "block_actions", "user": user, "actions": [{"action_id": "x", "type": "button"}]}
    async with connected(workspace, bot):
        parcel = Parcel(kind, typed if kind == "slash_commands" else pressed)
        answer = await workspace.world.delivery.ask(parcel)

    assert (answer.status, answer.body, len(bot.heard)) == ("ok", None, 1)


@pytest.mark.parametrize("close", [True, False], ids=["hung up", "left open"])
async def test_a_new_connection_is_made_when_slack_sends_the_old_one_away(
    workspace: Workspace, bot: Recorder, close: bool
) -> None:
    async with connected(workspace, bot) as (socket, life):
        await workspace.world.socket.disconnect("warning", close=close)
        await says(workspace, "still there?")

        assert await hears(bot) == "still there?"
        await workspace.world.delivery.idle()
        assert not life.done()
        assert socket.is_alive


async def test_a_handler_at_work_can_still_acknowledge_when_slack_renews_the_connection(
    workspace: Workspace, bot: Recorder
) -> None:
    bot.may_answer.clear()
    async with connected(workspace, bot):
        await says(workspace, "slow one")
        await hears(bot)
        await workspace.world.socket.disconnect("refresh_requested", close=False)
        bot.may_answer.set()
        await workspace.world.delivery.idle()

        assert len(bot.heard) == 1


async def test_a_new_connection_is_made_when_the_old_one_falls_silent(
    workspace: Workspace, bot: Recorder
) -> None:
    async with connected(workspace, bot, replace(QUICK, connect=10)) as (_, life):
        workspace.world.socket.fall_silent()
        await says(workspace, "can you hear me?")

        assert await hears(bot) == "can you hear me?"
        assert openings(workspace) > 1
        assert not life.done()


async def test_a_fresh_address_is_asked_for_when_one_is_dead(workspace: Workspace, bot: Recorder) -> None:
    workspace.world.faults.replace([{"kind": "dead_socket_url", "count": 2}])
    async with connected(workspace, bot, QUICK):
        await says(workspace, "hello")

        assert await hears(bot) == "hello"
        assert openings(workspace) == 3


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
async def test_the_process_ends_when_no_connection_can_be_had_three_times(
    workspace: Workspace, bot: Recorder, fault: dict[str, object]
) -> None:
    workspace.world.faults.replace([fault])
    line = Line(bot.bolt, workspace.app.app_token, f"{workspace.url}/api/", QUICK)
    socket = Socket(line)

    with pytest.raises(SocketLostError, match="3 times"):
        await asyncio.wait_for(socket.run(), GUARD)
    await socket.stop()

    assert openings(workspace) >= 3


async def test_the_process_ends_at_once_when_the_token_is_refused(
    workspace: Workspace, bot: Recorder
) -> None:
    socket = Socket(Line(bot.bolt, "xapp-another", f"{workspace.url}/api/", QUICK))

    with pytest.raises(SocketLostError, match="invalid_auth"):
        await asyncio.wait_for(socket.run(), GUARD)

    assert openings(workspace) == 1


async def test_the_process_ends_when_socket_mode_is_switched_off(workspace: Workspace, bot: Recorder) -> None:
    async with connected(workspace, bot) as (_, life):
        await workspace.world.socket.disconnect("link_disabled", close=False)

        with pytest.raises(SocketLostError, match="switched off"):
            await life


async def test_nothing_new_is_taken_but_work_is_finished_when_the_bot_stops(
    workspace: Workspace, bot: Recorder
) -> None:
    bot.may_answer.clear()
    async with connected(workspace, bot) as (socket, life):
        await says(workspace, "the last one")
        await hears(bot)
        life.cancel()
        stopping = asyncio.create_task(socket.stop())
        await asyncio.wait({stopping}, timeout=0.05)
        assert not stopping.done()
        bot.may_answer.set()
        await stopping
        await workspace.world.delivery.idle()

        assert len(bot.heard) == 1


def test_the_token_is_not_shown_when_the_line_is_printed(bot: Recorder) -> None:
    assert "xapp" not in repr(Line(bot.bolt, "xapp-1-secret", "https://slack.com/api/"))
