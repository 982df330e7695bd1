"""The outbox on both databases: a fact stands there once, one replica takes it, whoever is locked is passed over."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.notices import Attempted
from db.queries.erasure import erase_person
from db.queries.outbox import (
    add_notices,
    claim_notice,
    expire_notices,
    is_due,
    list_due_people,
    lock_due,
    postpone_notice,
    settle_notice,
)
from db.queries.people import lock_person, set_stopped
from db.queries.send_results import mark_sent, note_outcome
from db.queries.workspaces import put_workspace
from tests.db.notices import DAY, claim, notices, outcomes, plan, planned, several, take, taken, the_notice
from tests.db.samples import MAYA, NOW, OMAR, TEAM, workspace
from tests.postgres import PostgresServer

LATER = NOW + timedelta(hours=1)


async def test_a_fact_stands_in_the_outbox_once_however_often_it_is_planned(database: Database) -> None:
    await plan(database, planned(), planned())
    await plan(database, planned(not_before=LATER))
    await plan(database, planned(occurrence="d2"), planned(recipient=OMAR, user_id=OMAR))

    found = await notices(database)
    assert [(one.recipient, one.occurrence, one.not_before) for one in found] == [
        (MAYA, "d1", NOW),
        (MAYA, "d2", NOW),
        (OMAR, "d1", NOW),
    ]
    assert len({one.key for one in found}) == 3


async def test_replicas_that_plan_together_plan_once(database_url: str) -> None:
    async with several(database_url, 4) as replicas:
        await asyncio.gather(*(plan(replica, planned(), people=()) for replica in replicas))
        assert len(await notices(replicas[0])) == 1


async def test_nothing_is_due_before_its_time(database: Database) -> None:
    await plan(database, planned(not_before=LATER))
    async with database.writing() as connection:
        assert not await is_due(connection, TEAM, NOW)
        assert await lock_due(connection, TEAM, NOW) is None
        assert await is_due(connection, TEAM, LATER)
        assert await lock_due(connection, TEAM, LATER) is not None


async def test_the_one_due_for_longest_comes_first_and_each_comes_once(database: Database) -> None:
    await plan(
        database,
        planned(occurrence="second", not_before=NOW - timedelta(hours=1)),
        planned(occurrence="first", not_before=NOW - timedelta(hours=2)),
    )
    assert [(await taken(database)).occurrence for _ in range(2)] == ["first", "second"]
    async with database.writing() as connection:
        assert await take(connection) is None


async def test_the_people_for_whom_something_is_due_are_listed_once_and_only_they(database: Database) -> None:
    to_omar = planned(recipient=OMAR, user_id=OMAR, not_before=LATER)
    in_channel = planned(recipient="C0GENERAL", user_id=None)
    await plan(database, planned(), planned(occurrence="d2"), to_omar, in_channel, people=(MAYA, OMAR))
    async with database.reading() as connection:
        assert await list_due_people(connection, TEAM, NOW, limit=9) == (MAYA,)
        assert await list_due_people(connection, TEAM, LATER, limit=9) == (MAYA, OMAR)


async def test_a_claim_carries_a_lease_and_an_attempt(database: Database) -> None:
    await plan(database, planned())
    claimed = await taken(database)
    found = await the_notice(database)
    assert found == claimed
    assert (found.state, found.token, found.attempts, found.attempt_started_at) == (
        "sending",
        "token-1",
        1,
        NOW,
    )
    assert await outcomes(database) == [(1, None)]


async def test_a_notice_comes_with_the_person_it_is_for_as_they_are_now(database: Database) -> None:
    await plan(database, planned())
    async with database.writing() as connection:
        await set_stopped(connection, TEAM, MAYA, NOW)
    async with database.writing() as connection:
        due = await lock_due(connection, TEAM, NOW)
    assert due is not None
    assert due.person is not None
    assert due.person.is_stopped


async def test_a_notice_for_a_channel_is_for_nobody(database: Database) -> None:
    await plan(database, planned(recipient="C0GENERAL", user_id=None))
    async with database.writing() as connection:
        due = await lock_due(connection, TEAM, NOW)
    assert due is not None
    assert due.person is None


async def test_nothing_is_claimed_that_is_pending_no_more(database: Database) -> None:
    await plan(database, planned())
    async with database.writing() as connection:
        due = await lock_due(connection, TEAM, NOW)
        assert due is not None
        await settle_notice(connection, due.notice, "suppressed", "stopped", at=NOW)
        assert await claim_notice(connection, due.notice, claim()) is None
    assert (await the_notice(database)).state == "suppressed"
    assert await outcomes(database) == []


async def test_a_postponed_notice_waits_with_its_reason(database: Database) -> None:
    await plan(database, planned())
    async with database.writing() as connection:
        due = await lock_due(connection, TEAM, NOW)
        assert due is not None
        await postpone_notice(connection, due.notice, LATER, "quiet_hours")
    async with database.writing() as connection:
        assert await lock_due(connection, TEAM, NOW) is None
    found = await the_notice(database)
    assert (found.state, found.not_before, found.reason) == ("pending", LATER, "quiet_hours")


async def test_what_is_too_late_expires_and_nothing_else_does(database: Database) -> None:
    await plan(
        database, planned(occurrence="old"), planned(occurrence="sent"), planned(not_after=NOW + 9 * DAY)
    )
    async with database.writing() as connection:
        await connection.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE occurrence = 'sent'")
        assert await expire_notices(connection, TEAM, NOW) == 0
        assert await expire_notices(connection, TEAM, NOW + 2 * DAY) == 1
    assert [(one.state, one.reason) for one in await notices(database)] == [
        ("expired", "too_late"),
        ("sent", None),
        ("pending", None),
    ]


async def test_what_was_put_off_beyond_its_end_expires_once_it_is_due_again(database: Database) -> None:
    await plan(database, planned())
    async with database.writing() as connection:
        due = await lock_due(connection, TEAM, NOW)
        assert due is not None
        await postpone_notice(connection, due.notice, NOW + 3 * DAY, "unreadable")
        assert await expire_notices(connection, TEAM, NOW + 2 * DAY) == 0
        assert await expire_notices(connection, TEAM, NOW + 3 * DAY) == 1
    assert (await the_notice(database)).state == "expired"


@pytest.mark.parametrize("seed", range(3))
async def test_replicas_that_claim_at_random_claim_each_notice_once(database_url: str, seed: int) -> None:
    # Given forty notices for four people, and four replicas
    chance = random.Random(seed)
    users = [f"U{n}" for n in range(4)]
    facts = [planned(recipient=u, user_id=u, occurrence=str(n)) for n in range(10) for u in users]
    async with several(database_url, 4) as replicas:
        await plan(replicas[0], *facts, people=tuple(users))

        async def work(database: Database, name: str) -> list[tuple[str, str]]:
            mine = []
            for n in range(200):
                async with database.writing() as connection:
                    notice = await take(connection, claim(token=f"{name}-{n}"))
                    if chance.random() < 0.2:
                        await connection.rollback()
                        notice = None
                    elif notice is None and not await is_due(connection, TEAM, NOW):
                        break
                if notice is not None:
                    mine.append((notice.recipient, notice.occurrence))
            return mine

        # When all of them claim at once, and some of their claims come to nothing
        hands = [work(replica, f"r{n}") for n, replica in enumerate(replicas)]
        claimed = [fact for facts in await asyncio.gather(*hands) for fact in facts]
        # Then each notice was claimed, once
        assert sorted(claimed) == sorted((one.recipient, one.occurrence) for one in facts)


async def test_whoever_is_in_the_middle_of_a_turn_is_passed_over(
    postgres_server: PostgresServer,
) -> None:
    async with postgres_server.fresh_database() as url, several(url, 2) as (first, second):
        await plan(first, planned(), planned(recipient=OMAR, user_id=OMAR), people=(MAYA, OMAR))
        async with first.writing() as turn:
            await lock_person(turn, TEAM, MAYA)
            async with asyncio.timeout(5), second.writing() as connection:
                due = await lock_due(connection, TEAM, NOW)
        assert due is not None
        assert due.notice.recipient == OMAR


async def test_a_stop_waits_for_the_claim_and_the_next_claim_knows(
    postgres_server: PostgresServer,
) -> None:
    async with postgres_server.fresh_database() as url, several(url, 2) as (first, second):
        await plan(first, planned(), planned(occurrence="d2"))

        async def stop() -> None:
            async with second.writing() as connection:
                await lock_person(connection, TEAM, MAYA)
                await set_stopped(connection, TEAM, MAYA, NOW)

        async with first.writing() as connection:
            assert await take(connection) is not None
            stopping = asyncio.create_task(stop())
            done, _ = await asyncio.wait({stopping}, timeout=0.2)
            assert not done
        await stopping
        async with first.writing() as connection:
            due = await lock_due(connection, TEAM, NOW)
        assert due is not None
        assert due.person is not None
        assert due.person.is_stopped


async def test_erasing_somebody_takes_their_notices_and_what_comes_of_one_in_flight_is_lost_with_it(
    database: Database,
) -> None:
    await plan(database, planned(), planned(occurrence="d2"))
    claimed = await taken(database)
    async with database.writing() as connection:
        await put_workspace(connection, workspace())
        await erase_person(connection, TEAM, MAYA, NOW)
    async with database.writing() as connection:
        assert not await mark_sent(connection, claimed, "D0MAYA", "1.1", at=NOW)
        await note_outcome(connection, claimed, Attempted("sent"))
    assert await notices(database) == ()
    assert await outcomes(database) == []


async def test_a_notice_whose_reason_was_rolled_back_is_not_there(
    database: Database,
) -> None:
    with pytest.raises(LookupError):
        await _plan_and_fail(database)
    assert await notices(database) == ()


async def _plan_and_fail(database: Database) -> None:
    async with database.writing() as connection:
        await add_notices(connection, TEAM, [planned()], NOW)
        raise LookupError
