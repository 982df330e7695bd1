"""The crash points, at which the fault runs kill the process to prove that nothing is lost there."""

from __future__ import annotations

import os
import signal
from typing import Literal, get_args

AnswerPoint = Literal["received", "committed", "acked", "posted", "shown"]
DeliveryPoint = Literal["claimed", "accepted", "marked", "looking", "looked", "settled"]
CrashPointName = AnswerPoint | DeliveryPoint
ANSWER_POINTS: tuple[AnswerPoint, ...] = get_args(AnswerPoint)
"""The points between the steps of answering a person."""
DELIVERY_POINTS: tuple[DeliveryPoint, ...] = get_args(DeliveryPoint)
"""The points between the steps of sending a notice, and of searching for an unconfirmed one."""


class CrashPoints:
    """Kills the process, like a power cut, at the n-th pass of one point; without a point it does nothing."""

    def __init__(self, point: str = "", count: int = 1) -> None:
        self._point = point
        self._remaining = count

    def maybe_crash_at(self, point: CrashPointName) -> None:
        """Kill the process if this pass of the point is the chosen one."""
        if point == self._point:
            self._remaining -= 1
            if self._remaining == 0:
                os.kill(os.getpid(), signal.SIGKILL)
