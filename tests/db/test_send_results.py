"""Outcomes on both databases: only whoever holds a notice marks it, and what nobody knows is looked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.engine.database import Database
from db.engine.database_clock import clock_time
from db.models.notices import Attempted, NoticeState
from db.queries.rate_limits import WORKSPACE, find_beat, find_wait, slow_down, take_beat, take_pace
from db.queries.send_results import (
    claim_unknown,
    give_up,
    is_flying,
    lapse_leases,
    mark_failed,
    mark_missed,
    mark_sent,
    mark_unknown,
    mark_unsent,
    note_outcome,
    orphan_notices,
)
from db.schema.outbox import pace
from tests.db.notices import NEVER_LEASED, claim, outcomes, plan, planned, taken, the_notice
from tests.db.samples import MAYA, NOW, OMAR, OTHER_TEAM, TEAM

AT_ONCE = timedelta(seconds=-1)
LONG = timedelta(minutes=5)


async def test_a_notice_that_was_sent_says_where_it_stands(database: Database) -> None:
    await plan(database, planned())
    claimed = await taken(database)
    async with database.writing() as connection:
        assert await mark_sent(connection, claimed, "D0MAYA", "12.3", at=NOW)
        await note_outcome(connection, claimed, Attempted("sent", 200))
        await note_outcome(connection, claimed, Attempted("unknown"))
    found = await the_notice(database)
    assert (found.state, found.channel, found.ts, found.lease_until) == ("sent", "D0MAYA", "12.3", None)
    assert await outcomes(database) == [(1, "sent")]


async def test_a_notice_that_did_not_go_out_is_taken_again_in_its_time(database: Database) -> None:
    await plan(database, planned())
    claimed = await taken(database)
    async with database.writing() as connection:
        assert await mark_unsent(connection, claimed, NOW, "ratelimited", at=NOW)
        assert not await mark_sent(connection, claimed, "D0MAYA", "12.3", at=NOW)
    again = await taken(database, claim(token="token-2"))
    assert (again.attempts, again.reason) == (2, None)
    assert [n for n, _ in await outcomes(database)] == [1, 2]


async def test_a_notice_that_slack_refuses_has_failed_with_the_reason(database: Database) -> None:
    await plan(database, planned())
    claimed = await taken(database)
    async with database.writing() as connection:
        assert await mark_failed(connection, claimed, "is_archived", NOW)
    found = await the_notice(database)
    assert (found.state, found.reason) == ("failed", "is_archived")


async def test_whoever_has_lost_a_notice_marks_nothing(database: Database) -> None:
    # Given a replica that was away for longer than its lease, and another that looks for the notice
    await plan(database, planned())
    slow = await taken(database, claim(lease=NEVER_LEASED))
    async with database.writing() as connection:
        assert await lapse_leases(connection, TEAM, AT_ONCE) == 1
        looking = await claim_unknown(connection, TEAM, claim(token="token-2"))
        assert looking is not None
    # When the first comes back, then all it can do is nothing
    async with database.writing() as connection:
        assert not await mark_sent(connection, slow, "D0MAYA", "1.1", at=NOW)
        assert not await mark_unsent(connection, slow, NOW, "unconnected", at=NOW)
        assert not await mark_failed(connection, slow, "is_archived", NOW)
        assert not await mark_unknown(connection, slow, "timeout", LONG, at=NOW)
        assert await mark_sent(connection, looking, "D0MAYA", "1.1", at=NOW)


async def test_a_lease_that_runs_keeps_its_notice(database: Database) -> None:
    await plan(database, planned())
    await taken(database)
    async with database.writing() as connection:
        assert await lapse_leases(connection, TEAM, AT_ONCE) == 0
    assert (await the_notice(database)).state == "sending"


async def test_a_lapsed_notice_is_unknown_and_never_pending_and_its_holder_may_still_say_that_it_arrived(
    database: Database,
) -> None:
    await plan(database, planned())
    slow = await taken(database, claim(lease=NEVER_LEASED))
    async with database.writing() as connection:
        await lapse_leases(connection, TEAM, LONG)
        assert await lapse_leases(connection, TEAM, LONG) == 0
    assert ((found := await the_notice(database)).state, found.reason) == ("unknown", "lease_lapsed")
    async with database.writing() as connection:
        assert await mark_sent(connection, slow, "D0MAYA", "1.1", at=NOW)


async def test_after_a_restart_everything_that_was_being_sent_is_unknown(database: Database) -> None:
    await plan(database, planned(), planned(occurrence="d2"))
    await taken(database)
    async with database.writing() as connection:
        assert await orphan_notices(connection, OTHER_TEAM, AT_ONCE) == 0
        assert await orphan_notices(connection, TEAM, AT_ONCE) == 1
        assert await claim_unknown(connection, TEAM, claim()) is not None


async def test_an_unknown_notice_is_looked_for_after_its_wait_by_one_at_a_time(database: Database) -> None:
    await plan(database, planned())
    claimed = await taken(database)
    async with database.writing() as connection:
        assert await mark_unknown(connection, claimed, "timeout", LONG, at=NOW)
        assert await claim_unknown(connection, TEAM, claim()) is None
        assert await mark_unknown(connection, claimed, "timeout", AT_ONCE, at=NOW)
        looking = await claim_unknown(connection, TEAM, claim(token="token-2"))
        assert looking is not None
        assert await claim_unknown(connection, TEAM, claim(token="token-3")) is None
        assert await mark_missed(connection, looking, 1, AT_ONCE)
        again = await claim_unknown(connection, TEAM, claim(token="token-3"))
        assert again is not None
        assert again.misses == 1
        assert again.attempt_started_at == NOW


async def test_a_notice_that_was_not_found_stays_unknown_for_all_to_see(database: Database) -> None:
    await plan(database, planned())
    claimed = await taken(database)
    async with database.writing() as connection:
        assert await give_up(connection, claimed, "not_found", NOW)
        assert await claim_unknown(connection, TEAM, claim()) is None
        assert await lapse_leases(connection, TEAM, AT_ONCE) == 0
    found = await the_notice(database)
    assert (found.state, found.reason, found.lease_until) == ("unknown", "not_found", None)


@pytest.mark.parametrize(
    ("state", "flying"), [("pending", False), ("sending", True), ("unknown", True), ("sent", False)]
)
async def test_something_is_in_flight_as_long_as_it_may_still_arrive(
    database: Database, state: NoticeState, flying: bool
) -> None:
    await plan(database, planned(), planned(recipient=OMAR, user_id=OMAR), people=(MAYA, OMAR))
    claimed = await taken(database)
    async with database.writing() as connection:
        match state:
            case "pending":
                await mark_unsent(connection, claimed, NOW, "unconnected", at=NOW)
            case "unknown":
                await mark_unknown(connection, claimed, "timeout", LONG, at=NOW)
            case "sent":
                await mark_sent(connection, claimed, "D0MAYA", "1.1", at=NOW)
        assert await is_flying(connection, TEAM, MAYA) is flying
        assert not await is_flying(connection, TEAM, OMAR)


async def test_the_next_place_is_given_once_and_then_has_to_be_waited_for(database: Database) -> None:
    async with database.writing() as connection:
        assert await take_pace(connection, TEAM, MAYA, LONG) is None
        wait = await take_pace(connection, TEAM, MAYA, LONG)
        assert wait is not None
        assert timedelta() < wait <= LONG
        assert await take_pace(connection, TEAM, OMAR, AT_ONCE) is None
        assert await take_pace(connection, TEAM, OMAR, AT_ONCE) is None
        assert await take_pace(connection, OTHER_TEAM, MAYA, LONG) is None


@pytest.mark.parametrize(("late", "next_in"), [(0.4, 0.6), (1.5, 1.0)])
async def test_who_comes_a_little_late_keeps_the_beat_of_the_workspace(
    database: Database, late: float, next_in: float
) -> None:
    async with database.writing() as connection:
        assert await take_beat(connection, OTHER_TEAM, LONG, await find_beat(connection, OTHER_TEAM)) is None
        place = {
            "team_id": TEAM,
            "recipient": WORKSPACE,
            "next_ok_at": await clock_time(connection) - late * LONG,
        }
        await connection.execute(pace.insert(), place)

        beat = await find_beat(connection, TEAM)
        assert await take_beat(connection, TEAM, LONG, beat) is None

        # Also whoever found the place free a moment ago, before somebody else took it.
        waits = [
            await take_beat(connection, TEAM, LONG, beat),
            await take_beat(connection, TEAM, LONG, await find_beat(connection, TEAM)),
            await find_wait(connection, TEAM, WORKSPACE),
        ]
    for wait in waits:
        assert wait is not None
        assert (next_in - 0.1) * LONG < wait <= next_in * LONG


async def test_slowing_down_makes_everybody_wait_and_never_hurries_anybody(database: Database) -> None:
    async with database.writing() as connection:
        assert await find_wait(connection, TEAM, WORKSPACE) is None
        await slow_down(connection, TEAM, WORKSPACE, LONG)
        await slow_down(connection, TEAM, WORKSPACE, timedelta(seconds=1))
        wait = await find_wait(connection, TEAM, WORKSPACE)
        assert wait is not None
        assert wait > timedelta(minutes=4)
