"""The load generator: keep-alive connections that send one timed request after another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from bench.slack_requests import signed_request


class NotAnsweredError(Exception):
    """A server under test answered something else than 200, so its time isn't a measurement."""


@dataclass
class ResponseTimes:
    """Response times in seconds."""

    seconds: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.seconds)

    @property
    def p99(self) -> float:
        """The 99th percentile."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)]


async def send_requests(
    port: int, bodies: Iterator[bytes], count: int, *, concurrency: int = 1
) -> ResponseTimes:
    """Send `count` requests over `concurrency` connections and return the time to each 200."""
    times = ResponseTimes()
    remaining = iter(range(count))
    await asyncio.gather(
        *(_send_on_connection(port, bodies, remaining, times) for _ in range(min(concurrency, count)))
    )
    return times


async def _send_on_connection(
    port: int, bodies: Iterator[bytes], remaining: Iterator[int], times: ResponseTimes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for _ in remaining:
            # Signing is Slack's work, so it happens before the timer starts.
            request = signed_request(next(bodies), port)
            started = time.perf_counter()
            writer.write(request)
            await _read_response(reader)
            times.seconds.append(time.perf_counter() - started)
    finally:
        writer.close()
        await writer.wait_closed()


async def _read_response(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    body = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise NotAnsweredError(f"{head.partition(b' ')[2][:20]!r} {body[:200]!r}")
