"""Child processes that run the servers under test on one core, while the load runs on another."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BOT_SERVERS = ("bot", "dispatch", "stalls", "planner", "many")
"""Servers that contain code of the bot; all others are stand-ins."""
CHILD_TIMEOUT = 20.0
"""Seconds a child gets to start or to exit."""


def choose_cores() -> tuple[set[int], set[int]] | None:
    """Return one core for the servers and one for the load; None if there's only one, or no affinity to set."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    found = sorted(os.sched_getaffinity(0))
    return ({found[0]}, {found[-1]}) if len(found) > 1 else None


CORES = choose_cores()


def pin_to_load_core() -> None:
    """Move this process, which generates the load, to its core."""
    if CORES is not None:
        os.sched_setaffinity(0, CORES[1])


def pin_to_core(pid: int, *, to_load: bool = False) -> None:
    """Move a child to its core."""
    if CORES is not None:
        os.sched_setaffinity(pid, CORES[1 if to_load else 0])


def child_environment(**more: str) -> dict[str, str]:
    """Return the environment of a child: ours without any of the bot's settings, plus these variables."""
    ours = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**ours, "PYTHONPATH": str(ROOT), **more}


class Child:
    """A server in a child process."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self.port = port

    async def cpu_seconds(self) -> float:
        """Return the CPU seconds used so far."""
        return await self.ask("processor")

    async def cpu_seconds_when_idle(self) -> float:
        """Return the CPU seconds used so far, once every queued message is sent."""
        return await self.ask("quiet")

    async def memory_bytes(self) -> float:
        """Return the resident memory in bytes."""
        return await self.ask("memory")

    async def ask(self, query: str) -> float:
        """Send a query to the server and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{query}\n".encode())
        return await _read_number(self._process)


@asynccontextmanager
async def running_child(server: str, **options: Any) -> AsyncIterator[Child]:
    """Run the server of this name until the block exits."""
    module = "bench.serve" if server in BOT_SERVERS else "bench.stand_ins"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, server, json.dumps(options)),
        env=child_environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        pin_to_core(process.pid, to_load=server in ("slack", "strict"))
        yield Child(process, int(await _read_number(process)))
    finally:
        await _stop_process(process)


async def _stop_process(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(CHILD_TIMEOUT):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _read_number(process: asyncio.subprocess.Process) -> float:
    assert process.stdout is not None
    line = await process.stdout.readline()
    if not line:
        raise RuntimeError("a server under test ended by itself; what it said stands above")
    return float(line)
