"""The app under test: a practice workspace, the bot as it ships, and the people who use it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import Bot, build_bot
from bot.clock import RemoteClock
from bot.jobs.deliver import deliver_due
from bot.lifecycle import bot_lifespan
from bot.settings import CrashPoint, Settings
from bot.slack import manifest
from practice.config import Timings
from practice.server import Workspace
from practice.server import build_workspace as build_workspace
from tests.e2e.slack_user import SlackUser

TIMEOUT = 10.0
Transport = Literal["http", "socket"]
EACH_DATABASE = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)
"""For tests in which the bot runs as a process: on both databases; PostgreSQL is marked long."""
FAST_TIMINGS = Timings(retry_delays=(0.0, 0.1, 0.2), message_burst=10_000, long_poll=2.0)


@dataclass
class AppUnderTest:
    """The setting of a dialogue: the transport, the database, and the workspace."""

    workspace: Workspace
    database_url: str
    transport: str = "http"
    crash_at: CrashPoint | None = None
    http_session: aiohttp.ClientSession = field(default_factory=aiohttp.ClientSession)
    bot: Bot | None = None
    exit_stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def person(self, user: str) -> SlackUser:
        """Return a person of the company."""
        return SlackUser(self.http_session, self.workspace.url, user)

    def settings(self, port: int = 0) -> Settings:
        """Return the bot's usual settings; only the address of Slack differs."""
        app = self.workspace.app
        return Settings(
            slack_bot_token=SecretStr(app.bot_token),
            slack_app_token=SecretStr(app.app_token) if self.transport == "socket" else None,
            slack_signing_secret=SecretStr(app.signing_secret) if self.transport == "http" else None,
            slack_api_url=f"{self.workspace.url}/api/",
            database_url=self.database_url,
            clock_url=f"{self.workspace.url}/clock",
            crash_at=self.crash_at,
            host="127.0.0.1",
            port=port,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Bot]:
        """Run the bot in this process over real sockets until the block ends."""
        clock = RemoteClock(f"{self.workspace.url}/clock")
        async with bot_lifespan(self.settings(), clock, build_bot) as now:
            self.workspace.app.transport = self.transport
            self.workspace.app.request_url = f"http://127.0.0.1:{now.port}/slack/events"
            await self.workspace.wait_until_connected()
            assert isinstance(now.bot, Bot)
            self.bot = now.bot
            yield now.bot
            self.bot = None

    async def start(self) -> None:
        """Start the bot; it runs until `stop`."""
        await self.exit_stack.enter_async_context(self.running())

    async def stop(self) -> None:
        """Stop the bot, as a deploy does."""
        await self.exit_stack.aclose()

    async def restart(self) -> None:
        """Restart the bot: only what it has stored remains."""
        await self.stop()
        await self.start()

    async def advance_clock(self, person: SlackUser, **how: Any) -> None:
        """Move the calendar, and let the bot send everything due by then."""
        assert self.bot is not None
        services, moved = self.bot.services, asyncio.Event()
        services.clock.on_move(moved.set)
        await person.does("clock", **how)
        async with asyncio.timeout(TIMEOUT):
            await moved.wait()
        # The move's own jobs come first: on PostgreSQL, people whose row is locked are skipped until the next tick.
        await self.workspace.world.clock.wait_until_confirmed(TIMEOUT)
        await deliver_due(services, services.clock.now())
        await self.wait_until_idle()

    async def wait_until_idle(self) -> None:
        """Wait until the bot has sent everything in its queue."""
        assert self.bot is not None
        await self.bot.services.outgoing.wait_until_idle()


@asynccontextmanager
async def open_workspace(timings: Timings = FAST_TIMINGS) -> AsyncIterator[Workspace]:
    """Open a practice workspace with Hakawati installed."""
    made = build_workspace(manifest.socket_mode_manifest(), timings=timings)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
