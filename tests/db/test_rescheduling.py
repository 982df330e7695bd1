"""What waits for one person: put off it comes once, it knows its date, and a pause that ends lets it go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.notices import Planned
from db.queries.outbox import expire_notices, lock_due, postpone_notice, settle_notice
from db.queries.people import find_person, set_paused
from db.queries.rescheduling import list_dated, list_said, plan_again, put_off, wake_paused
from tests.db.notices import DAY, notices, plan, planned, taken, the_notice
from tests.db.samples import MAYA, NOW, OMAR, TEAM

TOMORROW = (NOW + DAY).date()


def until(days: int) -> Planned:
    """The question, put off for so many days."""
    on = (NOW + days * DAY).date()
    return planned(occurrence=f"d1:again:{on}", not_before=NOW + days * DAY, due_on=on)


async def puts_off(database: Database, *snoozes: Planned) -> None:
    """One after the other, a minute apart."""
    for n, snooze in enumerate(snoozes):
        async with database.writing() as connection:
            await put_off(connection, TEAM, snooze, NOW + timedelta(minutes=n))


async def test_what_is_put_off_again_waits_for_the_latest_day_alone(database: Database) -> None:
    await plan(database, planned())

    await puts_off(database, until(1), until(7), until(1))

    found = {n.occurrence: n.state for n in await notices(database)}
    assert found == {
        "d1": "suppressed",
        until(1).occurrence: "pending",
        until(7).occurrence: "suppressed",
    }


async def test_what_has_been_said_is_not_said_again_for_the_same_day(database: Database) -> None:
    await plan(database, replace(until(1), not_before=NOW))
    await taken(database)

    await puts_off(database, until(1))

    assert (await the_notice(database)).state == "sending"


async def test_what_became_too_late_waits_again_when_it_is_put_off_to_the_same_day(
    database: Database,
) -> None:
    await puts_off(database, until(1))
    async with database.writing() as connection:
        assert await expire_notices(connection, TEAM, NOW + 9 * DAY) == 1

    await puts_off(database, until(1))

    notice = await the_notice(database)
    assert (notice.state, notice.reason) == ("pending", None)


async def test_what_is_planned_again_waits_again_unless_it_was_said(database: Database) -> None:
    await plan(database, planned(), planned(occurrence="d2", subject="d2"))
    await taken(database)
    async with database.writing() as connection:
        _, unsaid = await notices(database)
        await settle_notice(connection, unsaid, "suppressed", "answered", at=NOW)

    async with database.writing() as connection:
        again = [planned(not_before=NOW + DAY), planned(occurrence="d2", not_before=NOW + DAY)]
        await plan_again(connection, TEAM, [*again, planned(occurrence="d3")], NOW)

    assert [(n.occurrence, n.state, n.not_before) for n in await notices(database)] == [
        ("d1", "sending", NOW),
        ("d2", "pending", NOW + DAY),
        ("d3", "pending", NOW),
    ]


async def test_only_what_waits_for_a_date_is_listed_as_dated(database: Database) -> None:
    await plan(database, planned(), until(1), people=(MAYA, OMAR))

    async with database.reading() as connection:
        assert [n.due_on for n in await list_dated(connection, TEAM, MAYA)] == [TOMORROW]
        assert await list_dated(connection, TEAM, OMAR) == ()


async def test_what_was_said_is_listed_the_latest_first(database: Database) -> None:
    await plan(database, planned(), planned(occurrence="d2", subject="d2"), planned(occurrence="d3"))
    for _ in range(2):
        await taken(database)

    async with database.reading() as connection:
        assert [n.occurrence for n in await list_said(connection, TEAM, MAYA, ["landed"])] == ["d2", "d1"]
        assert await list_said(connection, TEAM, MAYA, ["paused"]) == ()


@pytest.mark.parametrize(("reason", "woken"), [("paused", 1), ("halted", 1), ("quiet_hours", 0)])
async def test_the_end_of_a_pause_wakes_what_it_held_back(
    database: Database, reason: str, woken: int
) -> None:
    await plan(database, planned())
    async with database.writing() as connection:
        await postpone_notice(connection, await the_notice(database), NOW + 9 * DAY, reason)

    async with database.writing() as connection:
        assert await wake_paused(connection, TEAM, MAYA, NOW) == woken
        assert (await lock_due(connection, TEAM, NOW) is not None) is bool(woken)


async def test_until_when_somebody_is_quiet_is_kept_as_a_date_of_theirs(database: Database) -> None:
    await plan(database)
    async with database.writing() as connection:
        await set_paused(connection, TEAM, MAYA, TOMORROW, at=NOW)
    async with database.reading() as connection:
        maya = await find_person(connection, TEAM, MAYA)
    assert maya is not None
    assert (maya.paused_until, maya.is_quiet_on(NOW.date()), maya.is_quiet_on(TOMORROW)) == (
        TOMORROW,
        True,
        False,
    )

    async with database.writing() as connection:
        await set_paused(connection, TEAM, MAYA, None, at=NOW)
    async with database.reading() as connection:
        assert await find_person(connection, TEAM, MAYA) == replace(maya, paused_until=None)
