"""A comparison: ours against a floor, round by round, and whether the floor stood still meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

MAX_FLOOR_DRIFT = 0.25
"""By how much the floor may move between rounds; a run in which it moved more does not count."""

Measurement = tuple[float, float]
"""Ours and the floor, measured one right after the other."""


@dataclass(frozen=True)
class Goal:
    """What is compared with what, in which unit, and how small the ratio should be."""

    name: str
    description: str
    ours: str
    floor: str
    unit: str
    target: float | None = None
    stretch: float | None = None
    unit_factor: float = 1.0
    """By what the measured figures are multiplied to be in that unit."""
    at_least: bool = False
    """Whether the ratio should be as large as the target, not as small."""


@dataclass(frozen=True)
class Result:
    """What came of one goal."""

    goal: Goal
    rounds: tuple[Measurement, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours over the floor, for each round."""
        return tuple(ours / floor for ours, floor in self.rounds)

    @property
    def ratio(self) -> float:
        """The middle ratio: the one that counts."""
        return median(self.ratios)

    @property
    def ours(self) -> float:
        """The middle figure of ours, in the goal's unit."""
        return median(ours for ours, _ in self.rounds) * self.goal.unit_factor

    @property
    def floor(self) -> float:
        """The middle figure of the floor, in the goal's unit."""
        return median(floor for _, floor in self.rounds) * self.goal.unit_factor

    @property
    def floor_drift(self) -> float:
        """How far the floor moved between its slowest and its quickest round, as a share of its middle."""
        floors = [floor for _, floor in self.rounds]
        return (max(floors) - min(floors)) / median(floors)

    @property
    def is_steady(self) -> bool:
        """Whether the floor stood still."""
        return self.floor_drift <= MAX_FLOOR_DRIFT

    @property
    def verdict(self) -> str:
        """Met, missed, or why there is no saying."""
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
    """So many rounds of a goal. Ours and the floor take turns, so that both live through the same minutes."""
    return Result(goal, tuple([await measure_round() for _ in range(count)]))
