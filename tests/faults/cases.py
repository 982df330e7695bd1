"""The cases: what goes wrong while something is said unasked, and what must have become of it."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.crash import Delivering
from bot.settings import CrashPoint
from tests.e2e.processes import GUARD, DiedAtStart
from tests.faults.checker import check
from tests.faults.harness import DAY, NOW, Company

THREE = ("U0MAYA", "U0IVAN", "U0CHEN")
OTHERS = "ANIKA DIEGO SEAN AMARA TOMAS HANNA JUN RUTH PRIYA WILL SALMA BASMA JACK ELENA TARIQ ZOE NOUR"
TWENTY = (*THREE, *(f"U0{name}" for name in OTHERS.split(" ")))


async def killed_at(company: Company, point: Delivering) -> None:
    """The power goes between two steps; the next bot takes it up."""
    await company.owes(THREE[:1])
    if point in ("looking", "looked", "settled"):
        await company.misbehaves({"kind": "accept_then_drop", "count": 1})
    with suppress(DiedAtStart):  # when it came to its crash point before it answered
        async with company.bot().running(CrashPoint(moment=point, count=1)) as dying:
            async with asyncio.timeout(GUARD):
                await dying.wait()
    async with company.bot().running():
        (notice,) = await company.ends()
    lost = point == "claimed"  # nobody can know that it was not said in between
    assert (notice.state, notice.reason) == (("unknown", "not_found") if lost else ("sent", None))
    await check(company, lost=int(lost))


async def slack_stumbles(company: Company, kind: str) -> None:
    """One answer of Slack's is none. Whatever may have arrived is found, and the rest is visibly unknown."""
    await company.owes(THREE)
    await company.misbehaves({"kind": kind, "count": 1, "seconds": 1.0})
    async with company.bot().running():
        ended = await company.ends()
    arrives = kind.startswith("accept") or kind == "429"
    await check(company, lost=0 if arrives else 1)
    assert sum(one.state == "sent" for one in ended) == (3 if arrives else 2)


async def slack_lags(company: Company) -> None:
    """What arrived is not seen at the first look."""
    await company.owes(THREE[:1])
    await company.misbehaves(
        {"kind": "accept_then_drop", "count": 1},
        {"kind": "lag", "method": "conversations.history", "count": 1, "seconds": 60},
    )
    async with company.bot().running():
        await company.ends()
    await check(company)


async def slack_is_busy(company: Company) -> None:
    """One 429 holds back everybody, for as long as Slack said."""
    await company.owes(TWENTY)
    await company.misbehaves({"kind": "429", "count": 1, "retry_after": 2, "after": 1})
    async with company.bot().running():
        await company.ends()
    await check(company)
    tries = [e for e in company.journal.since(0) if e.get("method") == "chat.postMessage"]
    refused = next(n for n, entry in enumerate(tries) if entry["outcome"] == "429")
    # Those that were on their way side by side with it could not know.
    in_between = [seconds_between(tries[refused], entry) for entry in tries[refused + 4 :]]
    assert in_between
    assert min(in_between) >= 1.9


def seconds_between(one: dict[str, Any], other: dict[str, Any]) -> float:
    """How much machine time went by between two entries of the journal."""
    return (datetime.fromisoformat(other["at"]) - datetime.fromisoformat(one["at"])).total_seconds()


async def workspace_goes(company: Company) -> None:
    """Slack knows the token no more, for a while: everything waits, and nothing is lost."""
    await company.owes(THREE)
    await company.misbehaves({"kind": "error", "error": "account_inactive", "count": 1})
    async with company.bot().running():
        await company.ends()
    await check(company)


async def stands_still(company: Company) -> None:
    """A process stands still for longer than its lease, just while Slack takes what it says."""
    await company.owes(THREE[:1])
    await company.misbehaves({"kind": "slow", "ms": 700, "count": 1})
    async with company.bot().running() as still:
        await company.sees(lambda: flies(company))
        still.send_signal(signal.SIGSTOP)
        await company.sees(lambda: have_arrived(company, 1))
        if company.replicas == 1:  # nobody else may be at work on a file
            still.kill()
            await still.wait()
        async with company.bot().running():
            await company.ends()
            if still.returncode is None:
                still.send_signal(signal.SIGCONT)
                await company.sees(company.has_outcomes)
    await check(company)


async def somebody_stopped(company: Company) -> None:
    """Who stopped before it was due is left alone; the others are not."""
    await company.owes(THREE)
    async with company.database() as database, database.writing() as session:
        await session.exec_driver_sql("UPDATE people SET stopped_at = fetched_at WHERE user_id = 'U0MAYA'")
    async with company.bot().running():
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
    async with company.bot().running():
        await company.sees(lambda: flies(company))
        await maya.says("stop")
        await maya.sees("Done.", timeout=GUARD)
        await company.ends()
    await check(company)
    assert "had been on its way already" in (await maya.last_message())["text"]


async def flies(company: Company) -> bool:
    """Whether something is being said."""
    return any(one.state in ("sending", "unknown") for one in await company.notices())


async def everybody_stops_at_once(company: Company) -> None:
    """Stops race the claims."""
    await company.owes(TWENTY, each=5)
    people = [company.stage.person(user) for user in TWENTY]
    async with company.bot().running():
        await asyncio.gather(*(person.says("stop") for person in people))
        for person in people:
            await person.sees("Done.", timeout=GUARD)
        await company.ends()
    await check(company)


async def told_to_stop(company: Company) -> None:
    """SIGTERM while fifty are to be said: it ends in time, and everybody knows what has become of everything."""
    await company.owes(TWENTY, each=4)
    await company.misbehaves({"kind": "slow", "ms": 100, "count": -1})
    async with company.bot().running() as process:
        await company.sees(lambda: have_arrived(company, 5))
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            assert await process.wait() == 0
    states = {one.state for one in await company.notices()}
    assert states <= {"sent", "pending"}, states


async def three_days_down(company: Company) -> None:
    """What is too late does not come at all."""
    await company.owes(THREE, not_after=NOW + DAY)
    company.stage.workspace.world.clock.move_to(NOW + 5 * DAY)
    async with company.bot().running():
        ended = await company.ends()
    await check(company)
    assert {one.state for one in ended} == {"expired"}


async def an_odd_row(company: Company) -> None:
    """One that nobody can read keeps nobody waiting."""
    await company.owes(THREE[:1], kind="from_a_newer_version")
    await company.owes(THREE[1:])
    async with company.bot().running():
        await company.sees(lambda: have_arrived(company, 2))
    odd = next(one for one in await company.notices() if one.kind == "from_a_newer_version")
    assert (odd.state, odd.reason) == ("pending", "unreadable")


async def have_arrived(company: Company, count: int) -> bool:
    """Whether so many stand in Slack."""
    return len(await company.arrived()) >= count
