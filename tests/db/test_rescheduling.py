"""A person's pending notices: snoozed ones are sent once, wait for a local date, and are released after a pause."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.notices import PlannedNotice
from db.queries.outbox import end_notice, expire_notices, lock_next_due_notice, postpone_notice
from db.queries.people import find_person, set_paused_until
from db.queries.rescheduling import (
    add_or_revive_notices,
    list_attempted_notices,
    list_dated_notices,
    release_held_notices,
    replace_pending_with_snoozed,
)
from tests.db.notice_samples import (
    DAY,
    claim_and_commit,
    only_notice,
    plan_notices,
    planned_notice,
    stored_notices,
)
from tests.db.samples import MAYA, NOW, OMAR, TEAM

TOMORROW = (NOW + DAY).date()


def snoozed_notice(days: int) -> PlannedNotice:
    """Make the question, snoozed for this number of days."""
    on = (NOW + days * DAY).date()
    return planned_notice(occurrence=f"d1:again:{on}", not_before=NOW + days * DAY, due_on=on)


async def snooze_all(database: Database, *snoozes: PlannedNotice) -> None:
    """Store these snoozes one after the other, a minute apart."""
    for n, snooze in enumerate(snoozes):
        async with database.write_transaction() as connection:
            await replace_pending_with_snoozed(connection, TEAM, snooze, NOW + timedelta(minutes=n))


async def test_a_notice_snoozed_again_waits_only_for_the_latest_day(database: Database) -> None:
    await plan_notices(database, planned_notice())

    await snooze_all(database, snoozed_notice(1), snoozed_notice(7), snoozed_notice(1))

    found = {n.occurrence: n.state for n in await stored_notices(database)}
    assert found == {
        "d1": "suppressed",
        snoozed_notice(1).occurrence: "pending",
        snoozed_notice(7).occurrence: "suppressed",
    }


async def test_a_sent_notice_is_not_sent_again_for_the_same_day(database: Database) -> None:
    await plan_notices(database, replace(snoozed_notice(1), not_before=NOW))
    await claim_and_commit(database)

    await snooze_all(database, snoozed_notice(1))

    assert (await only_notice(database)).state == "sending"


async def test_an_expired_notice_waits_again_when_it_is_snoozed_to_the_same_day(
    database: Database,
) -> None:
    await snooze_all(database, snoozed_notice(1))
    async with database.write_transaction() as connection:
        assert await expire_notices(connection, TEAM, NOW + 9 * DAY) == 1

    await snooze_all(database, snoozed_notice(1))

    notice = await only_notice(database)
    assert (notice.state, notice.reason) == ("pending", None)


async def test_a_notice_planned_again_waits_again_unless_it_was_sent(database: Database) -> None:
    await plan_notices(database, planned_notice(), planned_notice(occurrence="d2", subject="d2"))
    await claim_and_commit(database)
    async with database.write_transaction() as connection:
        _, unsent = await stored_notices(database)
        await end_notice(connection, unsent, "suppressed", "answered", at=NOW)

    async with database.write_transaction() as connection:
        again = [planned_notice(not_before=NOW + DAY), planned_notice(occurrence="d2", not_before=NOW + DAY)]
        await add_or_revive_notices(connection, TEAM, [*again, planned_notice(occurrence="d3")], NOW)

    assert [(n.occurrence, n.state, n.not_before) for n in await stored_notices(database)] == [
        ("d1", "sending", NOW),
        ("d2", "pending", NOW + DAY),
        ("d3", "pending", NOW),
    ]


async def test_only_notices_that_wait_for_a_date_are_listed_as_dated(database: Database) -> None:
    await plan_notices(database, planned_notice(), snoozed_notice(1), people=(MAYA, OMAR))

    async with database.read_transaction() as connection:
        assert [n.due_on for n in await list_dated_notices(connection, TEAM, MAYA)] == [TOMORROW]
        assert await list_dated_notices(connection, TEAM, OMAR) == ()


async def test_attempted_notices_are_listed_the_latest_first(database: Database) -> None:
    await plan_notices(
        database,
        planned_notice(),
        planned_notice(occurrence="d2", subject="d2"),
        planned_notice(occurrence="d3"),
    )
    for _ in range(2):
        await claim_and_commit(database)

    async with database.read_transaction() as connection:
        assert [n.occurrence for n in await list_attempted_notices(connection, TEAM, MAYA, ["landed"])] == [
            "d2",
            "d1",
        ]
        assert await list_attempted_notices(connection, TEAM, MAYA, ["paused"]) == ()


@pytest.mark.parametrize(("reason", "released"), [("paused", 1), ("halted", 1), ("quiet_hours", 0)])
async def test_the_end_of_a_pause_releases_what_it_held_back(
    database: Database, reason: str, released: int
) -> None:
    await plan_notices(database, planned_notice())
    async with database.write_transaction() as connection:
        await postpone_notice(connection, await only_notice(database), NOW + 9 * DAY, reason)

    async with database.write_transaction() as connection:
        assert await release_held_notices(connection, TEAM, MAYA, NOW) == released
        assert (await lock_next_due_notice(connection, TEAM, NOW) is not None) is bool(released)


async def test_end_of_a_pause_is_stored_as_a_local_date(database: Database) -> None:
    await plan_notices(database)
    async with database.write_transaction() as connection:
        await set_paused_until(connection, TEAM, MAYA, TOMORROW, at=NOW)
    async with database.read_transaction() as connection:
        maya = await find_person(connection, TEAM, MAYA)
    assert maya is not None
    assert (maya.paused_until, maya.is_paused_on(NOW.date()), maya.is_paused_on(TOMORROW)) == (
        TOMORROW,
        True,
        False,
    )

    async with database.write_transaction() as connection:
        await set_paused_until(connection, TEAM, MAYA, None, at=NOW)
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) == replace(maya, paused_until=None)
