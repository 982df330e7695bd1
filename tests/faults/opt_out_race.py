"""A thousand races of an opt-out against a claim: after the confirmation, nothing may be sent."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.clock import StoppedClock
from bot.crash_points import CrashPoints
from bot.services import Services, UserRef
from bot.slack.client import Messenger
from bot.slack.dnd_cache import DndWindow
from bot.timings import Timings
from bot.workflows.delivery import claim
from bot.workflows.preferences import opt_out
from db.engine.database import Database
from db.models.notices import Notice, PlannedNotice
from db.queries import outbox, people, send_results
from db.queries.drafts import add_draft
from tests.db.samples import NOW, TEAM, draft, person, workspace
from tests.faults.mutations import MUTATIONS

RACE_COUNT = 1000
MAX_HEAD_START = 0.004
"""Seconds of head start for either side: about as long as one of them takes."""
SECOND = timedelta(seconds=1)
AT_ONCE = replace(Timings(), channel_interval=timedelta(), workspace_interval=timedelta())


async def run_races(url: str, seed: int) -> Counter[str]:
    """Return who won each race: two replicas on PostgreSQL, two workers of one bot on SQLite."""
    chance, ended, clock = random.Random(seed), Counter[str](), StoppedClock(NOW)
    listener_database = await Database.open(url)
    sender_database = await Database.open(url) if url.startswith("postgresql") else listener_database
    listener, sender = (_make_services(database, clock) for database in (listener_database, sender_database))
    users = [f"U{n:04}" for n in range(RACE_COUNT)]
    await _plan_notices(listener_database, users)
    for n, user in enumerate(users):
        clock.move(NOW + n * SECOND)
        sender.dnd_cache.entries[user] = DndWindow(clock.now())
        ahead, behind = sorted((0.0, chance.uniform(0, MAX_HEAD_START)), key=lambda _: chance.random())
        told, claimed = await asyncio.gather(
            _opt_out_after(listener, user, ahead), _claim_all_after(sender, behind)
        )
        await _mark_all_sent(sender, claimed)
        if user not in [notice.recipient for notice in claimed]:
            ended["stopped first"] += 1
        else:
            ended["claimed first" if told == "stopping" else "told that nothing comes, and written to"] += 1
    for database in {listener_database, sender_database}:
        await database.close()
    return ended


async def _opt_out_after(services: Services, user: str, pause: float) -> str:
    await asyncio.sleep(pause)  # it is the race
    return await opt_out.stop(services, UserRef(TEAM, user))


async def _claim_all_after(services: Services, pause: float) -> list[Notice]:
    """Return the claimed notices; those for people who have opted out are suppressed."""
    await asyncio.sleep(pause)
    claimed = []
    while not isinstance(found := await claim.claim_next(services), claim.NothingDue):
        if isinstance(found, claim.ClaimedNotice):
            claimed.append(found.notice)
    return claimed


async def _mark_all_sent(services: Services, claimed: list[Notice]) -> None:
    """Mark the claimed notices as sent, so that the next race is about the next person."""
    async with services.transaction() as connection:
        for notice in claimed:
            await send_results.mark_sent(connection, notice, "D0", "1.1", at=services.clock.now())


def _make_services(database: Database, clock: StoppedClock) -> Services:
    nobody = Messenger("xoxb-nobody", "http://127.0.0.1:1/api/")
    return Services(database, nobody, clock, workspace=workspace(), crash=CrashPoints(), timings=AT_ONCE)


async def _plan_notices(database: Database, users: list[str]) -> None:
    """Plan a notice for each person, one second apart."""
    async with database.write_transaction() as connection:
        for n, user in enumerate(users):
            await people.upsert_person_profile(connection, person(user_id=user))
            await add_draft(connection, TEAM, user, draft(id=f"d-{user}"), at=NOW)
            due, end = NOW + n * SECOND, NOW + timedelta(days=1)
            notice = PlannedNotice("landed", user, user, due, end, user_id=user, subject=f"d-{user}")
            await outbox.add_notices(connection, TEAM, [notice], NOW)


if __name__ == "__main__":
    where, number, *without = sys.argv[1:]
    for name in without:
        MUTATIONS[name]()
    print(json.dumps(asyncio.run(run_races(where, int(number)))))
