"""Scales of a run: the full one, or a small one that only proves that the benchmarks work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Numbers of rounds, clicks, people and notices."""

    rounds: int = 7
    single_clicks: int = 400
    """Clicks one at a time, for a median."""
    stock_clicks: int = 100
    """Clicks one at a time for stock Bolt, which takes ten milliseconds for each."""
    concurrent_clicks: int = 800
    """Clicks sixteen at a time, for CPU figures."""
    tail_clicks: int = 1500
    """Clicks one at a time, for the slowest percent."""
    warm_up_clicks: int = 300
    people: int = 200
    open_drafts: int = 10_000
    """Open drafts, for memory figures."""
    concurrent_tail_clicks: int = 1600
    """Clicks sixteen at a time, for the slowest percent."""
    invited: int = 100_000
    """People the wave invites."""
    due_notices: int = 10_000
    """Notices due at once."""
    jobs: int = 1_000
    """Jobs due at once where each takes a millisecond or more to add."""
    watch_seconds: float = 5.0
    """Seconds to watch the event loop while notices are due."""
    waiting_notices: tuple[int, int] = (1_000_000, 10_000)
    """Waiting notices: many, and few."""
    held_notices: int = 100_000
    """Waiting notices, for memory figures."""
    workspaces: int = 20
    sending_seconds: float = 20.0
    """Seconds for which the workspaces send their due notices."""
    extra_seconds: float = 5.0
    """Additional seconds of sending, because not all workspaces start at the same moment."""
    starts: int = 5
    retries: int = 1
    """Repetitions of a goal whose floor was unsteady."""


FULL = Scale()
QUICK = Scale(
    rounds=2,
    single_clicks=20,
    stock_clicks=10,
    concurrent_clicks=40,
    tail_clicks=100,
    warm_up_clicks=10,
    people=20,
    open_drafts=60,
    concurrent_tail_clicks=80,
    invited=200,
    due_notices=60,
    jobs=20,
    watch_seconds=0.2,
    waiting_notices=(1000, 100),
    held_notices=1000,
    workspaces=2,
    sending_seconds=1.0,
    extra_seconds=0.5,
    starts=1,
    retries=0,
)
