"""Fake Slack with its rate limits: it counts the messages of each workspace and refuses the excess."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from aiohttp import web
from aiohttp.typedefs import Handler

from bench.child_server import ServerHandle, serve_application
from bench.fake_slack import slack_stub

MINUTE = 60.0
MESSAGES_PER_MINUTE = 300
"""Messages a minute in one workspace. Slack says "several hundred"; the bot stays at three hundred."""
BURST = 5.0
"""At most one second's worth at once: stricter than Slack, so that a test needn't run for a minute."""
CHANNEL_INTERVAL = 1.0
"""Seconds between two messages in a channel."""


@dataclass
class WorkspaceLimit:
    """The messages that have arrived in one workspace."""

    arrivals: list[float] = field(default_factory=list)
    allowance: float = BURST
    last_seen: float = 0.0
    channels: dict[str, float] = field(default_factory=dict)
    refused: int = 0

    def try_accept(self, channel: str, now: float) -> bool:
        """Return whether one more message is allowed now, and count it."""
        self.allowance = min(BURST, self.allowance + (now - self.last_seen) * MESSAGES_PER_MINUTE / MINUTE)
        self.last_seen = now
        if self.allowance < 1 or now - self.channels.get(channel, -CHANNEL_INTERVAL) < CHANNEL_INTERVAL:
            self.refused += 1
            return False
        self.allowance -= 1
        self.arrivals.append(now)
        self.channels[channel] = now
        return True

    def count_delivered(self, seconds: float) -> int:
        """Return the number of messages within this many seconds of the first."""
        return sum(at <= self.arrivals[0] + seconds for at in self.arrivals) if self.arrivals else 0


@asynccontextmanager
async def serve_strict_slack(seconds: float) -> AsyncIterator[ServerHandle]:
    """Serve the strict Slack; `delivered` and `refused` answer totals over all workspaces, one per token."""
    workspaces: defaultdict[str, WorkspaceLimit] = defaultdict(WorkspaceLimit)

    @web.middleware
    async def limit_messages(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.endswith("/chat.postMessage"):
            arguments = (
                await request.post()
                if request.content_type.startswith("application/x")
                else await request.json()
            )
            workspace = workspaces[request.headers["Authorization"]]
            if not workspace.try_accept(str(arguments["channel"]), time.monotonic()):
                return web.json_response(
                    {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"}
                )
        return await handler(request)

    async def delivered() -> float:
        return float(sum(workspace.count_delivered(seconds) for workspace in workspaces.values()))

    async def refused() -> float:
        return float(sum(workspace.refused for workspace in workspaces.values()))

    application = slack_stub()
    application.middlewares.append(limit_messages)
    async with serve_application(application) as served:
        yield replace(served, queries={"delivered": delivered, "refused": refused})
