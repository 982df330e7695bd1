"""The durations of the delivery machine: leases, pauses, searches and time-outs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta


@dataclass(frozen=True)
class Timings:
    """Durations in machine time, passed as an argument so that fault runs can go a hundred times as fast."""

    tick_interval: timedelta = timedelta(seconds=15)
    """The interval at which the bot checks for due notices."""
    call_timeout: timedelta = timedelta(seconds=10)
    """How long Slack may take to answer one attempt."""
    lease: timedelta = timedelta(seconds=120)
    """How long a claimed notice belongs to the worker that claimed it; far longer than any call takes."""
    search_delay: timedelta = timedelta(seconds=30)
    """How long an unconfirmed notice waits before the first search for it."""
    search_interval: timedelta = timedelta(seconds=60)
    """The pause between two searches for the same notice; a single one without a hit proves nothing."""
    history_before: timedelta = timedelta(minutes=5)
    history_after: timedelta = timedelta(seconds=60)
    """The period around the attempt that a search covers; clocks differ."""
    channel_interval: timedelta = timedelta(seconds=1)
    """Slack accepts about one message a second in each channel."""
    workspace_interval: timedelta = timedelta(seconds=0.2)
    """Slack accepts several hundred messages a minute in a workspace."""
    retry_pause: timedelta = timedelta(seconds=30)
    """The pause after the first failed attempt at a notice; it doubles with each further one."""
    max_retry_pause: timedelta = timedelta(minutes=15)
    workspace_off_pause: timedelta = timedelta(minutes=5)
    """The pause for all notices when Slack doesn't know the token or the workspace."""
    drain_timeout: timedelta = timedelta(seconds=12)
    """How long the messages in flight may take when the process stops."""

    def accelerated(self, factor: int) -> Timings:
        """Return the same durations divided by `factor`."""
        return Timings(**{field.name: getattr(self, field.name) / factor for field in fields(self)})


REQUIRED_SEARCHES = 2
"""The number of complete searches without a hit after which a notice counts as not sent."""
MAX_SEARCH_PAGES = 5
"""The largest number of pages of a conversation that one search reads."""
