"""The lifecycle of the process: start in order, health, stop in reverse order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock, RemoteClock, SystemClock, system_now
from bot.lifecycle import (
    OtherWorkspaceError,
    RunningBot,
    bot_lifespan,
    make_clock,
    migrate_and_locate_database,
    refuse_foreign_database,
    wait_for_shutdown,
)
from bot.settings import Settings
from bot.slack import manifest
from bot.slack.socket_mode import SocketTimings
from db.engine.database import Database
from db.models import Workspace as Row
from db.queries.workspaces import upsert_workspace
from practice.server import Workspace
from practice.server import build_workspace as build_workspace
from tests.recording_bot import RecordingBot

SECRET = "a-signing-secret"
TIMEOUT_SECONDS = 20


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace to connect to."""
    made = build_workspace(manifest.socket_mode_manifest())
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def bot() -> RecordingBot:
    """The bot that is run."""
    return RecordingBot()


@pytest.fixture
def http() -> Settings:
    """Settings for signed HTTP, on any free port."""
    return Settings(
        slack_bot_token=SecretStr("xoxb-1"), slack_signing_secret=SecretStr(SECRET), host="127.0.0.1", port=0
    )


@pytest.fixture
def socket(workspace: Workspace) -> Settings:
    """Settings for Socket Mode with the practice workspace."""
    return Settings(
        slack_bot_token=SecretStr(workspace.app.bot_token),
        slack_app_token=SecretStr(workspace.app.app_token),
        slack_api_url=f"{workspace.url}/api/",
        clock_url=f"{workspace.url}/clock",
        host="127.0.0.1",
        port=0,
    )


