"""The bot as it ships, in a process of its own: it lives faster, and lacks one of its guards if it is told so."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from functools import partial

from bot import logs, settings
from bot.app import build
from bot.process import clock_for, prepare, serve
from bot.timings import Timings
from tests.faults.mutations import MUTATIONS

HASTE = 40


def timings() -> Timings:
    """Forty times as fast; only Slack's clock and ours do not come nearer to each other by that."""
    usual = Timings()
    fast = usual.divided(by=HASTE)
    return replace(fast, history_before=usual.history_before, history_after=usual.history_after)


async def run() -> int:
    """Serve, as `hakawati run` does."""
    found = settings.read()
    logs.configure(found.log_level)
    await prepare(found)
    return await serve(found, clock_for(found), partial(build, timings=timings()))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        MUTATIONS[name]()
    sys.exit(asyncio.run(run()))
