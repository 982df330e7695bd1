"""How much is measured: the whole, or a small part that only proves that the benchmarks run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Numbers of rounds, clicks and people."""

    rounds: int = 7
    single_clicks: int = 400
    """Clicks one at a time, for a median."""
    stock_clicks: int = 100
    """The same at stock Bolt, which takes its ten milliseconds for each."""
    concurrent_clicks: int = 800
    """Clicks sixteen at a time, for the processor."""
    tail_clicks: int = 1500
    """Clicks one at a time, for the slowest in a hundred."""
    warm_up_clicks: int = 300
    people: int = 200
    open_drafts: int = 10_000
    """Open drafts, for the memory."""
    concurrent_tail_clicks: int = 1600
    """Clicks sixteen at a time, for the slowest in a hundred."""
    invited: int = 100_000
    """People whom a wave is for."""
    due_notices: int = 10_000
    """Notices that are due at once."""
    jobs: int = 1_000
    """The same, where each takes a millisecond and more to be added."""
    watch_seconds: float = 5.0
    """Seconds for which the event loop is watched while they are."""
    waiting_notices: tuple[int, int] = (1_000_000, 10_000)
    """Notices that wait: many, and few."""
    held_notices: int = 100_000
    """The same, for the memory."""
    workspaces: int = 20
    sending_seconds: float = 20.0
    """Seconds for which so many workspaces say what is due."""
    extra_seconds: float = 5.0
    """Seconds more than are looked at: not all of them begin at once."""
    starts: int = 5
    retries: int = 1
    """How often a goal is measured anew whose floor would not stand still."""


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
