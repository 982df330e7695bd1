"""Every duration of the delivery machine in one place: how long to hold, to wait, to look, and to leave alone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta


@dataclass(frozen=True)
class Timings:
    """Machine time throughout; given as an argument, so that fault runs can live a hundred times as fast."""

    tick: timedelta = timedelta(seconds=15)
    """How often it is looked whether something is due."""
    call: timedelta = timedelta(seconds=10)
    """How long Slack may take to answer one try."""
    lease: timedelta = timedelta(seconds=120)
    """How long a claimed notice belongs to whoever claimed it: far longer than any call takes."""
    look_after: timedelta = timedelta(seconds=30)
    """How long what nobody knows the fate of is left alone before it is looked for."""
    between_looks: timedelta = timedelta(seconds=60)
    """How long after one look the next one comes; only two that find nothing prove anything."""
    history_before: timedelta = timedelta(minutes=5)
    history_after: timedelta = timedelta(seconds=60)
    """How far around the attempt it is looked for; clocks differ."""
    channel_gap: timedelta = timedelta(seconds=1)
    """Slack takes about one message a second in each channel."""
    workspace_gap: timedelta = timedelta(seconds=0.2)
    """And several hundred a minute in a workspace."""
    unsent_pause: timedelta = timedelta(seconds=30)
    """How long a notice waits that did not go out, the first time; twice as long each time after."""
    longest_pause: timedelta = timedelta(minutes=15)
    off_pause: timedelta = timedelta(minutes=5)
    """How long everything waits when Slack knows neither the token nor the workspace."""
    drain: timedelta = timedelta(seconds=12)
    """How long what is being sent may take when the process is told to stop."""

    def divided(self, by: int) -> Timings:
        """The same life, so many times as fast."""
        return Timings(**{field.name: getattr(self, field.name) / by for field in fields(self)})


LOOKS = 2
"""How many clean looks that find nothing are enough."""
PAGES = 5
"""How many pages of a conversation are looked through, and no more."""
