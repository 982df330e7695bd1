"""The health check: /healthz reports whether the bot can do its work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Literal

from aiohttp import web

MAX_BODY_BYTES = 1024 * 1024
"""The largest request body in bytes; Slack's own stay far below."""


@dataclass(frozen=True)
class Health:
    """The answer of /healthz: whether the bot works, and which part doesn't."""

    ok: bool
    mode: Literal["socket", "http"]
    database: bool
    last_frame_seconds: float | None = None


HealthCheck = Callable[[], Awaitable[Health]]
"""Checks every part of the bot."""


def health_app(check: HealthCheck) -> web.Application:
    """Return a web application that answers only /healthz; Socket Mode needs no more."""

    async def healthz(_: web.Request) -> web.Response:
        health = await check()
        return web.json_response(asdict(health), status=200 if health.ok else 503)

    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_get("/healthz", healthz)
    return app
