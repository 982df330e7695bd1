"""How much is measured: the whole, or a small part that only proves that the benchmarks run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Numbers of rounds, clicks and people."""

    rounds: int = 7
    alone: int = 400
    """Clicks one at a time, for a median."""
    stock: int = 100
    """The same at stock Bolt, which takes its ten milliseconds for each."""
    together: int = 800
    """Clicks sixteen at a time, for the processor."""
    tail: int = 1500
    """Clicks one at a time, for the slowest in a hundred."""
    warming: int = 300
    people: int = 200
    many: int = 10_000
    """Open drafts, for the memory."""
    crowd: int = 1600
    """Clicks sixteen at a time, for the slowest in a hundred."""
    invited: int = 100_000
    """People whom a wave is for."""
    due: int = 10_000
    """Notices that are due at once."""
    jobs: int = 1_000
    """The same, where each takes a millisecond and more to be added."""
    watched: float = 5.0
    """Seconds for which the event loop is watched while they are."""
    waiting: tuple[int, int] = (1_000_000, 10_000)
    """Notices that wait: many, and few."""
    held: int = 100_000
    """The same, for the memory."""
    workspaces: int = 20
    sending: float = 20.0
    """Seconds for which so many workspaces say what is due."""
    late: float = 5.0
    """Seconds more than are looked at: not all of them begin at once."""
    starts: int = 5
    again: int = 1
    """How often a goal is measured anew whose floor would not stand still."""


WHOLE = Scale()
QUICK = Scale(
    rounds=2,
    alone=20,
    stock=10,
    together=40,
    tail=100,
    warming=10,
    people=20,
    many=60,
    crowd=80,
    invited=200,
    due=60,
    jobs=20,
    watched=0.2,
    waiting=(1000, 100),
    held=1000,
    workspaces=2,
    sending=1.0,
    late=0.5,
    starts=1,
    again=0,
)
