"""Changes are kept until a notice has reported them; a notice that is just being claimed doesn't count as pending."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.notices import Notice, PlannedNotice
from db.queries.changes import (
    add_person_change,
    assign_changes_to_notice,
    list_changes_for_notice,
    try_lock_pending_notice,
)
from db.queries.data_export import load_personal_data
from db.queries.erasure import erase_person
from db.queries.outbox import UnsentState, add_notices, end_notice, lock_next_due_notice
from db.queries.people import upsert_person_profile
from db.queries.send_results import mark_sent, requeue_unsent_notice
from db.queries.workspaces import upsert_workspace
from tests.db.notice_samples import claim_and_commit, open_replicas, plan_notices, planned_notice
from tests.db.samples import MAYA, NOW, OMAR, TEAM, change, person, workspace
from tests.postgres import PostgresServer

LATER = NOW + timedelta(hours=1)


def change_notice() -> PlannedNotice:
    """Make a notice that reports changes to Maya."""
    return planned_notice(kind="changes", occurrence="1", subject=None, policy="resend")


async def claim_with_changes(database: Database, *befores: str) -> Notice:
    """Store changes and claim a notice that reports them."""
    await plan_notices(database, change_notice())
    async with database.write_transaction() as connection:
        for before in befores:
            await add_person_change(connection, change(before=before))
    notice = await claim_and_commit(database)
    async with database.write_transaction() as connection:
        await assign_changes_to_notice(connection, notice)
    return notice


async def test_changes_are_reported_in_order_and_to_nobody_else(database: Database) -> None:
    async with database.write_transaction() as connection:
        for user in (MAYA, OMAR):
            await upsert_person_profile(connection, person(user_id=user))
        await add_notices(connection, TEAM, [change_notice()], NOW)
        first = await add_person_change(connection, change(before="first"))
        await add_person_change(connection, change(user_id=OMAR, changed_by=MAYA))
        second = await add_person_change(connection, change(before="second"))
        due = await lock_next_due_notice(connection, TEAM, NOW)
        assert due is not None

        unnotified = await list_changes_for_notice(connection, due.notice)

    assert first < second
    assert [one.before for one in unnotified] == ["first", "second"]


async def test_a_reported_change_is_in_no_other_notice(database: Database) -> None:
    reporting = await claim_with_changes(database, "first")
    async with database.write_transaction() as connection:
        await add_person_change(connection, change(before="second"))
        other = replace(reporting, id=reporting.id + 1)

        assert [one.before for one in await list_changes_for_notice(connection, other)] == ["second"]
        await mark_sent(connection, reporting, "D0MAYA", "1.1", at=NOW)
        assert [one.before for one in await list_changes_for_notice(connection, other)] == ["second"]


@pytest.mark.parametrize("end", ["failed", "suppressed", "expired", None])
async def test_changes_of_an_unsent_notice_are_in_the_next_one(
    database: Database, end: UnsentState | None
) -> None:
    reporting = await claim_with_changes(database, "first")
    async with database.write_transaction() as connection:
        assert await requeue_unsent_notice(connection, reporting, NOW, "ratelimited", at=NOW)
        if end is not None:
            await end_notice(connection, reporting, end, "why", at=NOW)
        await add_person_change(connection, change(before="second"))
        other = replace(reporting, id=reporting.id + 1)

        assert [one.before for one in await list_changes_for_notice(connection, other)] == ["first", "second"]


async def test_pending_notice_is_found_until_it_is_claimed(database: Database) -> None:
    await plan_notices(database, change_notice())
    async with database.write_transaction() as connection:
        assert await try_lock_pending_notice(connection, TEAM, "changes", user_id=MAYA)
        assert not await try_lock_pending_notice(connection, TEAM, "landed", user_id=MAYA)
        assert not await try_lock_pending_notice(connection, TEAM, "changes", user_id=OMAR)
    await claim_and_commit(database)
    async with database.write_transaction() as connection:
        assert not await try_lock_pending_notice(connection, TEAM, "changes", user_id=MAYA)


async def test_two_replicas_never_wait_for_each_other(postgres_server: PostgresServer) -> None:
    async with postgres_server.fresh_database() as url, open_replicas(url, 2) as (one, other):
        # Given a notice that one replica is just claiming
        await plan_notices(one, change_notice())
        async with one.write_transaction() as claiming:
            assert await lock_next_due_notice(claiming, TEAM, NOW) is not None
            # When something is changed in between, then the notice doesn't count as one that will report it
            async with other.write_transaction() as changing:
                assert not await try_lock_pending_notice(changing, TEAM, "changes", user_id=MAYA)
        # And a notice that another transaction relies on is skipped by the claiming replica
        async with one.write_transaction() as changing:
            assert await try_lock_pending_notice(changing, TEAM, "changes", user_id=MAYA)
            async with other.write_transaction() as claiming:
                assert await lock_next_due_notice(claiming, TEAM, NOW) is None


async def test_only_the_person_concerned_reads_who_did_it_and_it_goes_with_their_data(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        for user in (MAYA, OMAR):
            await upsert_person_profile(connection, person(user_id=user))
        await add_person_change(connection, change())

        mayas, omars = [
            (await load_personal_data(connection, TEAM, user))["changes"] for user in (MAYA, OMAR)
        ]
        assert [row["who"] for row in mayas] == [OMAR]
        # If Omar could see it, its absence would tell him that Maya had everything erased.
        assert omars == []

        await erase_person(connection, TEAM, OMAR, LATER)
        assert (await load_personal_data(connection, TEAM, MAYA))["changes"] == mayas
        await erase_person(connection, TEAM, MAYA, LATER)
        assert (await load_personal_data(connection, TEAM, MAYA))["changes"] == []
