"""The bot as a separate process, which tests can kill."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import CrashPoint
from tests.e2e.app_under_test import AppUnderTest, Transport

PROCESS_TIMEOUT = 30.0
POLL_INTERVAL = 0.05


class DiedAtStartError(AssertionError):
    """The process died at start: it reached its crash point while showing what hadn't been shown yet."""


@dataclass
class BotProcess:
    """The bot of an app under test as a process, with its log."""

    app: AppUnderTest
    log: Path
    transport: Transport = "http"

    @asynccontextmanager
    async def running(self, crash_at: CrashPoint | None = None) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run the process and wait until it's healthy; kill it at the end unless it's dead already."""
        port = _free_port()
        app, url = self.app.workspace.app, f"http://127.0.0.1:{port}/slack/events"
        app.transport, app.request_url = self.transport, url
        if self.transport == "http":
            app.replicas = (*app.replicas, url)
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *self.command(),
                env=self._environment(port, crash_at),
                stdout=log,
                stderr=log,
            )
        try:
            await self._wait_until_healthy(port, process)
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
            await process.wait()
            app.replicas = tuple(other for other in app.replicas if other != url)

    def command(self) -> Sequence[str]:
        """Return the command line."""
        return (sys.executable, "-m", "bot", "run")

    def _environment(self, port: int, crash_at: CrashPoint | None) -> dict[str, str]:
        settings = self.app.settings(port)
        return {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
            "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
            **self._secret_environment(),
            "SLACK_API_URL": settings.slack_api_url,
            "DATABASE_URL": settings.database_url,
            "CLOCK_URL": str(settings.clock_url),
            "HOST": "127.0.0.1",
            "PORT": str(port),
            **({"CRASH_AT": f"{crash_at.moment}:{crash_at.count}"} if crash_at else {}),
        }

    def _secret_environment(self) -> dict[str, str]:
        app = self.app.workspace.app
        if self.transport == "socket":
            return {"SLACK_APP_TOKEN": app.app_token}
        return {"SLACK_SIGNING_SECRET": app.signing_secret}

    async def _wait_until_healthy(self, port: int, process: asyncio.subprocess.Process) -> None:
        async with asyncio.timeout(PROCESS_TIMEOUT):
            while process.returncode is None:
                try:
                    async with self.app.http_session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                        if answer.status == 200:
                            return
                except OSError:
                    await asyncio.sleep(POLL_INTERVAL)  # a separate process can't notify us
        raise DiedAtStartError(self.log.read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
