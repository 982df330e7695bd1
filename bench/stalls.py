"""Stalls of the event loop, measured from within it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

CHECK_INTERVAL = 0.001
"""Seconds between two checks of a loop that isn't blocked."""


async def longest_stall(is_over: Callable[[], bool]) -> float:
    """Return the longest delay of a check in seconds, measured until `is_over()`."""
    longest = 0.0
    while not is_over():
        before = time.perf_counter()
        await asyncio.sleep(CHECK_INTERVAL)
        longest = max(longest, time.perf_counter() - before - CHECK_INTERVAL)
    return longest


def deadline_in(seconds: float) -> Callable[[], bool]:
    """Return a predicate that becomes true after this many seconds."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end
