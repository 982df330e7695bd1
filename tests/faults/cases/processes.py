"""A process dies, stands still for too long, or is told to stop."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

from bot.crash_points import Delivering
from bot.settings import CrashPoint
from tests.e2e.processes import GUARD, DiedAtStart
from tests.faults.checker import check
from tests.faults.harness import THREE, TWENTY, Company, has_said, slack_has_it


async def killed_at(company: Company, point: Delivering) -> None:
    """The power goes between two steps; the next bot takes it up."""
    await company.owes(THREE[:1])
    if point in ("looking", "looked", "settled"):
        await company.misbehaves({"kind": "accept_then_drop", "count": 1})
    with suppress(DiedAtStart):  # when it came to its crash point before it answered
        async with company.bot().running(CrashPoint(moment=point, count=1)) as dying:
            async with asyncio.timeout(GUARD):
                await dying.wait()
    async with company.running():
        (notice,) = await company.ends()
    lost = point == "claimed"  # nobody can know that it was not said in between
    assert (notice.state, notice.reason) == (("unknown", "not_found") if lost else ("sent", None))
    await check(company, lost=int(lost))


async def stands_still(company: Company) -> None:
    """A process stands still for longer than its lease, just while Slack takes what it says."""
    await company.owes(THREE[:1])
    await company.misbehaves({"kind": "slow", "ms": 700, "count": 1})
    async with company.bot().running() as still:
        await company.sees(lambda: slack_has_it(company))
        still.send_signal(signal.SIGSTOP)
        await company.sees(lambda: has_said(company, 1))
        if company.replicas == 1:  # nobody else may be at work on a file
            still.kill()
            await still.wait()
        async with company.running():
            await company.ends()
            if still.returncode is None:
                still.send_signal(signal.SIGCONT)
                await company.sees(company.has_outcomes)
    await check(company)


async def told_to_stop(company: Company) -> None:
    """SIGTERM while sixty are to be said: it ends in time, and everybody knows what has become of everything."""
    await company.owes(TWENTY, each=3)
    await company.misbehaves({"kind": "slow", "ms": 100, "count": -1})
    async with company.bot().running() as process:
        await company.sees(lambda: has_said(company, 5))
        process.terminate()
        async with asyncio.timeout(15):
            assert await process.wait() == 0
    states = {one.state for one in await company.notices()}
    assert states <= {"sent", "pending"}, states
    # And whoever comes next says the rest.
    await company.misbehaves()
    async with company.running(company.replicas):
        ended = await company.ends()
    await check(company)
    assert {one.state for one in ended} == {"sent"}
