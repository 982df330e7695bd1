"""The child's side of a benchmark: serve, print the port, and answer queries about resource usage."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

Query = Callable[[], Awaitable[float]]


async def _no_pending_messages() -> None:
    """Return at once: this server queues no messages."""


@dataclass(frozen=True)
class ServerHandle:
    """A running server: its port, how to wait for its queued messages, and the queries it answers."""

    port: int = 0
    wait_until_idle: Callable[[], Awaitable[None]] = _no_pending_messages
    queries: Mapping[str, Query] = field(default_factory=dict)


async def answer_queries(server: AbstractAsyncContextManager[ServerHandle]) -> None:
    """Print the server's port, then answer each line of stdin until it closes.

    `processor` asks for the CPU seconds used, `memory` for the bytes held, `quiet` for the CPU seconds once every
    queued message is sent; anything else is looked up in the server's own queries.
    """
    async with server as served:
        print(json.dumps(served.port), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            match line.strip():
                case "processor":
                    answer = time.process_time()
                case "memory":
                    answer = resident_memory()
                case known if known in served.queries:
                    answer = await served.queries[known]()
                case _:
                    await served.wait_until_idle()
                    answer = time.process_time()
            print(json.dumps(answer), flush=True)


@asynccontextmanager
async def serve_application(application: web.Application) -> AsyncIterator[ServerHandle]:
    """Serve the application on a free port until the block exits."""
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield ServerHandle(int(runner.addresses[0][1]))
    finally:
        await runner.cleanup()


def resident_memory() -> float:
    """Return the bytes of memory that this process holds after a garbage collection."""
    gc.collect()
    pages = Path("/proc/self/statm")
    if pages.exists():
        return float(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    # Without /proc only the peak is available.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak if sys.platform == "darwin" else peak * 1024)
