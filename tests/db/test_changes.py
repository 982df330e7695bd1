"""What somebody else changed is kept until a notice has told it, and a notice that is just taken counts no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.notices import Notice, Planned
from db.queries.changes import add_change, list_untold, lock_pending, mark_told
from db.queries.data_export import everything_about
from db.queries.erasure import erase_person
from db.queries.outbox import Unsaid, add_notices, lock_due, settle_notice
from db.queries.people import put_person
from db.queries.send_results import mark_sent, mark_unsent
from db.queries.workspaces import put_workspace
from tests.db.notices import plan, planned, several, taken
from tests.db.samples import MAYA, NOW, OMAR, TEAM, change, person, workspace
from tests.postgres import PostgresServer

LATER = NOW + timedelta(hours=1)


def telling() -> Planned:
    """A notice that tells Maya of what was changed."""
    return planned(kind="changes", occurrence="1", subject=None, policy="resend")


async def being_told(database: Database, *befores: str) -> Notice:
    """Changes that a notice is just telling."""
    await plan(database, telling())
    async with database.writing() as connection:
        for before in befores:
            await add_change(connection, change(before=before))
    notice = await taken(database)
    async with database.writing() as connection:
        await mark_told(connection, notice)
    return notice


async def test_changes_are_told_in_their_order_and_to_nobody_else(database: Database) -> None:
    async with database.writing() as connection:
        for user in (MAYA, OMAR):
            await put_person(connection, person(user_id=user))
        await add_notices(connection, TEAM, [telling()], NOW)
        first = await add_change(connection, change(before="first"))
        await add_change(connection, change(user_id=OMAR, who=MAYA))
        second = await add_change(connection, change(before="second"))
        due = await lock_due(connection, TEAM, NOW)
        assert due is not None

        untold = await list_untold(connection, due.notice)

    assert first < second
    assert [one.before for one in untold] == ["first", "second"]


async def test_what_a_notice_has_told_is_told_by_no_other(database: Database) -> None:
    told = await being_told(database, "first")
    async with database.writing() as connection:
        await add_change(connection, change(before="second"))
        other = replace(told, id=told.id + 1)

        assert [one.before for one in await list_untold(connection, other)] == ["second"]
        await mark_sent(connection, told, "D0MAYA", "1.1", at=NOW)
        assert [one.before for one in await list_untold(connection, other)] == ["second"]


@pytest.mark.parametrize("end", ["failed", "suppressed", "expired", None])
async def test_what_a_notice_did_not_get_said_is_told_by_the_next(
    database: Database, end: Unsaid | None
) -> None:
    told = await being_told(database, "first")
    async with database.writing() as connection:
        assert await mark_unsent(connection, told, NOW, "ratelimited", at=NOW)
        if end is not None:
            await settle_notice(connection, told, end, "why", at=NOW)
        await add_change(connection, change(before="second"))
        other = replace(told, id=told.id + 1)

        assert [one.before for one in await list_untold(connection, other)] == ["first", "second"]


async def test_notice_that_is_to_come_is_found_until_it_is_taken(database: Database) -> None:
    await plan(database, telling())
    async with database.writing() as connection:
        assert await lock_pending(connection, TEAM, "changes", user_id=MAYA)
        assert not await lock_pending(connection, TEAM, "landed", user_id=MAYA)
        assert not await lock_pending(connection, TEAM, "changes", user_id=OMAR)
    await taken(database)
    async with database.writing() as connection:
        assert not await lock_pending(connection, TEAM, "changes", user_id=MAYA)


async def test_two_replicas_wait_for_each_other_neither_way(postgres_server: PostgresServer) -> None:
    async with postgres_server.fresh_database() as url, several(url, 2) as (one, other):
        # Given a notice that one replica is just taking
        await plan(one, telling())
        async with one.writing() as claiming:
            assert await lock_due(claiming, TEAM, NOW) is not None
            # When something is changed meanwhile, then it does not count as one that will tell of it
            async with other.writing() as changing:
                assert not await lock_pending(changing, TEAM, "changes", user_id=MAYA)
        # And one that is being counted on is passed over by whoever takes
        async with one.writing() as changing:
            assert await lock_pending(changing, TEAM, "changes", user_id=MAYA)
            async with other.writing() as claiming:
                assert await lock_due(claiming, TEAM, NOW) is None


async def test_only_the_person_concerned_reads_who_did_it_and_it_goes_with_their_data(
    database: Database,
) -> None:
    async with database.writing() as connection:
        await put_workspace(connection, workspace())
        for user in (MAYA, OMAR):
            await put_person(connection, person(user_id=user))
        await add_change(connection, change())

        mayas, omars = [(await everything_about(connection, TEAM, user))["changes"] for user in (MAYA, OMAR)]
        assert [row["who"] for row in mayas] == [OMAR]
        # If Omar could see it, he would see from its going that Maya had everything deleted.
        assert omars == []

        await erase_person(connection, TEAM, OMAR, LATER)
        assert (await everything_about(connection, TEAM, MAYA))["changes"] == mayas
        await erase_person(connection, TEAM, MAYA, LATER)
        assert (await everything_about(connection, TEAM, MAYA))["changes"] == []
