"""Comparison of the bot with a floor, round by round, and the check that the floor was steady."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

MAX_FLOOR_DRIFT = 0.25
"""Largest spread of the floor between rounds, as a share of its median; beyond it the run doesn't count."""

Measurement = tuple[float, float]
"""Our figure and the floor's, measured one right after the other."""


@dataclass(frozen=True)
class Goal:
    """One comparison: the two sides, the unit and the target ratio."""

    name: str
    description: str
    ours: str
    floor: str
    unit: str
    target: float | None = None
    stretch: float | None = None
    unit_factor: float = 1.0
    """Factor that converts the measured figures to `unit`."""
    at_least: bool = False
    """Whether the target is a minimum instead of a maximum."""


@dataclass(frozen=True)
class Result:
    """The measured rounds of one goal."""

    goal: Goal
    rounds: tuple[Measurement, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Our figure divided by the floor's, for each round."""
        return tuple(ours / floor for ours, floor in self.rounds)

    @property
    def ratio(self) -> float:
        """The median ratio, which is compared with the target."""
        return median(self.ratios)

    @property
    def ours(self) -> float:
        """The median of our figures, in the goal's unit."""
        return median(ours for ours, _ in self.rounds) * self.goal.unit_factor

    @property
    def floor(self) -> float:
        """The median of the floor's figures, in the goal's unit."""
        return median(floor for _, floor in self.rounds) * self.goal.unit_factor

    @property
    def floor_drift(self) -> float:
        """The spread of the floor between its slowest and its fastest round, as a share of its median."""
        floors = [floor for _, floor in self.rounds]
        return (max(floors) - min(floors)) / median(floors)

    @property
    def is_steady(self) -> bool:
        """Whether the floor was steady enough for the run to count."""
        return self.floor_drift <= MAX_FLOOR_DRIFT

    @property
    def verdict(self) -> str:
        """Whether the target was met, or why that can't be said."""
        goal = self.goal
        if not self.is_steady:
            return "does not count"
        if goal.target is None:
            return "no target"
        if goal.stretch is not None and self.ratio <= goal.stretch:
            return "met, stretch too"
        met = self.ratio >= goal.target if goal.at_least else self.ratio <= goal.target
        return "met" if met else "missed"


MeasureRound = Callable[[], Awaitable[Measurement]]


async def compare(goal: Goal, count: int, measure_round: MeasureRound) -> Result:
    """Measure `count` rounds; ours and the floor alternate, so that both see the same load on the machine."""
    return Result(goal, tuple([await measure_round() for _ in range(count)]))