async def fetch_health(running_bot: RunningBot) -> tuple[int, dict[str, object]]:
    """Return the status and body of the health check."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{running_bot.port}/healthz") as answer,
    ):
        return answer.status, await answer.json()


async def test_the_bot_is_started_and_stopped_when_the_block_is_entered_and_left(
    http: Settings, bot: RecordingBot
) -> None:
    async def build(settings: Settings, clock: Clock) -> RecordingBot:
        assert (settings, type(clock)) == (http, SystemClock)
        return bot

    async with bot_lifespan(http, make_clock(http), build) as running_bot:
        assert (bot.started, bot.stopped) == (True, False)
        assert (await fetch_health(running_bot))[0] == 200

    assert bot.stopped


async def test_the_bot_is_stopped_when_its_port_is_taken(http: Settings, bot: RecordingBot) -> None:
    async def build(_: Settings, __: Clock) -> RecordingBot:
        return bot

    async with bot_lifespan(http, SystemClock(), build) as running_bot:
        taken = http.model_copy(update={"port": running_bot.port})
        bot.stopped = False
        with pytest.raises(OSError, match="address already in use"):
            async with bot_lifespan(taken, SystemClock(), build):
                pass
        assert bot.stopped


async def test_signed_events_are_answered_over_http(http: Settings, bot: RecordingBot) -> None:
    async def build(_: Settings, __: Clock) -> RecordingBot:
        return bot

    body, stamp = '{"type": "event_callback", "event": {"type": "app_uninstalled"}}', str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
    async with bot_lifespan(http, SystemClock(), build) as running_bot, aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{running_bot.port}/slack/events"
        async with session.post(address, data=body, headers=headers) as answer:
            assert answer.status == 200
        async with session.post(address, data=body) as answer:
            assert answer.status == 401

    assert (len(bot.payloads), bot.acked_count) == (1, 1)


async def test_health_is_503_when_the_database_does_not_answer(http: Settings, bot: RecordingBot) -> None:
    async def build(_: Settings, __: Clock) -> RecordingBot:
        return bot

    async with bot_lifespan(http, SystemClock(), build) as running_bot:
        bot.reports_healthy = False

        assert await fetch_health(running_bot) == (
            503,
            {"ok": False, "mode": "http", "database": False, "last_frame_seconds": None},
        )


async def test_only_health_is_served_with_socket_mode(
    socket: Settings, bot: RecordingBot, workspace: Workspace
) -> None:
    async def build(_: Settings, __: Clock) -> RecordingBot:
        return bot

    async with (
        bot_lifespan(socket, make_clock(socket), build) as running_bot,
        aiohttp.ClientSession() as session,
    ):
        await asyncio.wait_for(workspace.wait_until_connected(), TIMEOUT_SECONDS)
        assert running_bot.socket is not None
        await asyncio.wait_for(running_bot.socket.connected.wait(), TIMEOUT_SECONDS)
        status, health = await fetch_health(running_bot)
        async with session.post(f"http://127.0.0.1:{running_bot.port}/slack/events", data="{}") as answer:
            assert answer.status == 404

    assert (status, health["ok"], health["mode"]) == (200, True, "socket")
    assert isinstance(health["last_frame_seconds"], float)


async def test_health_is_503_when_the_socket_has_fallen_silent(
    socket: Settings, bot: RecordingBot, workspace: Workspace
) -> None:
    async def build(_: Settings, __: Clock) -> RecordingBot:
        return bot

    times = replace(
        SocketTimings(), ping_interval=0.05, silence_timeout=0.3, watch_interval=0.02, failure_pause=60
    )
    async with (
        asyncio.timeout(TIMEOUT_SECONDS),
        bot_lifespan(socket, make_clock(socket), build, times) as running_bot,
    ):
        assert running_bot.socket is not None
        await running_bot.socket.connected.wait()
        workspace.world.socket.stop_answering()
        while (await fetch_health(running_bot))[0] == 200:
            assert running_bot.connection is not None
            assert not running_bot.connection.done()


async def test_the_clock_is_followed_while_the_bot_runs(
    socket: Settings, bot: RecordingBot, workspace: Workspace
) -> None:
    moved = asyncio.Event()

    async def build(_: Settings, clock: Clock) -> RecordingBot:
        clock.on_move(moved.set)
        return bot

    clock = make_clock(socket)
    assert isinstance(clock, RemoteClock)
    async with bot_lifespan(socket, clock, build):
        workspace.world.clock.move_to(system_now().replace(year=2040))
        await asyncio.wait_for(moved.wait(), TIMEOUT_SECONDS)

    assert clock.now().year == 2040


async def test_the_process_ends_with_1_when_slack_is_lost(socket: Settings, bot: RecordingBot) -> None:
    async def build(_: Settings, __: Clock) -> RecordingBot:
        return bot

    refused = socket.model_copy(update={"slack_app_token": SecretStr("xapp-another")})
    async with bot_lifespan(refused, make_clock(refused), build) as running_bot:
        assert await asyncio.wait_for(wait_for_shutdown(asyncio.Event(), running_bot), TIMEOUT_SECONDS) == 1


async def test_the_process_ends_with_0_after_a_signal(http: Settings, bot: RecordingBot) -> None:
    async def build(_: Settings, __: Clock) -> RecordingBot:
        return bot

    shutdown = asyncio.Event()
    shutdown.set()
    async with bot_lifespan(http, SystemClock(), build) as running_bot:
        assert await wait_for_shutdown(shutdown, running_bot) == 0


async def test_preparing_the_database_returns_its_location(http: Settings, tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "hakawati.db"
    settings = http.model_copy(update={"database_url": f"sqlite+aiosqlite:///{file}"})

    assert await migrate_and_locate_database(settings) == str(file)
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_database_with_another_workspace_is_refused(http: Settings, database_url: str) -> None:
    settings = http.model_copy(update={"database_url": database_url})
    row = Row(team_id="T0REAL", name="Real", bot_user_id="U1", bot_id="B1", installed_at=system_now())
    await refuse_foreign_database(settings, "T0QAMAR")
    database = await Database.open(database_url)
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, row)
    await database.close()

    await refuse_foreign_database(settings, "T0REAL")
    with pytest.raises(OtherWorkspaceError, match="another workspace"):
        await refuse_foreign_database(settings, "T0QAMAR")
