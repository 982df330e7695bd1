"""The same written down for a crowd: once for each, for nobody who is gone, and at any size."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from db.engine.database import Database
from db.models.notices import Alike, Notice
from db.models.waves import Member
from db.queries.bulk import AT_ONCE, add_to_roll, plan_alike
from db.queries.erasure import erase_person
from db.queries.people import put_person
from db.queries.waves import list_members, put_members, put_wave
from db.queries.workspaces import put_workspace
from db.schema.outbox import outbox
from db.schema.row_mapping import all_of, columns_of
from tests.db.samples import MAYA, NOW, OMAR, TEAM, person, wave, workspace

DAY = timedelta(days=1)
CROWD = [f"U0{n:06}" for n in range(2 * AT_ONCE + 1)]
INVITATION = Alike("invitation", "w1", NOW + DAY, NOW + 9 * DAY, subject="w1")


async def invite(database: Database, users: list[str]) -> None:
    """Put them on the roll, and plan the same for each."""
    async with database.writing() as connection:
        await add_to_roll(connection, TEAM, "w1", users, segment="tech")
        await plan_alike(connection, TEAM, INVITATION, users, at=NOW)


async def outbox_of(database: Database) -> tuple[Notice, ...]:
    """Everything that is to be said."""
    async with database.reading() as connection:
        rows = await connection.execute(select(*columns_of(Notice, outbox)).order_by(outbox.c.id))
        return all_of(Notice, rows)


async def test_everybody_in_a_crowd_is_written_down_once(database: Database) -> None:
    async with database.writing() as connection:
        await put_wave(connection, wave())
        for user in CROWD:
            await put_person(connection, person(user_id=user))

    await invite(database, CROWD)
    await invite(database, CROWD)

    async with database.reading() as connection:
        roll = await list_members(connection, TEAM, "w1")
    assert sorted(roll, key=str) == [Member(user, "invited", "tech") for user in CROWD]
    notices = await outbox_of(database)
    assert [(n.recipient, n.user_id) for n in notices] == [(user, user) for user in CROWD]
    assert {len(n.key) for n in notices} == {32}
    assert len({n.key for n in notices}) == len(CROWD)
    first = replace(notices[0], id=0, key="")
    assert first == Notice(
        id=0,
        team_id=TEAM,
        key="",
        kind="invitation",
        recipient=CROWD[0],
        user_id=CROWD[0],
        occurrence="w1",
        subject="w1",
        policy="once",
        state="pending",
        not_before=NOW + DAY,
        not_after=NOW + 9 * DAY,
        planned_at=NOW,
        attempts=0,
        misses=0,
        attempt_started_at=None,
        lease_until=None,
        token=None,
        channel=None,
        ts=None,
        reason=None,
    )


async def test_somebody_forgotten_meanwhile_is_not_written_down_again(database: Database) -> None:
    async with database.writing() as connection:
        await put_workspace(connection, workspace())
        await put_wave(connection, wave())
        for user in (MAYA, OMAR):
            await put_person(connection, person(user_id=user))
        await erase_person(connection, TEAM, MAYA, NOW, after_leaving=True)

    await invite(database, [MAYA, OMAR])

    async with database.reading() as connection:
        assert await list_members(connection, TEAM, "w1") == (Member(OMAR, "invited", "tech"),)
    assert [notice.recipient for notice in await outbox_of(database)] == [OMAR]


async def test_whoever_was_named_comes_onto_the_roll_and_whoever_was_left_out_stays_out(
    database: Database,
) -> None:
    async with database.writing() as connection:
        await put_wave(connection, wave())
        for user in (MAYA, OMAR):
            await put_person(connection, person(user_id=user))
        await put_members(connection, TEAM, "w1", [Member(MAYA, "chosen"), Member(OMAR, "chosen_out")])

    await invite(database, [MAYA, OMAR])

    async with database.reading() as connection:
        roll = await list_members(connection, TEAM, "w1")
    assert roll == (Member(MAYA, "invited", "tech"), Member(OMAR, "chosen_out"))
