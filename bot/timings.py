"""Every duration of the delivery machine in one place: how long to hold, to wait, to look, and to leave alone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta


@dataclass(frozen=True)
class Timings:
    """Machine time throughout; given as an argument, so that fault runs can live a hundred times as fast."""

    tick_interval: timedelta = timedelta(seconds=15)
    """How often it is looked whether something is due."""
    call_timeout: timedelta = timedelta(seconds=10)
    """How long Slack may take to answer one try."""
    lease: timedelta = timedelta(seconds=120)
    """How long a claimed notice belongs to whoever claimed it: far longer than any call takes."""
    search_delay: timedelta = timedelta(seconds=30)
    """How long what nobody knows the fate of is left alone before it is looked for."""
    search_interval: timedelta = timedelta(seconds=60)
    """How long after one look the next one comes; only two that find nothing prove anything."""
    history_before: timedelta = timedelta(minutes=5)
    history_after: timedelta = timedelta(seconds=60)
    """How far around the attempt it is looked for; clocks differ."""
    channel_interval: timedelta = timedelta(seconds=1)
    """Slack takes about one message a second in each channel."""
    workspace_interval: timedelta = timedelta(seconds=0.2)
    """And several hundred a minute in a workspace."""
    retry_pause: timedelta = timedelta(seconds=30)
    """How long a notice waits that did not go out, the first time; twice as long each time after."""
    max_retry_pause: timedelta = timedelta(minutes=15)
    workspace_off_pause: timedelta = timedelta(minutes=5)
    """How long everything waits when Slack knows neither the token nor the workspace."""
    drain_timeout: timedelta = timedelta(seconds=12)
    """How long what is being sent may take when the process is told to stop."""

    def accelerated(self, factor: int) -> Timings:
        """The same life, so many times as fast."""
        return Timings(**{field.name: getattr(self, field.name) / factor for field in fields(self)})


REQUIRED_SEARCHES = 2
"""How many clean looks that find nothing are enough."""
MAX_SEARCH_PAGES = 5
"""How many pages of a conversation are looked through, and no more."""
