"""A process dies, stalls for too long, or gets SIGTERM."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

from bot.crash_points import DeliveryPoint
from bot.settings import CrashPoint
from tests.e2e.bot_process import PROCESS_TIMEOUT, DiedAtStartError
from tests.faults.harness import THREE_USERS, TWENTY_USERS, FaultHarness, has_faults_used_up, has_posted
from tests.faults.invariants import check_invariants


async def process_killed_at(harness: FaultHarness, point: DeliveryPoint) -> None:
    """Kill the process between two steps; the next bot takes over."""
    await harness.plan_notices(THREE_USERS[:1])
    if point in ("looking", "looked", "settled"):
        await harness.script_faults({"kind": "accept_then_drop", "count": 1})
    with suppress(DiedAtStartError):  # if it reached its crash point before it answered
        async with harness.new_bot().running(CrashPoint(moment=point, count=1)) as dying:
            async with asyncio.timeout(PROCESS_TIMEOUT):
                await dying.wait()
    async with harness.run_bots():
        (notice,) = await harness.wait_until_ended()
    lost = point == "claimed"  # it may have been sent in between
    assert (notice.state, notice.reason) == (("unknown", "not_found") if lost else ("sent", None))
    await check_invariants(harness, lost=int(lost))


async def process_stalls(harness: FaultHarness) -> None:
    """Stall a process for longer than its lease while Slack accepts its post."""
    await harness.plan_notices(THREE_USERS[:1])
    await harness.script_faults({"kind": "slow", "ms": 700, "count": 1})
    async with harness.new_bot().running() as still:
        await harness.wait_until(lambda: has_faults_used_up(harness))
        still.send_signal(signal.SIGSTOP)
        await harness.wait_until(lambda: has_posted(harness, 1))
        if harness.replicas == 1:  # only one process may use an SQLite file
            still.kill()
            await still.wait()
        async with harness.run_bots():
            await harness.wait_until_ended()
            if still.returncode is None:
                still.send_signal(signal.SIGCONT)
                await harness.wait_until(harness.has_all_outcomes)
    await check_invariants(harness)


async def process_gets_sigterm(harness: FaultHarness) -> None:
    """Send SIGTERM while sixty notices are due: the process ends in time, and every outcome is stored."""
    await harness.plan_notices(TWENTY_USERS, each=3)
    await harness.script_faults({"kind": "slow", "ms": 100, "count": -1})
    async with harness.new_bot().running() as process:
        await harness.wait_until(lambda: has_posted(harness, 5))
        process.terminate()
        async with asyncio.timeout(15):
            assert await process.wait() == 0
    states = {one.state for one in await harness.list_notices()}
    assert states <= {"sent", "pending"}, states
    # And the next process sends the rest.
    await harness.script_faults()
    async with harness.run_bots(harness.replicas):
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert {one.state for one in ended} == {"sent"}
