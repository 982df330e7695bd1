"""Send results on both databases: only the holder of a claim marks a notice, and unknown notices are searched for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.engine.database import Database
from db.engine.database_clock import database_now
from db.models.notices import AttemptResult, OutboxState
from db.queries.rate_limits import (
    WORKSPACE_RECIPIENT,
    find_wait,
    find_workspace_slot,
    pause_recipient,
    try_take_slot,
    try_take_workspace_slot,
)
from db.queries.send_results import (
    abandon_search,
    claim_notice_to_search,
    has_notice_in_flight,
    mark_expired_leases_unknown,
    mark_failed,
    mark_search_missed,
    mark_sending_unknown,
    mark_sent,
    mark_unknown,
    record_attempt_result,
    requeue_unsent_notice,
)
from db.schema.outbox import rate_limits
from tests.db.notice_samples import (
    EXPIRED_LEASE,
    claim_and_commit,
    list_outcomes,
    only_notice,
    plan_notices,
    planned_notice,
    sample_claim,
)
from tests.db.samples import MAYA, NOW, OMAR, OTHER_TEAM, TEAM

EXPIRED_LEASE_LENGTH = timedelta(seconds=-1)
LONG_WAIT = timedelta(minutes=5)


async def test_a_sent_notice_has_its_place_in_slack(database: Database) -> None:
    await plan_notices(database, planned_notice())
    claimed = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert await mark_sent(connection, claimed, "D0MAYA", "12.3", at=NOW)
        await record_attempt_result(connection, claimed, AttemptResult("sent", 200))
        await record_attempt_result(connection, claimed, AttemptResult("unknown"))
    found = await only_notice(database)
    assert (found.state, found.channel, found.ts, found.lease_until) == ("sent", "D0MAYA", "12.3", None)
    assert await list_outcomes(database) == [(1, "sent")]


async def test_an_unsent_notice_is_claimed_again_when_it_is_due(database: Database) -> None:
    await plan_notices(database, planned_notice())
    claimed = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert await requeue_unsent_notice(connection, claimed, NOW, "ratelimited", at=NOW)
        assert not await mark_sent(connection, claimed, "D0MAYA", "12.3", at=NOW)
    again = await claim_and_commit(database, sample_claim(token="token-2"))
    assert (again.attempts, again.reason) == (2, None)
    assert [n for n, _ in await list_outcomes(database)] == [1, 2]


async def test_a_notice_that_slack_refuses_fails_with_the_reason(database: Database) -> None:
    await plan_notices(database, planned_notice())
    claimed = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert await mark_failed(connection, claimed, "is_archived", NOW)
    found = await only_notice(database)
    assert (found.state, found.reason) == ("failed", "is_archived")


async def test_a_replica_that_lost_its_claim_marks_nothing(database: Database) -> None:
    # Given a replica that stalled for longer than its lease, and another that searches for the notice
    await plan_notices(database, planned_notice())
    slow = await claim_and_commit(database, sample_claim(lease=EXPIRED_LEASE))
    async with database.write_transaction() as connection:
        assert await mark_expired_leases_unknown(connection, TEAM, EXPIRED_LEASE_LENGTH) == 1
        searching = await claim_notice_to_search(connection, TEAM, sample_claim(token="token-2"))
        assert searching is not None
    # When the first resumes, then it can't mark the notice
    async with database.write_transaction() as connection:
        assert not await mark_sent(connection, slow, "D0MAYA", "1.1", at=NOW)
        assert not await requeue_unsent_notice(connection, slow, NOW, "unconnected", at=NOW)
        assert not await mark_failed(connection, slow, "is_archived", NOW)
        assert not await mark_unknown(connection, slow, "timeout", LONG_WAIT, at=NOW)
        assert await mark_sent(connection, searching, "D0MAYA", "1.1", at=NOW)


async def test_a_running_lease_keeps_its_notice(database: Database) -> None:
    await plan_notices(database, planned_notice())
    await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert await mark_expired_leases_unknown(connection, TEAM, EXPIRED_LEASE_LENGTH) == 0
    assert (await only_notice(database)).state == "sending"


async def test_a_notice_with_an_expired_lease_is_unknown_and_its_holder_may_still_mark_it_as_sent(
    database: Database,
) -> None:
    await plan_notices(database, planned_notice())
    slow = await claim_and_commit(database, sample_claim(lease=EXPIRED_LEASE))
    async with database.write_transaction() as connection:
        await mark_expired_leases_unknown(connection, TEAM, LONG_WAIT)
        assert await mark_expired_leases_unknown(connection, TEAM, LONG_WAIT) == 0
    assert ((found := await only_notice(database)).state, found.reason) == ("unknown", "lease_lapsed")
    async with database.write_transaction() as connection:
        assert await mark_sent(connection, slow, "D0MAYA", "1.1", at=NOW)


async def test_notices_being_sent_are_unknown_after_a_restart(database: Database) -> None:
    await plan_notices(database, planned_notice(), planned_notice(occurrence="d2"))
    await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert await mark_sending_unknown(connection, OTHER_TEAM, EXPIRED_LEASE_LENGTH) == 0
        assert await mark_sending_unknown(connection, TEAM, EXPIRED_LEASE_LENGTH) == 1
        assert await claim_notice_to_search(connection, TEAM, sample_claim()) is not None


async def test_an_unknown_notice_is_searched_for_after_its_wait_by_one_replica_at_a_time(
    database: Database,
) -> None:
    await plan_notices(database, planned_notice())
    claimed = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert await mark_unknown(connection, claimed, "timeout", LONG_WAIT, at=NOW)
        assert await claim_notice_to_search(connection, TEAM, sample_claim()) is None
        assert await mark_unknown(connection, claimed, "timeout", EXPIRED_LEASE_LENGTH, at=NOW)
        searching = await claim_notice_to_search(connection, TEAM, sample_claim(token="token-2"))
        assert searching is not None
        assert await claim_notice_to_search(connection, TEAM, sample_claim(token="token-3")) is None
        assert await mark_search_missed(connection, searching, 1, EXPIRED_LEASE_LENGTH)
        again = await claim_notice_to_search(connection, TEAM, sample_claim(token="token-3"))
        assert again is not None
        assert again.misses == 1
        assert again.attempt_started_at == NOW


async def test_a_notice_that_was_not_found_stays_unknown(database: Database) -> None:
    await plan_notices(database, planned_notice())
    claimed = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert await abandon_search(connection, claimed, "not_found", NOW)
        assert await claim_notice_to_search(connection, TEAM, sample_claim()) is None
        assert await mark_expired_leases_unknown(connection, TEAM, EXPIRED_LEASE_LENGTH) == 0
    found = await only_notice(database)
    assert (found.state, found.reason, found.lease_until) == ("unknown", "not_found", None)


@pytest.mark.parametrize(
    ("state", "in_flight"), [("pending", False), ("sending", True), ("unknown", True), ("sent", False)]
)
async def test_a_notice_is_in_flight_while_it_may_still_arrive(
    database: Database, state: OutboxState, in_flight: bool
) -> None:
    await plan_notices(
        database, planned_notice(), planned_notice(recipient=OMAR, user_id=OMAR), people=(MAYA, OMAR)
    )
    claimed = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        match state:
            case "pending":
                await requeue_unsent_notice(connection, claimed, NOW, "unconnected", at=NOW)
            case "unknown":
                await mark_unknown(connection, claimed, "timeout", LONG_WAIT, at=NOW)
            case "sent":
                await mark_sent(connection, claimed, "D0MAYA", "1.1", at=NOW)
        assert await has_notice_in_flight(connection, TEAM, MAYA) is in_flight
        assert not await has_notice_in_flight(connection, TEAM, OMAR)


async def test_the_next_slot_is_taken_once_and_then_requires_a_wait(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await try_take_slot(connection, TEAM, MAYA, LONG_WAIT) is None
        wait = await try_take_slot(connection, TEAM, MAYA, LONG_WAIT)
        assert wait is not None
        assert timedelta() < wait <= LONG_WAIT
        assert await try_take_slot(connection, TEAM, OMAR, EXPIRED_LEASE_LENGTH) is None
        assert await try_take_slot(connection, TEAM, OMAR, EXPIRED_LEASE_LENGTH) is None
        assert await try_take_slot(connection, OTHER_TEAM, MAYA, LONG_WAIT) is None


@pytest.mark.parametrize(("late", "next_in"), [(0.4, 0.6), (1.5, 1.0)])
async def test_a_slightly_late_caller_does_not_shift_the_slots_of_the_workspace(
    database: Database, late: float, next_in: float
) -> None:
    async with database.write_transaction() as connection:
        assert (
            await try_take_workspace_slot(
                connection, OTHER_TEAM, LONG_WAIT, await find_workspace_slot(connection, OTHER_TEAM)
            )
            is None
        )
        row = {
            "team_id": TEAM,
            "recipient": WORKSPACE_RECIPIENT,
            "next_ok_at": await database_now(connection) - late * LONG_WAIT,
        }
        await connection.execute(rate_limits.insert(), row)

        slot = await find_workspace_slot(connection, TEAM)
        assert await try_take_workspace_slot(connection, TEAM, LONG_WAIT, slot) is None

        # Also for a caller that found the slot free a moment ago, before another caller took it.
        waits = [
            await try_take_workspace_slot(connection, TEAM, LONG_WAIT, slot),
            await try_take_workspace_slot(
                connection, TEAM, LONG_WAIT, await find_workspace_slot(connection, TEAM)
            ),
            await find_wait(connection, TEAM, WORKSPACE_RECIPIENT),
        ]
    for wait in waits:
        assert wait is not None
        assert (next_in - 0.1) * LONG_WAIT < wait <= next_in * LONG_WAIT


async def test_a_pause_makes_everybody_wait_and_never_shortens_a_wait(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await find_wait(connection, TEAM, WORKSPACE_RECIPIENT) is None
        await pause_recipient(connection, TEAM, WORKSPACE_RECIPIENT, LONG_WAIT)
        await pause_recipient(connection, TEAM, WORKSPACE_RECIPIENT, timedelta(seconds=1))
        wait = await find_wait(connection, TEAM, WORKSPACE_RECIPIENT)
        assert wait is not None
        assert wait > timedelta(minutes=4)
