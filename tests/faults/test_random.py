"""Everything at once and at random: bots die, Slack misbehaves, and still nothing is sent twice or lost unseen."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.e2e.app_under_test import EACH_DATABASE
from tests.faults.harness import TWENTY_USERS, FaultHarness, has_posted
from tests.faults.invariants import check_invariants
from tests.faults.random_faults import LEAVING_USERS, ROUND_SECONDS, RandomFaultRun

SECONDS = float(os.environ.get("FAULTS_SECONDS", "20"))
"""Seconds of chaos; `make faults` takes ten minutes for each database."""
SEED = os.environ.get("FAULTS_SEED")
END_TIMEOUT = 240.0
"""Seconds within which everything must end once order is restored."""


@EACH_DATABASE
@pytest.mark.long
async def test_nothing_is_sent_twice_or_lost_unseen_whatever_happens(harness: FaultHarness) -> None:
    # Given a seed, with which the run can be repeated
    seed = int(SEED) if SEED else random.SystemRandom().randrange(1_000_000)
    print(f"FAULTS_SEED={seed}")
    chaos = RandomFaultRun(harness, seed)
    # When bots die and come back, Slack misbehaves, people stop and leave, and more and more is due
    async with dying_bots(chaos, harness.replicas):
        await chaos.run_rounds(max(1, round(SECONDS / ROUND_SECONDS)))
        # Then, once order is restored, everything has ended with a reason
        await harness.wait_until_ended(within=END_TIMEOUT)
        await harness.app.workspace.world.delivery.wait_until_idle()
    await check_invariants(harness, lost=len(harness.planned))
    stayed = [
        one for one in await harness.list_notices() if one.recipient in set(TWENTY_USERS) - set(LEAVING_USERS)
    ]
    sent = sum(one.state == "sent" for one in stayed)
    assert sent >= 0.5 * len(stayed), f"only {sent} of {len(stayed)} arrived, seed {seed}"


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_three_replicas_lose_none_of_500_notices_unseen_when_they_are_killed_at_random(
    harness: FaultHarness,
) -> None:
    chaos = RandomFaultRun(harness, 500)
    await harness.plan_notices(TWENTY_USERS, each=25)
    async with dying_bots(chaos, 3):
        await harness.wait_until(lambda: has_posted(harness, 400), within=END_TIMEOUT)
        chaos.finished.set()
        await harness.wait_until_ended(within=END_TIMEOUT)
    await check_invariants(harness, lost=50)


@asynccontextmanager
async def dying_bots(chaos: RandomFaultRun, count: int) -> AsyncIterator[None]:
    """Run this number of bots that die and come back until the chaos ends."""
    bots = [asyncio.create_task(chaos.run_dying_bot(n)) for n in range(count)]
    try:
        yield
    finally:
        for bot in bots:
            bot.cancel()
        await asyncio.gather(*bots, return_exceptions=True)
