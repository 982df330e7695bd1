"""Slack with its rule about how much may be said: it counts what arrives in each workspace, and refuses too much."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from aiohttp import web
from aiohttp.typedefs import Handler

from bench.answering import Served, listening
from bench.slack import stub

MINUTE = 60.0
ALLOWED = 300
"""Messages a minute in a workspace. Slack says "several hundred"; the bot keeps to three hundred."""
AT_ONCE = 5.0
"""And no more than a second's worth at once: stricter than Slack, so that a minute of it need not be waited for."""
GAP = 1.0
"""Seconds between two messages in a channel."""


@dataclass
class Workspace:
    """What has arrived in one workspace."""

    at: list[float] = field(default_factory=list)
    left: float = AT_ONCE
    seen: float = 0.0
    channels: dict[str, float] = field(default_factory=dict)
    refused: int = 0

    def take(self, channel: str, now: float) -> bool:
        """Whether one more message may come now."""
        self.left = min(AT_ONCE, self.left + (now - self.seen) * ALLOWED / MINUTE)
        self.seen = now
        if self.left < 1 or now - self.channels.get(channel, -GAP) < GAP:
            self.refused += 1
            return False
        self.left -= 1
        self.at.append(now)
        self.channels[channel] = now
        return True

    def delivered(self, seconds: float) -> int:
        """How many arrived in so many seconds from the first on."""
        return sum(at <= self.at[0] + seconds for at in self.at) if self.at else 0


@asynccontextmanager
async def ruling(seconds: float) -> AsyncIterator[Served]:
    """The server; `delivered` and `refused` tell of all workspaces together, whose tokens tell them apart."""
    workspaces: defaultdict[str, Workspace] = defaultdict(Workspace)

    @web.middleware
    async def rule(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.endswith("/chat.postMessage"):
            given = (
                await request.post()
                if request.content_type.startswith("application/x")
                else await request.json()
            )
            workspace = workspaces[request.headers["Authorization"]]
            if not workspace.take(str(given["channel"]), time.monotonic()):
                return web.json_response(
                    {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"}
                )
        return await handler(request)

    async def delivered() -> float:
        return float(sum(one.delivered(seconds) for one in workspaces.values()))

    async def refused() -> float:
        return float(sum(one.refused for one in workspaces.values()))

    application = stub()
    application.middlewares.append(rule)
    async with listening(application) as served:
        yield replace(served, asked={"delivered": delivered, "refused": refused})
