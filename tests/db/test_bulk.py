"""Bulk inserts: once per person, skipping erased people, for any number of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from db.engine.database import Database
from db.models.notices import BulkNotice, Notice
from db.models.waves import WaveMember
from db.queries.bulk import CHUNK_SIZE, add_notice_for_many, upsert_invited_members
from db.queries.erasure import erase_person
from db.queries.people import upsert_person_profile
from db.queries.waves import list_members_including_excluded, replace_members, upsert_unstarted_wave
from db.queries.workspaces import upsert_workspace
from db.schema.outbox import outbox
from db.schema.row_mapping import columns_of, map_all
from tests.db.samples import MAYA, NOW, OMAR, TEAM, person, wave, workspace

DAY = timedelta(days=1)
CROWD = [f"U0{n:06}" for n in range(2 * CHUNK_SIZE + 1)]
INVITATION = BulkNotice("invitation", "w1", NOW + DAY, NOW + 9 * DAY, subject="w1")


async def plan_invitations(database: Database, users: list[str]) -> None:
    """Invite these people and plan the invitation for each."""
    async with database.write_transaction() as connection:
        await upsert_invited_members(connection, TEAM, "w1", users, segment="tech")
        await add_notice_for_many(connection, TEAM, INVITATION, users, at=NOW)


async def read_outbox(database: Database) -> tuple[Notice, ...]:
    """Return every notice in the outbox."""
    async with database.read_transaction() as connection:
        rows = await connection.execute(select(*columns_of(Notice, outbox)).order_by(outbox.c.id))
        return map_all(Notice, rows)


async def test_everybody_is_inserted_once(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave())
        for user in CROWD:
            await upsert_person_profile(connection, person(user_id=user))

    await plan_invitations(database, CROWD)
    await plan_invitations(database, CROWD)

    async with database.read_transaction() as connection:
        roll = await list_members_including_excluded(connection, TEAM, "w1")
    assert sorted(roll, key=str) == [WaveMember(user, "invited", "tech") for user in CROWD]
    notices = await read_outbox(database)
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


async def test_somebody_erased_in_between_is_not_inserted_again(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await upsert_unstarted_wave(connection, wave())
        for user in (MAYA, OMAR):
            await upsert_person_profile(connection, person(user_id=user))
        await erase_person(connection, TEAM, MAYA, NOW, after_leaving=True)

    await plan_invitations(database, [MAYA, OMAR])

    async with database.read_transaction() as connection:
        assert await list_members_including_excluded(connection, TEAM, "w1") == (
            WaveMember(OMAR, "invited", "tech"),
        )
    assert [notice.recipient for notice in await read_outbox(database)] == [OMAR]


async def test_named_people_are_invited_and_excluded_people_stay_excluded(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave())
        for user in (MAYA, OMAR):
            await upsert_person_profile(connection, person(user_id=user))
        await replace_members(
            connection, TEAM, "w1", [WaveMember(MAYA, "chosen"), WaveMember(OMAR, "chosen_out")]
        )

    await plan_invitations(database, [MAYA, OMAR])

    async with database.read_transaction() as connection:
        roll = await list_members_including_excluded(connection, TEAM, "w1")
    assert roll == (WaveMember(MAYA, "invited", "tech"), WaveMember(OMAR, "chosen_out"))
