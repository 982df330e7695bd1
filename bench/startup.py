"""Process starts: time to the first answered click, and to the ready practice page."""

from __future__ import annotations

import asyncio
import itertools
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bench import load_generator, slack_requests
from bench.bolt import SECRET, TOKEN
from bench.child_processes import CHILD_TIMEOUT, child_environment, pin_to_core, running_child
from bench.comparison import Goal, Measurement, Result, compare
from bench.people import DatabaseTemplates, writers
from bench.scale import Scale

COLD_START = Goal("start", "start to the first answered click", "hakawati run", "bare Bolt", "s")
PRACTICE_START = Goal("start", "second start of the practice workspace", "hakawati practice", "3 s", "s", 1.0)
READY_LINE = b"Hakawati is waiting"


async def measure_cold_start(templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Measure a process that starts, checks its database and answers a click; bare Bolt has no database."""
    async with running_child("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/0/api/"

        async def ours() -> float:
            port = _free_port()
            settings = child_environment(
                SLACK_BOT_TOKEN=TOKEN,
                SLACK_SIGNING_SECRET=SECRET,
                SLACK_API_URL=api,
                DATABASE_URL=await templates.database_with_drafts(1),
                HOST="127.0.0.1",
                PORT=str(port),
                LOG_LEVEL="WARNING",
            )
            return await _seconds_until_answered(("-m", "bot", "run"), settings, port)

        async def floor() -> float:
            port = _free_port()
            return await _seconds_until_answered(("-m", "bench.bolt", str(port)), child_environment(), port)

        async def measure_round() -> Measurement:
            return await ours(), await floor()

        if scale.starts > 1:
            await measure_round()  # from here on both find their files in the page cache
        yield await compare(COLD_START, scale.starts, measure_round)


async def measure_practice_start(_templates: DatabaseTemplates, scale: Scale) -> AsyncIterator[Result]:
    """Measure the practice workspace restarted in the folder of an earlier run."""
    with tempfile.TemporaryDirectory() as folder:

        async def measure_round() -> Measurement:
            started = time.perf_counter()
            async with _running_process(
                ("-m", "bot", "practice", "--port", "0"), child_environment(), Path(folder)
            ) as process:
                assert process.stdout is not None
                while READY_LINE not in (line := await process.stdout.readline()):
                    if not line:
                        raise RuntimeError(
                            "the practice workspace ended by itself; what it said stands above"
                        )
                return time.perf_counter() - started, 3.0

        await measure_round()
        yield await compare(PRACTICE_START, scale.starts, measure_round)


async def _seconds_until_answered(arguments: Sequence[str], settings: dict[str, str], port: int) -> float:
    bodies = slack_requests.card_clicks(writers(1))
    started = time.perf_counter()
    async with _running_process(arguments, settings) as process:
        for _ in itertools.count():
            if process.returncode is not None or time.perf_counter() - started > CHILD_TIMEOUT:
                raise RuntimeError("a server under test did not start; what it said stands above")
            with suppress(ConnectionRefusedError):
                await load_generator.send_requests(port, bodies, 1)
                break
            await asyncio.sleep(0.005)
        return time.perf_counter() - started


@asynccontextmanager
async def _running_process(
    arguments: Sequence[str], settings: dict[str, str], folder: Path | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env=settings,
        cwd=folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        pin_to_core(process.pid)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
