"""Slack's rate limit of about one message a second in each channel, in machine time."""

import math
import time
from collections.abc import Callable

from practice.payloads import RateLimitedError


class RateLimit:
    """A token bucket for each channel: it holds a small burst and refills at the given rate."""

    def __init__(
        self, per_second: float, burst: int, machine_time: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._machine_time = machine_time
        self._buckets: dict[str, tuple[float, float]] = {}

    def acquire(self, channel: str) -> None:
        """Count one message in the channel, or raise RateLimitedError with the seconds to wait."""
        now = self._machine_time()
        level, seen = self._buckets.get(channel, (self._burst, now))
        level = min(self._burst, level + (now - seen) * self._per_second)
        if level < 1:
            self._buckets[channel] = (level, now)
            raise RateLimitedError(max(1, math.ceil((1 - level) / self._per_second)))
        self._buckets[channel] = (level - 1, now)
