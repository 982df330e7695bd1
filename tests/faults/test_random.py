"""Everything at once and at random: bots die, Slack misbehaves, and still nothing is said twice or lost unseen."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.e2e.stage import EACH_DATABASE
from tests.faults.chaos import QUITTERS, ROUND, Chaos
from tests.faults.checker import check
from tests.faults.harness import TWENTY, Company, has_said

SECONDS = float(os.environ.get("FAULTS_SECONDS", "20"))
"""How long things go wrong; `make faults` takes ten minutes for each database."""
SEED = os.environ.get("FAULTS_SEED")
LAST = 240.0
"""How long the end of it all may take, with everything in order again."""


@EACH_DATABASE
@pytest.mark.long
async def test_nothing_is_said_twice_or_lost_unseen_whatever_happens(company: Company) -> None:
    # Given a seed, with which it can be played again
    seed = int(SEED) if SEED else random.SystemRandom().randrange(1_000_000)
    print(f"FAULTS_SEED={seed}")
    chaos = Chaos(company, seed)
    # When bots die and come back, Slack misbehaves, people stop and leave, and more and more is due
    async with dying(chaos, company.replicas):
        await chaos.rounds(max(1, round(SECONDS / ROUND)))
        # Then, when all is in order again, everything has ended and is explained
        await company.ends(within=LAST)
        await company.stage.workspace.world.delivery.idle()
    await check(company, lost=len(company.planned))
    stayed = [one for one in await company.notices() if one.recipient in set(TWENTY) - set(QUITTERS)]
    sent = sum(one.state == "sent" for one in stayed)
    assert sent >= 0.5 * len(stayed), f"only {sent} of {len(stayed)} arrived, seed {seed}"


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_three_replicas_lose_none_of_500_notices_unseen_when_they_are_killed_at_random(
    company: Company,
) -> None:
    chaos = Chaos(company, 500)
    await company.owes(TWENTY, each=25)
    async with dying(chaos, 3):
        await company.sees(lambda: has_said(company, 400), within=LAST)
        chaos.over.set()
        await company.ends(within=LAST)
    await check(company, lost=50)


@asynccontextmanager
async def dying(chaos: Chaos, count: int) -> AsyncIterator[None]:
    """So many bots that die and come back, until the chaos is over."""
    bots = [asyncio.create_task(chaos.dies_and_comes_back(n)) for n in range(count)]
    try:
        yield
    finally:
        for bot in bots:
            bot.cancel()
        await asyncio.gather(*bots, return_exceptions=True)
