"""Clicks over Socket Mode: how soon they are acked (goal 6)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bench import clicks
from bench.answering import listening
from bench.children import Child, child
from bench.clicking import ACK
from bench.comparing import Goal, Measured, Result, compared
from bench.load import Times
from bench.people import Shelf, writers
from bench.scale import Scale

PATIENCE = 20.0
"""Seconds in which a server has to ask for a connection, and to ack."""

LINKED = Goal("6", f"{ACK} over Socket Mode", "the bot, p50", "stock Bolt", "ms", 0.25, None, 1e3)


class Link:
    """Slack's end of one connection, over which one click follows the other, each timed alone."""

    def __init__(self) -> None:
        self._opened: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self._acks: asyncio.Queue[str] = asyncio.Queue()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Say hello, and take what comes until the other side hangs up."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"type": "hello", "num_connections": 1}')
        self._opened.put_nowait(socket)
        async for message in socket:
            self._acks.put_nowait(json.loads(message.data)["envelope_id"])
        return socket

    async def press(self, server: Child, envelopes: Iterator[dict[str, Any]], count: int) -> Times:
        """So many clicks, and how long each waited for its ack; afterwards everything is said."""
        times = Times()
        async with asyncio.timeout(PATIENCE + count):
            socket = await self._opened.get()
            for _ in range(count):
                envelope = next(envelopes)
                told = json.dumps(envelope)
                started = time.perf_counter()
                await socket.send_str(told)
                acked = await self._acks.get()
                times.each.append(time.perf_counter() - started)
                assert acked == envelope["envelope_id"]
        self._opened.put_nowait(socket)
        await server.quiet()
        return times


async def linked(shelf: Shelf, scale: Scale) -> AsyncIterator[Result]:
    """Goal 6: many different people, whose clicks all come over the one connection."""
    database = await shelf.database(scale.people)
    async with (
        _link() as (ours, api),
        _link() as (floor, floors_api),
        child("bot", api=api, database=database, linked=True) as bot,
        child("linked", api=floors_api) as stock,
    ):
        mine, theirs = (clicks.envelopes(writers(scale.people)) for _ in range(2))
        await ours.press(bot, mine, scale.warming)
        await floor.press(stock, theirs, scale.stock // 5)

        async def once() -> Measured:
            return (
                (await ours.press(bot, mine, scale.alone)).p50,
                (await floor.press(stock, theirs, scale.stock)).p50,
            )

        yield await compared(LINKED, scale.rounds, once)


@asynccontextmanager
async def _link() -> AsyncIterator[tuple[Link, str]]:
    """A connection to be asked for, and the address of the Slack at which one asks."""
    link = Link()
    application = web.Application()
    application.router.add_get("/link", link.serve)
    async with (
        listening(application) as served,
        child("slack", link=f"ws://127.0.0.1:{served.port}/link") as slack,
    ):
        yield link, f"http://127.0.0.1:{slack.port}/0/api/"
