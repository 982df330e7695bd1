"""Fake of Slack's Web API for clicks: every call succeeds, after the delay given in the URL."""

from __future__ import annotations

import asyncio
import itertools

from aiohttp import web

from bench.bolt import TEAM

IDENTITY = {
    "team_id": TEAM,
    "team": {"id": TEAM, "name": "Bench"},
    "user_id": "U0HAKAWATI",
    "bot_id": "B0HAKAWATI",
    "url": "https://bench.example/",
    "user": {"team_id": TEAM, "tz": "Europe/Berlin"},
}


def slack_stub(link: str = "") -> web.Application:
    """Return the application; `link` is the WebSocket URL that `apps.connections.open` returns.

    The URL's first segment delays `chat.*` methods by that many milliseconds (`/50/api/chat.update`); other methods
    answer at once.
    """
    numbers = itertools.count(1)

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        method = request.match_info["method"]
        if method.startswith("chat."):
            await asyncio.sleep(int(request.match_info["wait"]) / 1000)
        return web.json_response(
            {
                "ok": True,
                **IDENTITY,
                "url": link or IDENTITY["url"],
                "channel": "D0BENCH",
                "ts": f"1800000000.{next(numbers):06}",
            }
        )

    application = web.Application()
    application.router.add_post("/{wait:[0-9]+}/api/{method}", answer)
    return application
