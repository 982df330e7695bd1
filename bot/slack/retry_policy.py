"""How often, and after which pauses, a failed call to Slack is tried again."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.errors import is_rate_limited, retry_after


@dataclass(frozen=True)
class RetryPolicy:
    """The number of attempts at a call, and its time-out and pauses (seconds, machine time)."""

    call_timeout: int = 10
    max_tries: int = 6
    first_pause: float = 1.0
    max_pause: float = 30.0

    def pause_after(self, problem: BaseException, attempt: int) -> float:
        """Return the seconds to wait after this failed attempt; the first is 0."""
        if is_rate_limited(problem):
            return retry_after(problem).total_seconds()
        return min(self.first_pause * 2.0**attempt, self.max_pause)
