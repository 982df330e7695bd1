"""What every server under test does besides serving: it tells its port, and what it uses when it is asked."""

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
    """Nothing is ever said."""


@dataclass(frozen=True)
class ServerHandle:
    """Where a server listens, how to wait until everything is said, and what else can be asked of it."""

    port: int = 0
    wait_until_idle: Callable[[], Awaitable[None]] = _no_pending_messages
    queries: Mapping[str, Query] = field(default_factory=dict)


async def answer_queries(server: AbstractAsyncContextManager[ServerHandle]) -> None:
    """Serve until nobody asks any more. First the port is told, then an answer to each line that is read.

    `cpu_seconds` is the seconds used, `memory` the bytes held, `quiet` the seconds used once all is said.
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
    """The application on a free port, until the block is left."""
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield ServerHandle(int(runner.addresses[0][1]))
    finally:
        await runner.cleanup()


def resident_memory() -> float:
    """The bytes of memory that this process holds once what is no longer needed has gone."""
    gc.collect()
    pages = Path("/proc/self/statm")
    if pages.exists():
        return float(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    # Without /proc only the highest that it has ever been is known.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak if sys.platform == "darwin" else peak * 1024)
