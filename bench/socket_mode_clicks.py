"""Clicks over Socket Mode: ack times (goal 6)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bench import slack_requests
from bench.child_processes import Child, running_child
from bench.child_server import serve_application
from bench.comparison import Goal, Measurement, Result, compare
from bench.http_clicks import ACK_TITLE
from bench.load_generator import ResponseTimes
from bench.people import DatabaseTemplates, writers
from bench.scale import Scale

ANSWER_TIMEOUT = 20.0
"""Seconds a server gets to open its connection, and to ack."""

SOCKET_MODE_ACK = Goal(
    "6", f"{ACK_TITLE} over Socket Mode", "the bot, p50", "stock Bolt", "ms", 0.25, None, 1e3
)


class SocketModeLink:
    """Slack's end of one connection, which sends one timed click after another."""

    def __init__(self) -> None:
        self._opened: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self._acks: asyncio.Queue[str] = asyncio.Queue()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Say hello and collect acks until the other side closes the connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"type": "hello", "num_connections": 1}')
        self._opened.put_nowait(socket)
        async for message in socket:
            self._acks.put_nowait(json.loads(message.data)["envelope_id"])
        return socket

    async def send_clicks(
        self, server: Child, envelopes: Iterator[dict[str, Any]], count: int
    ) -> ResponseTimes:
        """Send `count` clicks and return the time to each ack, then wait for the queued messages."""
        times = ResponseTimes()
        async with asyncio.timeout(ANSWER_TIMEOUT + count):
            socket = await self._opened.get()
            for _ in range(count):
                envelope = next(envelopes)
                text = json.dumps(envelope)
                started = time.perf_counter()
                await socket.send_str(text)
                acked = await self._acks.get()
                times.seconds.append(time.perf_counter() - started)
                assert acked == envelope["envelope_id"]
        self._opened.put_nowait(socket)
        await server.cpu_seconds_when_idle()
        return times


async def measure_socket_mode(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Goal 6: measure acks of many people whose clicks all use the one connection."""
    database = await templates.database_with_drafts(scale.people)
    async with (
        _open_link() as (ours, api),
        _open_link() as (floor, floor_api),
        running_child("bot", api=api, database=database, linked=True) as bot,
        running_child("linked", api=floor_api) as stock,
    ):
        our_envelopes, floor_envelopes = (
            slack_requests.click_envelopes(writers(scale.people)) for _ in range(2)
        )
        await ours.send_clicks(bot, our_envelopes, scale.warm_up_clicks)
        await floor.send_clicks(stock, floor_envelopes, scale.stock_clicks // 5)

        async def measure_round() -> Measurement:
            return (
                (await ours.send_clicks(bot, our_envelopes, scale.single_clicks)).p50,
                (await floor.send_clicks(stock, floor_envelopes, scale.stock_clicks)).p50,
            )

        yield await compare(SOCKET_MODE_ACK, scale.rounds, measure_round)


@asynccontextmanager
async def _open_link() -> AsyncIterator[tuple[SocketModeLink, str]]:
    """Serve a connection and a Slack that hands out its URL; yield the link and Slack's API URL."""
    link = SocketModeLink()
    application = web.Application()
    application.router.add_get("/link", link.serve)
    async with (
        serve_application(application) as served,
        running_child("slack", link=f"ws://127.0.0.1:{served.port}/link") as slack,
    ):
        yield link, f"http://127.0.0.1:{slack.port}/0/api/"
