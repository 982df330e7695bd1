"""People opt out or leave while notices are due or in flight."""

from __future__ import annotations

import asyncio
import json
import random
import sys

from tests.e2e.bot_process import PROCESS_TIMEOUT
from tests.faults.harness import THREE_USERS, TWENTY_USERS, FaultHarness, has_faults_used_up, has_posted
from tests.faults.invariants import check_invariants
from tests.faults.opt_out_race import RACE_COUNT


async def person_opted_out(harness: FaultHarness) -> None:
    """Check that a person who opted out in time gets nothing, and the others get their notices."""
    await harness.plan_notices(THREE_USERS)
    async with harness.open_database() as database, database.write_transaction() as connection:
        await connection.exec_driver_sql(
            "UPDATE people SET stopped_at = fetched_at WHERE user_id = 'U0MAYA' AND team_id = 'T0QAMAR'"
        )
    async with harness.run_bots():
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert sorted((one.recipient, one.state) for one in ended) == [
        ("U0CHEN", "sent"),
        ("U0IVAN", "sent"),
        ("U0MAYA", "suppressed"),
    ]


async def opt_out_during_send(harness: FaultHarness) -> None:
    """Check that an opt-out is confirmed when nothing more can arrive, and mentions what came in between."""
    await harness.plan_notices(THREE_USERS[:1])
    await harness.script_faults({"kind": "slow", "ms": 1500, "count": 1})
    maya = harness.app.person("U0MAYA")
    await maya.opens_dm()
    async with harness.run_bots():
        await harness.wait_until(lambda: has_faults_used_up(harness))
        await maya.says("stop")
        await maya.sees("Done.", timeout=PROCESS_TIMEOUT)
        await harness.wait_until_ended()
    await check_invariants(harness)
    assert "had been on its way already" in (await maya.last_message())["text"]


async def everybody_opts_out_at_once(harness: FaultHarness) -> None:
    """Let everybody opt out during the claims, through whichever replica gets the event."""
    await harness.plan_notices(TWENTY_USERS, each=5)
    people = [harness.app.person(user) for user in TWENTY_USERS]
    async with harness.run_bots(harness.replicas):
        await asyncio.gather(*(person.says("stop") for person in people))
        for person in people:
            await person.sees("Done.", timeout=PROCESS_TIMEOUT)
        await harness.wait_until_ended()
    await check_invariants(harness)


async def person_leaves_during_send(harness: FaultHarness) -> None:
    """Deactivate somebody while their messages go out: nothing more is sent."""
    await harness.plan_notices(THREE_USERS, each=6)
    # More than can be sent before the event arrives, because a channel takes one message after the other.
    await harness.plan_notices(["U0MAYA"], each=60)
    await harness.script_faults({"kind": "slow", "ms": 200, "count": -1})
    async with harness.run_bots(harness.replicas):
        await harness.wait_until(lambda: has_posted(harness, 1))
        await harness.app.person("U0MAYA").does("person", id="U0MAYA", deleted=True)
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    mayas = [(one.state, one.reason) for one in ended if one.recipient == "U0MAYA"]
    assert set(mayas) <= {("sent", None), ("suppressed", "inactive")}
    assert ("suppressed", "inactive") in mayas
    assert all(one.state == "sent" for one in ended if one.recipient != "U0MAYA")


async def opt_outs_race_claims(harness: FaultHarness) -> None:
    """Race opt-outs and claims: only people with an earlier claim hear that one message may still come."""
    seed = random.SystemRandom().randrange(1_000_000)
    command = (sys.executable, "-m", "tests.faults.opt_out_race", harness.app.database_url, str(seed))
    running = await asyncio.create_subprocess_exec(
        *command, *harness.removed_guards, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await running.communicate()
    ended = json.loads(said)
    assert set(ended) == {"stopped first", "claimed first"}, f"{ended}, seed {seed}"
    assert sum(ended.values()) == RACE_COUNT
    assert min(ended.values()) >= RACE_COUNT / 20, f"that was no race: {ended}"
