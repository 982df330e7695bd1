"""Named crash points: where the fault runs kill the process, to prove that nothing is lost there."""

from __future__ import annotations

import os
import signal
from typing import Literal, get_args

AnswerPoint = Literal["received", "committed", "acked", "posted", "shown"]
DeliveryPoint = Literal["claimed", "accepted", "marked", "looking", "looked", "settled"]
CrashPointName = AnswerPoint | DeliveryPoint
ANSWER_POINTS: tuple[AnswerPoint, ...] = get_args(AnswerPoint)
"""Between the steps of answering somebody."""
DELIVERY_POINTS: tuple[DeliveryPoint, ...] = get_args(DeliveryPoint)
"""Between the steps of saying something unasked, and of looking for what may have been said."""


class CrashPoints:
    """Ends the process like a power cut at the n-th passing of one point; without a plan it does nothing."""

    def __init__(self, point: str = "", count: int = 1) -> None:
        self._point = point
        self._remaining = count

    def maybe_crash_at(self, point: CrashPointName) -> None:
        """The named point is being passed."""
        if point == self._point:
            self._remaining -= 1
            if self._remaining == 0:
                os.kill(os.getpid(), signal.SIGKILL)
