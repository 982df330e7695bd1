"""Everything at once and at random: bots die, Slack misbehaves, and still nothing is said twice or lost unseen."""

from __future__ import annotations

import asyncio
import os
import random
from contextlib import suppress

import pytest

from tests.e2e.processes import DiedAtStart
from tests.faults.cases import TWENTY
from tests.faults.checker import check
from tests.faults.harness import Company

SECONDS = float(os.environ.get("FAULTS_SECONDS", "20"))
"""How long things go wrong; `make faults` takes ten minutes for each database."""
SEED = os.environ.get("FAULTS_SEED")
ROUND = 2.0
LAST = 240.0
"""How long the end of it all may take, with everything in order again."""
FAULTS = (
    "429",
    "500",
    "503",
    "html",
    "drop",
    "accept_then_drop",
    "accept_then_500",
    "accept_then_hang",
    "slow",
)


@pytest.mark.long
async def test_nothing_is_said_twice_or_lost_unseen_whatever_happens(company: Company) -> None:
    # Given a seed, with which it can be played again
    seed = int(SEED) if SEED else random.SystemRandom().randrange(1_000_000)
    print(f"FAULTS_SEED={seed}")
    chance, over = random.Random(seed), asyncio.Event()
    # When bots die and come back, Slack misbehaves, and more and more is due
    bots = [asyncio.create_task(dies_and_comes_back(company, chance, over)) for _ in range(company.replicas)]
    for _ in range(max(1, round(SECONDS / ROUND))):
        await company.owes(TWENTY, each=chance.randint(1, 3))
        await company.misbehaves(*trouble(chance))
        await asyncio.sleep(chance.uniform(0.5, 1.5) * ROUND)  # things go wrong in their own time
    await company.misbehaves()
    over.set()
    # Then, when all is in order again, everything has ended and is explained
    try:
        await company.ends(within=LAST)
    finally:
        for bot in bots:
            bot.cancel()
        await asyncio.gather(*bots, return_exceptions=True)
    await check(company, lost=len(company.planned))
    sent = sum(one.state == "sent" for one in await company.notices())
    assert sent >= 0.5 * len(company.planned), f"only {sent} of {len(company.planned)} arrived, seed {seed}"


@pytest.mark.long
@pytest.mark.parametrize("company", ["postgresql"], indirect=True)
async def test_three_replicas_lose_none_of_500_notices_unseen_when_they_are_killed_at_random(
    company: Company,
) -> None:
    chance, over = random.Random(500), asyncio.Event()
    await company.owes(TWENTY, each=25)
    bots = [asyncio.create_task(dies_and_comes_back(company, chance, over)) for _ in range(3)]
    try:
        await company.sees(lambda: many_have_arrived(company, 400), within=LAST)
        over.set()
        await company.ends(within=LAST)
    finally:
        for bot in bots:
            bot.cancel()
        await asyncio.gather(*bots, return_exceptions=True)
    await check(company, lost=50)


async def many_have_arrived(company: Company, count: int) -> bool:
    """Whether so many stand in Slack."""
    return len(company.posts()) >= count


async def dies_and_comes_back(company: Company, chance: random.Random, over: asyncio.Event) -> None:
    """A bot that is killed at any moment and started again, until it is over; then it runs on."""
    while True:
        with suppress(DiedAtStart):
            async with company.bot().running():
                with suppress(TimeoutError):
                    async with asyncio.timeout(chance.uniform(0.2, 4.0)):
                        await over.wait()
                if over.is_set():
                    await asyncio.Event().wait()  # until it is cancelled


def trouble(chance: random.Random) -> list[dict[str, object]]:
    """What goes wrong for a while."""
    rules: list[dict[str, object]] = [
        {
            "kind": chance.choice(FAULTS),
            "count": chance.randint(1, 4),
            "after": chance.randint(0, 5),
            "ms": chance.randint(10, 600),
            "seconds": 1,
        }
        for _ in range(chance.randint(0, 3))
    ]
    if chance.random() < 0.3:
        rules.append({"kind": "500", "method": "conversations.history", "count": chance.randint(1, 5)})
    if chance.random() < 0.2:
        rules.append({"kind": "lag", "method": "conversations.history", "count": 1, "seconds": 2})
    return rules
