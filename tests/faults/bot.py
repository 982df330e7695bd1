"""The bot as it ships, in a process of its own: it lives faster, and lacks one of its guards if it is told so."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from functools import partial

from bot import logs, settings
from bot.app import build
from bot.lifecycle import clock_for, prepare, serve
from bot.slack.socket_mode import SocketTimes
from bot.timings import Timings
from tests.faults.mutations import MUTATIONS

HASTE = 40
IMPATIENT = SocketTimes(connect=2, ping=0.2, silence=1, look=0.05, pause=0.02, failures=5, drain=1)
"""As if Slack and the machine between them never took long; a slow machine gets two tries more."""


def timings() -> Timings:
    """Forty times as fast; only Slack's clock and ours do not come nearer to each other by that, nor a busy machine."""
    usual = Timings()
    fast = usual.divided(by=HASTE)
    return replace(
        fast,
        call=2 * fast.call,
        drain=usual.drain,
        history_before=usual.history_before,
        history_after=usual.history_after,
    )


async def run() -> int:
    """Serve, as `hakawati run` does."""
    found = settings.read()
    logs.configure(found.log_level)
    await prepare(found)
    return await serve(found, clock_for(found), partial(build, timings=timings()), IMPATIENT)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        MUTATIONS[name]()
    sys.exit(asyncio.run(run()))
