"""The outbox on both databases: each fact is in it once, one replica claims it, and locked people are skipped."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.notices import AttemptResult
from db.queries.erasure import erase_person
from db.queries.outbox import (
    add_notices,
    claim_notice,
    end_notice,
    expire_notices,
    has_due_notices,
    list_due_user_ids,
    lock_next_due_notice,
    postpone_notice,
)
from db.queries.people import lock_person, set_stopped_at
from db.queries.send_results import mark_sent, record_attempt_result
from db.queries.workspaces import upsert_workspace
from tests.db.notice_samples import (
    DAY,
    claim_and_commit,
    claim_next,
    list_outcomes,
    only_notice,
    open_replicas,
    plan_notices,
    planned_notice,
    sample_claim,
    stored_notices,
)
from tests.db.samples import MAYA, NOW, OMAR, TEAM, workspace
from tests.postgres import PostgresServer

LATER = NOW + timedelta(hours=1)


async def test_a_fact_is_in_the_outbox_once_even_if_it_is_planned_again(database: Database) -> None:
    await plan_notices(database, planned_notice(), planned_notice())
    await plan_notices(database, planned_notice(not_before=LATER))
    await plan_notices(
        database, planned_notice(occurrence="d2"), planned_notice(recipient=OMAR, user_id=OMAR)
    )

    found = await stored_notices(database)
    assert [(one.recipient, one.occurrence, one.not_before) for one in found] == [
        (MAYA, "d1", NOW),
        (MAYA, "d2", NOW),
        (OMAR, "d1", NOW),
    ]
    assert len({one.key for one in found}) == 3


async def test_replicas_that_plan_together_plan_once(database_url: str) -> None:
    async with open_replicas(database_url, 4) as replicas:
        await asyncio.gather(*(plan_notices(replica, planned_notice(), people=()) for replica in replicas))
        assert len(await stored_notices(replicas[0])) == 1


async def test_nothing_is_due_before_its_time(database: Database) -> None:
    await plan_notices(database, planned_notice(not_before=LATER))
    async with database.write_transaction() as connection:
        assert not await has_due_notices(connection, TEAM, NOW)
        assert await lock_next_due_notice(connection, TEAM, NOW) is None
        assert await has_due_notices(connection, TEAM, LATER)
        assert await lock_next_due_notice(connection, TEAM, LATER) is not None


async def test_the_notice_due_for_longest_is_claimed_first_and_each_is_claimed_once(
    database: Database,
) -> None:
    await plan_notices(
        database,
        planned_notice(occurrence="second", not_before=NOW - timedelta(hours=1)),
        planned_notice(occurrence="first", not_before=NOW - timedelta(hours=2)),
    )
    assert [(await claim_and_commit(database)).occurrence for _ in range(2)] == ["first", "second"]
    async with database.write_transaction() as connection:
        assert await claim_next(connection) is None


async def test_only_people_with_due_notices_are_listed_and_each_once(database: Database) -> None:
    to_omar = planned_notice(recipient=OMAR, user_id=OMAR, not_before=LATER)
    in_channel = planned_notice(recipient="C0GENERAL", user_id=None)
    await plan_notices(
        database, planned_notice(), planned_notice(occurrence="d2"), to_omar, in_channel, people=(MAYA, OMAR)
    )
    async with database.read_transaction() as connection:
        assert await list_due_user_ids(connection, TEAM, NOW, limit=9) == (MAYA,)
        assert await list_due_user_ids(connection, TEAM, LATER, limit=9) == (MAYA, OMAR)


async def test_a_claim_carries_a_lease_and_an_attempt(database: Database) -> None:
    await plan_notices(database, planned_notice())
    claimed = await claim_and_commit(database)
    found = await only_notice(database)
    assert found == claimed
    assert (found.state, found.token, found.attempts, found.attempt_started_at) == (
        "sending",
        "token-1",
        1,
        NOW,
    )
    assert await list_outcomes(database) == [(1, None)]


async def test_a_due_notice_comes_with_its_recipient_as_they_are_now(database: Database) -> None:
    await plan_notices(database, planned_notice())
    async with database.write_transaction() as connection:
        await set_stopped_at(connection, TEAM, MAYA, NOW)
    async with database.write_transaction() as connection:
        due = await lock_next_due_notice(connection, TEAM, NOW)
    assert due is not None
    assert due.person is not None
    assert due.person.is_stopped


async def test_a_notice_for_a_channel_has_no_person(database: Database) -> None:
    await plan_notices(database, planned_notice(recipient="C0GENERAL", user_id=None))
    async with database.write_transaction() as connection:
        due = await lock_next_due_notice(connection, TEAM, NOW)
    assert due is not None
    assert due.person is None


async def test_a_notice_that_is_no_longer_pending_cannot_be_claimed(database: Database) -> None:
    await plan_notices(database, planned_notice())
    async with database.write_transaction() as connection:
        due = await lock_next_due_notice(connection, TEAM, NOW)
        assert due is not None
        await end_notice(connection, due.notice, "suppressed", "stopped", at=NOW)
        assert await claim_notice(connection, due.notice, sample_claim()) is None
    assert (await only_notice(database)).state == "suppressed"
    assert await list_outcomes(database) == []


async def test_a_postponed_notice_waits_with_its_reason(database: Database) -> None:
    await plan_notices(database, planned_notice())
    async with database.write_transaction() as connection:
        due = await lock_next_due_notice(connection, TEAM, NOW)
        assert due is not None
        await postpone_notice(connection, due.notice, LATER, "quiet_hours")
    async with database.write_transaction() as connection:
        assert await lock_next_due_notice(connection, TEAM, NOW) is None
    found = await only_notice(database)
    assert (found.state, found.not_before, found.reason) == ("pending", LATER, "quiet_hours")


async def test_only_notices_that_are_too_late_expire(database: Database) -> None:
    await plan_notices(
        database,
        planned_notice(occurrence="old"),
        planned_notice(occurrence="sent"),
        planned_notice(not_after=NOW + 9 * DAY),
    )
    async with database.write_transaction() as connection:
        await connection.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE occurrence = 'sent'")
        assert await expire_notices(connection, TEAM, NOW) == 0
        assert await expire_notices(connection, TEAM, NOW + 2 * DAY) == 1
    assert [(one.state, one.reason) for one in await stored_notices(database)] == [
        ("expired", "too_late"),
        ("sent", None),
        ("pending", None),
    ]


async def test_a_notice_postponed_past_its_end_expires_once_it_is_due_again(database: Database) -> None:
    await plan_notices(database, planned_notice())
    async with database.write_transaction() as connection:
        due = await lock_next_due_notice(connection, TEAM, NOW)
        assert due is not None
        await postpone_notice(connection, due.notice, NOW + 3 * DAY, "unreadable")
        assert await expire_notices(connection, TEAM, NOW + 2 * DAY) == 0
        assert await expire_notices(connection, TEAM, NOW + 3 * DAY) == 1
    assert (await only_notice(database)).state == "expired"


@pytest.mark.parametrize("seed", range(3))
async def test_replicas_that_claim_at_random_claim_each_notice_once(database_url: str, seed: int) -> None:
    # Given forty notices for four people, and four replicas
    chance = random.Random(seed)
    users = [f"U{n}" for n in range(4)]
    facts = [planned_notice(recipient=u, user_id=u, occurrence=str(n)) for n in range(10) for u in users]
    async with open_replicas(database_url, 4) as replicas:
        await plan_notices(replicas[0], *facts, people=tuple(users))

        async def work(database: Database, name: str) -> list[tuple[str, str]]:
            claimed_here = []
            for n in range(200):
                async with database.write_transaction() as connection:
                    notice = await claim_next(connection, sample_claim(token=f"{name}-{n}"))
                    if chance.random() < 0.2:
                        await connection.rollback()
                        notice = None
                    elif notice is None and not await has_due_notices(connection, TEAM, NOW):
                        break
                if notice is not None:
                    claimed_here.append((notice.recipient, notice.occurrence))
            return claimed_here

        # When all of them claim at once, and some of their claims are rolled back
        workers = [work(replica, f"r{n}") for n, replica in enumerate(replicas)]
        claimed = [fact for facts in await asyncio.gather(*workers) for fact in facts]
        # Then each notice was claimed, once
        assert sorted(claimed) == sorted((one.recipient, one.occurrence) for one in facts)


async def test_a_person_in_the_middle_of_a_turn_is_skipped(
    postgres_server: PostgresServer,
) -> None:
    async with postgres_server.fresh_database() as url, open_replicas(url, 2) as (first, second):
        await plan_notices(
            first, planned_notice(), planned_notice(recipient=OMAR, user_id=OMAR), people=(MAYA, OMAR)
        )
        async with first.write_transaction() as turn:
            await lock_person(turn, TEAM, MAYA)
            async with asyncio.timeout(5), second.write_transaction() as connection:
                due = await lock_next_due_notice(connection, TEAM, NOW)
        assert due is not None
        assert due.notice.recipient == OMAR


async def test_a_stop_waits_for_the_claim_and_the_next_claim_sees_it(
    postgres_server: PostgresServer,
) -> None:
    async with postgres_server.fresh_database() as url, open_replicas(url, 2) as (first, second):
        await plan_notices(first, planned_notice(), planned_notice(occurrence="d2"))

        async def stop() -> None:
            async with second.write_transaction() as connection:
                await lock_person(connection, TEAM, MAYA)
                await set_stopped_at(connection, TEAM, MAYA, NOW)

        async with first.write_transaction() as connection:
            assert await claim_next(connection) is not None
            stopping = asyncio.create_task(stop())
            done, _ = await asyncio.wait({stopping}, timeout=0.2)
            assert not done
        await stopping
        async with first.write_transaction() as connection:
            due = await lock_next_due_notice(connection, TEAM, NOW)
        assert due is not None
        assert due.person is not None
        assert due.person.is_stopped


async def test_erasing_a_person_deletes_their_notices_and_discards_the_result_of_one_in_flight(
    database: Database,
) -> None:
    await plan_notices(database, planned_notice(), planned_notice(occurrence="d2"))
    claimed = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await erase_person(connection, TEAM, MAYA, NOW)
    async with database.write_transaction() as connection:
        assert not await mark_sent(connection, claimed, "D0MAYA", "1.1", at=NOW)
        await record_attempt_result(connection, claimed, AttemptResult("sent"))
    assert await stored_notices(database) == ()
    assert await list_outcomes(database) == []


async def test_a_notice_planned_in_a_transaction_that_fails_is_not_stored(
    database: Database,
) -> None:
    with pytest.raises(LookupError):
        await _plan_and_fail(database)
    assert await stored_notices(database) == ()


async def _plan_and_fail(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_notices(connection, TEAM, [planned_notice()], NOW)
        raise LookupError
