"""The event loop, watched from within: for how long nothing else could run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

CHECK_INTERVAL = 0.001
"""Seconds between two looks, if nothing holds the loop up."""


async def longest_stall(is_over: Callable[[], bool]) -> float:
    """The longest time, in seconds, by which a look came too late, until it is over."""
    longest = 0.0
    while not is_over():
        before = time.perf_counter()
        await asyncio.sleep(CHECK_INTERVAL)
        longest = max(longest, time.perf_counter() - before - CHECK_INTERVAL)
    return longest


def deadline_in(seconds: float) -> Callable[[], bool]:
    """Over when so many seconds have gone by."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end
