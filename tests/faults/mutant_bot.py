"""The bot as it ships, in a process of its own: it lives faster, and lacks one of its guards if it is told so."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from functools import partial

from bot import logs, settings
from bot.app import build_bot
from bot.lifecycle import make_clock, prepare_database, serve
from bot.slack.socket_mode import SocketTimings
from bot.timings import Timings
from tests.faults.mutations import MUTATIONS

SPEED_FACTOR = 40
IMPATIENT = SocketTimings(
    connect_timeout=2,
    ping_interval=0.2,
    silence_timeout=1,
    watch_interval=0.05,
    failure_pause=0.02,
    max_failures=5,
    drain_timeout=1,
)
"""As if Slack and the machine between them never took long; a slow machine gets two tries more."""


def fast_timings() -> Timings:
    """Forty times as fast; only Slack's clock and ours do not come nearer to each other by that, nor a busy machine."""
    usual = Timings()
    fast = usual.accelerated(factor=SPEED_FACTOR)
    return replace(
        fast,
        call_timeout=2 * fast.call_timeout,
        drain_timeout=usual.drain_timeout,
        history_before=usual.history_before,
        history_after=usual.history_after,
    )


async def serve_mutant() -> int:
    """Serve, as `hakawati run` does."""
    found = settings.read_settings()
    logs.configure(found.log_level)
    await prepare_database(found)
    return await serve(found, make_clock(found), partial(build_bot, timings=fast_timings()), IMPATIENT)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        MUTATIONS[name]()
    sys.exit(asyncio.run(serve_mutant()))
