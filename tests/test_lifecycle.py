"""The life of the process: started in order, asked how it is, stopped in the opposite order."""

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

from bot.clock import Clock, FollowedClock, SystemClock, machine_now
from bot.lifecycle import OtherWorkspaceError, Running, clock_for, prepare, refuse_others, running, until
from bot.settings import Settings
from bot.slack import manifest
from bot.slack.socket_mode import SocketTimes
from db.engine.database import Database
from db.models import Workspace as Row
from db.queries.workspaces import put_workspace
from practice.server import Workspace
from practice.server import build as build_workspace
from tests.bolts import Recorder

SECRET = "a-signing-secret"
GUARD = 20


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace to connect to."""
    made = build_workspace(manifest.socket_form())
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def bot() -> Recorder:
    """What runs."""
    return Recorder()


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


async def health(now: Running) -> tuple[int, dict[str, object]]:
    """What the bot says of itself."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{now.port}/healthz") as answer,
    ):
        return answer.status, await answer.json()


async def test_the_bot_is_started_and_stopped_when_the_block_is_entered_and_left(
    http: Settings, bot: Recorder
) -> None:
    async def build(settings: Settings, clock: Clock) -> Recorder:
        assert (settings, type(clock)) == (http, SystemClock)
        return bot

    async with running(http, clock_for(http), build) as now:
        assert (bot.started, bot.stopped) == (True, False)
        assert (await health(now))[0] == 200

    assert bot.stopped


async def test_the_bot_is_stopped_when_its_port_is_taken(http: Settings, bot: Recorder) -> None:
    async def build(_: Settings, __: Clock) -> Recorder:
        return bot

    async with running(http, SystemClock(), build) as now:
        taken = http.model_copy(update={"port": now.port})
        bot.stopped = False
        with pytest.raises(OSError, match="address already in use"):
            async with running(taken, SystemClock(), build):
                pass
        assert bot.stopped


async def test_signed_events_are_answered_when_slack_comes_over_http(http: Settings, bot: Recorder) -> None:
    async def build(_: Settings, __: Clock) -> Recorder:
        return bot

    body, stamp = '{"type": "event_callback", "event": {"type": "app_uninstalled"}}', str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
    async with running(http, SystemClock(), build) as now, aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{now.port}/slack/events"
        async with session.post(address, data=body, headers=headers) as answer:
            assert answer.status == 200
        async with session.post(address, data=body) as answer:
            assert answer.status == 401

    assert (len(bot.heard), bot.answered) == (1, 1)


async def test_health_is_503_when_the_database_does_not_answer(http: Settings, bot: Recorder) -> None:
    async def build(_: Settings, __: Clock) -> Recorder:
        return bot

    async with running(http, SystemClock(), build) as now:
        bot.well = False

        assert await health(now) == (
            503,
            {"ok": False, "mode": "http", "database": False, "last_frame_seconds": None},
        )


async def test_only_health_is_served_when_slack_comes_over_a_socket(
    socket: Settings, bot: Recorder, workspace: Workspace
) -> None:
    async def build(_: Settings, __: Clock) -> Recorder:
        return bot

    async with running(socket, clock_for(socket), build) as now, aiohttp.ClientSession() as session:
        await asyncio.wait_for(workspace.connected(), GUARD)
        assert now.socket is not None
        await asyncio.wait_for(now.socket.connected.wait(), GUARD)
        status, told = await health(now)
        async with session.post(f"http://127.0.0.1:{now.port}/slack/events", data="{}") as answer:
            assert answer.status == 404

    assert (status, told["ok"], told["mode"]) == (200, True, "socket")
    assert isinstance(told["last_frame_seconds"], float)


async def test_health_is_503_when_the_socket_has_fallen_silent(
    socket: Settings, bot: Recorder, workspace: Workspace
) -> None:
    async def build(_: Settings, __: Clock) -> Recorder:
        return bot

    times = replace(SocketTimes(), ping=0.05, silence=0.3, look=0.02, pause=60)
    async with asyncio.timeout(GUARD), running(socket, clock_for(socket), build, times) as now:
        assert now.socket is not None
        await now.socket.connected.wait()
        workspace.world.socket.fall_silent()
        while (await health(now))[0] == 200:
            assert now.connection is not None
            assert not now.connection.done()


async def test_the_clock_is_followed_as_long_as_the_bot_runs(
    socket: Settings, bot: Recorder, workspace: Workspace
) -> None:
    moved = asyncio.Event()

    async def build(_: Settings, clock: Clock) -> Recorder:
        clock.on_move(moved.set)
        return bot

    clock = clock_for(socket)
    assert isinstance(clock, FollowedClock)
    async with running(socket, clock, build):
        workspace.world.clock.move_to(machine_now().replace(year=2040))
        await asyncio.wait_for(moved.wait(), GUARD)

    assert clock.now().year == 2040


async def test_the_process_ends_with_1_when_slack_is_lost(socket: Settings, bot: Recorder) -> None:
    async def build(_: Settings, __: Clock) -> Recorder:
        return bot

    refused = socket.model_copy(update={"slack_app_token": SecretStr("xapp-another")})
    async with running(refused, clock_for(refused), build) as now:
        assert await asyncio.wait_for(until(asyncio.Event(), now), GUARD) == 1


async def test_the_process_ends_with_0_when_it_is_told_to(http: Settings, bot: Recorder) -> None:
    async def build(_: Settings, __: Clock) -> Recorder:
        return bot

    told = asyncio.Event()
    told.set()
    async with running(http, SystemClock(), build) as now:
        assert await until(told, now) == 0


async def test_the_place_is_told_when_the_database_was_prepared(http: Settings, tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "hakawati.db"
    settings = http.model_copy(update={"database_url": f"sqlite+aiosqlite:///{file}"})

    assert await prepare(settings) == str(file)
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_database_is_refused_when_it_holds_another_workspace(
    http: Settings, database_url: str
) -> None:
    settings = http.model_copy(update={"database_url": database_url})
    row = Row(team_id="T0REAL", name="Real", bot_user_id="U1", bot_id="B1", installed_at=machine_now())
    await refuse_others(settings, "T0QAMAR")
    database = await Database.open(database_url)
    async with database.writing() as connection:
        await put_workspace(connection, row)
    await database.close()

    await refuse_others(settings, "T0REAL")
    with pytest.raises(OtherWorkspaceError, match="another workspace"):
        await refuse_others(settings, "T0QAMAR")
