"""The bot as it ships, in a separate process with accelerated time, optionally without some of its guards."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from functools import partial

from bot import logs, settings
from bot.app import build_bot
from bot.lifecycle import make_clock, migrate_and_locate_database, run_until_shutdown
from bot.slack.socket_mode import SocketTimings
from bot.timings import Timings
from tests.faults.mutations import MUTATIONS

SPEED_FACTOR = 40
SHORT_SOCKET_TIMINGS = SocketTimings(
    connect_timeout=2,
    ping_interval=0.2,
    silence_timeout=1,
    watch_interval=0.05,
    failure_pause=0.02,
    max_failures=5,
    drain_timeout=1,
)
"""Short timeouts, as if Slack and the machine were always quick; two extra tries allow for a slow machine."""


def fast_timings() -> Timings:
    """Return timings forty times as fast; clock skew and a busy machine don't scale with them."""
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
    """Run the bot as `hakawati run` does."""
    found = settings.read_settings()
    logs.configure(found.log_level)
    await migrate_and_locate_database(found)
    return await run_until_shutdown(
        found, make_clock(found), partial(build_bot, timings=fast_timings()), SHORT_SOCKET_TIMINGS
    )


if __name__ == "__main__":
    for name in sys.argv[1:]:
        MUTATIONS[name]()
    sys.exit(asyncio.run(serve_mutant()))
