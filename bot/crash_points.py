"""Named crash points: where the fault runs kill the process, to prove that nothing is lost there."""

from __future__ import annotations

import os
import signal
from typing import Literal, get_args

Answering = Literal["received", "committed", "acked", "posted", "shown"]
Delivering = Literal["claimed", "accepted", "marked", "looking", "looked", "settled"]
Point = Answering | Delivering
POINTS: tuple[Answering, ...] = get_args(Answering)
"""Between the steps of answering somebody."""
DELIVERING: tuple[Delivering, ...] = get_args(Delivering)
"""Between the steps of saying something unasked, and of looking for what may have been said."""


class CrashPoints:
    """Ends the process like a power cut at the n-th passing of one point; without a plan it does nothing."""

    def __init__(self, moment: str = "", count: int = 1) -> None:
        self._moment = moment
        self._left = count

    def reached(self, point: Point) -> None:
        """The named point is being passed."""
        if point == self._moment:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
