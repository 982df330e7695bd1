"""People say stop, or leave, while something is due to them or on its way."""

from __future__ import annotations

import asyncio
import json
import random
import sys

from tests.e2e.processes import GUARD
from tests.faults.checker import check
from tests.faults.harness import THREE, TWENTY, Company, has_said, slack_has_it
from tests.faults.races import TIMES


async def somebody_stopped(company: Company) -> None:
    """Who stopped before it was due is left alone; the others are not."""
    await company.owes(THREE)
    async with company.database() as database, database.writing() as connection:
        await connection.exec_driver_sql(
            "UPDATE people SET stopped_at = fetched_at WHERE user_id = 'U0MAYA' AND team_id = 'T0QAMAR'"
        )
    async with company.running():
        ended = await company.ends()
    await check(company)
    assert sorted((one.recipient, one.state) for one in ended) == [
        ("U0CHEN", "sent"),
        ("U0IVAN", "sent"),
        ("U0MAYA", "suppressed"),
    ]


async def stops_while_something_is_on_its_way(company: Company) -> None:
    """A stop is confirmed when nothing can arrive any more, and what came in between is admitted."""
    await company.owes(THREE[:1])
    await company.misbehaves({"kind": "slow", "ms": 1500, "count": 1})
    maya = company.stage.person("U0MAYA")
    await maya.opens_dm()
    async with company.running():
        await company.sees(lambda: slack_has_it(company))
        await maya.says("stop")
        await maya.sees("Done.", timeout=GUARD)
        await company.ends()
    await check(company)
    assert "had been on its way already" in (await maya.last_message())["text"]


async def everybody_stops_at_once(company: Company) -> None:
    """Stops race the claims; a balancer gives them to any replica, whichever has something of theirs in hand."""
    await company.owes(TWENTY, each=5)
    people = [company.stage.person(user) for user in TWENTY]
    async with company.running(company.replicas):
        await asyncio.gather(*(person.says("stop") for person in people))
        for person in people:
            await person.sees("Done.", timeout=GUARD)
        await company.ends()
    await check(company)


async def leaves_in_between(company: Company) -> None:
    """Somebody leaves the company while their messages go out: nothing more is said to an empty desk."""
    await company.owes(THREE, each=6)
    # More than can be said before anybody hears of it, for one channel takes one after the other.
    await company.owes(["U0MAYA"], each=60)
    await company.misbehaves({"kind": "slow", "ms": 200, "count": -1})
    async with company.running(company.replicas):
        await company.sees(lambda: has_said(company, 1))
        await company.stage.person("U0MAYA").does("person", id="U0MAYA", deleted=True)
        ended = await company.ends()
    await check(company)
    mayas = [(one.state, one.reason) for one in ended if one.recipient == "U0MAYA"]
    assert set(mayas) <= {("sent", None), ("suppressed", "inactive")}
    assert ("suppressed", "inactive") in mayas
    assert all(one.state == "sent" for one in ended if one.recipient != "U0MAYA")


async def stops_race_claims(company: Company) -> None:
    """A thousand times: whoever was claimed for before their stop hears that one may still come, and nobody else."""
    seed = random.SystemRandom().randrange(1_000_000)
    command = (sys.executable, "-m", "tests.faults.races", company.stage.database_url, str(seed))
    running = await asyncio.create_subprocess_exec(*command, *company.without, stdout=asyncio.subprocess.PIPE)
    said, _ = await running.communicate()
    ended = json.loads(said)
    assert set(ended) == {"stopped first", "claimed first"}, f"{ended}, seed {seed}"
    assert sum(ended.values()) == TIMES
    assert min(ended.values()) >= TIMES / 20, f"that was no race: {ended}"
