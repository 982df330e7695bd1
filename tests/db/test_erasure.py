"""Erasure and export cover everything about a person and touch nothing of other people."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database import Database
from db.models import BotMessage, ErasureResult, Tombstone
from db.queries.bot_messages import upsert_bot_message
from db.queries.data_export import load_personal_data
from db.queries.erasure import erase_person, find_tombstone, load_tombstones_by_user
from db.queries.pending_deletions import (
    forget_deleted_message,
    list_due_deletions,
)
from db.queries.people import find_person, set_messages_allowed_at, set_stopped_at, upsert_person_profile
from db.queries.workspaces import upsert_workspace
from db.schema.core import metadata
from tests.db.samples import (
    CANARY_TEXT,
    MAYA,
    NOW,
    OMAR,
    OTHER_TEAM,
    TEAM,
    add_person_with_everything,
    person,
    workspace,
)

LATER = NOW + timedelta(days=1)
PERSONAL_KEYS = {
    "user_id",
    "actor",
    "changed_by",
    "asked_by",
    "greeted_by",
    "member",
    "recipient",
    "draft_id",
    "subject",
    "outbox_id",
}
ABOUT_A_PERSON = [table for table in metadata.sorted_tables if PERSONAL_KEYS & set(table.c.keys())]


async def count_rows(connection: AsyncConnection, team_id: str) -> dict[str, int]:
    """Return the number of a workspace's rows in each table."""
    return {
        table.name: (
            await connection.execute(
                select(func.count()).select_from(table).where(table.c.team_id == team_id)
            )
        ).scalar_one()
        for table in metadata.sorted_tables
    }


async def dump_all_tables(connection: AsyncConnection) -> str:
    """Return the content of every table as text."""
    found = []
    for table in metadata.sorted_tables:
        found += [repr(tuple(row)) for row in await connection.execute(select(table))]
    return "\n".join(found)


async def test_the_sample_has_a_row_in_every_table_about_a_person(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        rows = await count_rows(connection, TEAM)
    assert [table.name for table in ABOUT_A_PERSON if not rows[table.name]] == []


async def test_the_export_holds_every_row_about_the_person_and_none_about_others(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        rows = await count_rows(connection, TEAM)
        await add_person_with_everything(connection, TEAM, OMAR, "d-omar")
    async with database.read_transaction() as connection:
        export = await load_personal_data(connection, TEAM, MAYA)
    assert {table.name: rows[table.name] for table in ABOUT_A_PERSON} == {
        table.name: len(export[table.name]) for table in ABOUT_A_PERSON
    }
    text = json.dumps(export)
    assert "d-omar" not in text
    assert OMAR not in text
    assert export["drafts"][0]["draft"]["edited"] == f"{CANARY_TEXT} {MAYA}"
    assert export["versions"][0]["at"] == NOW.isoformat()
    for table in ABOUT_A_PERSON:
        assert set(export[table.name][0]) == {column.name for column in table.c}


ERASED_COLUMNS = (
    "locale_choice",
    "segment",
    "welcome_back_at",
    "dm_channel",
    "fewer_at",
    "paused_until",
    "told_at",
    "met_at",
)
COMPANY_TABLES = {"people", "roles", "listings", "lists", "audit", "waves", "wave_people"}


async def test_erasure_leaves_no_text_or_activity_of_the_person(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        await add_person_with_everything(connection, TEAM, OMAR, "d-omar")
        omars = await load_personal_data(connection, TEAM, OMAR)
        await add_orphaned_message(connection)
    async with database.write_transaction() as connection:
        erased = await erase_person(connection, TEAM, MAYA, LATER)
    assert erased == ErasureResult(drafts=1, messages=3, stopped=False)
    async with database.write_transaction() as connection:
        await mark_all_deleted(connection, "1.1", "1.3", "9.9")
        content = await dump_all_tables(connection)
        assert await load_personal_data(connection, TEAM, OMAR) == omars
        found = await load_personal_data(connection, TEAM, MAYA)
    assert f"{CANARY_TEXT} {MAYA}" not in content
    assert "d-maya" not in content
    assert f"{CANARY_TEXT} {OMAR}" in content
    assert {name for name, rows in found.items() if rows} == COMPANY_TABLES | {"tombstones"}


async def test_erasure_leaves_the_directory_and_company_lists_unchanged(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        before = await load_personal_data(connection, TEAM, MAYA)
        await erase_person(connection, TEAM, MAYA, LATER)
        after = await load_personal_data(connection, TEAM, MAYA)
    assert [after[name] for name in ("roles", "listings", "lists", "audit", "wave_people")] == [
        before[name] for name in ("roles", "listings", "lists", "audit", "wave_people")
    ]
    kept = {**before["people"][0], **dict.fromkeys(ERASED_COLUMNS), "fetched_at": LATER.isoformat()}
    assert after["people"] == [kept]
    assert [(row["asked_by"], row["greeting"]) for row in after["waves"]] == [(MAYA, "")]


async def test_nothing_is_left_of_somebody_erased_for_leaving(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        await add_person_with_everything(connection, TEAM, OMAR, "d-omar")
        omars = await load_personal_data(connection, TEAM, OMAR)
        await erase_person(connection, TEAM, MAYA, LATER, after_leaving=True)
        await mark_all_deleted(connection, "1.1", "1.3")
        content = await dump_all_tables(connection)
        assert await load_personal_data(connection, TEAM, OMAR) == omars
    assert MAYA not in content
    assert "d-maya" not in content


async def test_somebody_known_only_from_a_conversation_is_unknown_after_an_erasure(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await upsert_person_profile(connection, person(in_directory=False))
        await erase_person(connection, TEAM, MAYA, LATER)

        assert await find_person(connection, TEAM, MAYA) is None


async def add_orphaned_message(connection: AsyncConnection) -> None:
    """Add a message with the person's words about a draft that no longer exists."""
    await upsert_bot_message(
        connection, BotMessage(TEAM, MAYA, f"D{MAYA}", "9.9", "draft", True, NOW, "d-gone")
    )


async def mark_all_deleted(connection: AsyncConnection, *expected: str) -> None:
    """Check that exactly these messages are pending deletion, and mark them as deleted."""
    found = await list_due_deletions(connection, TEAM, LATER, limit=10)
    assert sorted(deletion.ts for deletion in found) == sorted(expected)
    for deletion in found:
        await forget_deleted_message(connection, TEAM, deletion.channel, deletion.ts)


async def test_erasure_is_all_or_nothing(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        before = await load_personal_data(connection, TEAM, MAYA)
    with pytest.raises(LookupError):
        await _erase_and_fail(database)
    async with database.read_transaction() as connection:
        assert await load_personal_data(connection, TEAM, MAYA) == before


async def _erase_and_fail(database: Database) -> None:
    async with database.write_transaction() as connection:
        await erase_person(connection, TEAM, MAYA, LATER)
        raise LookupError


async def test_erasure_in_one_workspace_keeps_the_same_id_in_another(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d1")
        await add_person_with_everything(connection, OTHER_TEAM, MAYA, "d1")
        before = await count_rows(connection, OTHER_TEAM)
        await erase_person(connection, TEAM, MAYA, LATER)
        assert await count_rows(connection, OTHER_TEAM) == before
        assert await find_tombstone(connection, OTHER_TEAM, MAYA) is None


async def test_only_the_hash_shows_that_somebody_was_erased(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d1")
        assert await find_tombstone(connection, TEAM, MAYA) is None
        await erase_person(connection, TEAM, MAYA, LATER)
        assert await find_tombstone(connection, TEAM, MAYA) == Tombstone(LATER, stopped=False)
        assert await find_tombstone(connection, TEAM, OMAR) is None
        exported = await load_personal_data(connection, TEAM, MAYA)
    assert exported["tombstones"] == [{"at": LATER.isoformat(), "stopped": False, "after_leaving": False}]


async def test_a_stop_survives_two_erasures_until_it_is_withdrawn(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await upsert_person_profile(connection, person())
        await set_stopped_at(connection, TEAM, MAYA, NOW)
        assert (await erase_person(connection, TEAM, MAYA, NOW)).stopped
        found = await find_person(connection, TEAM, MAYA)
        assert found is not None
        assert found.is_stopped
        assert (await erase_person(connection, TEAM, MAYA, LATER)).stopped
        assert await find_tombstone(connection, TEAM, MAYA) == Tombstone(LATER, stopped=True)
        await set_messages_allowed_at(connection, TEAM, MAYA, LATER)
        assert not (await erase_person(connection, TEAM, MAYA, LATER)).stopped
        found = await find_person(connection, TEAM, MAYA)
    assert found is not None
    assert found.stopped_at is None


@pytest.mark.parametrize(
    ("erasures", "only_leaving"),
    [([True], True), ([False], False), ([True, True], True), ([True, False], False), ([False, True], False)],
)
async def test_a_requested_erasure_is_distinguished_from_those_for_leaving(
    database: Database, erasures: list[bool], only_leaving: bool
) -> None:
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        for after_leaving in erasures:
            await upsert_person_profile(connection, person())
            await erase_person(connection, TEAM, MAYA, NOW, after_leaving=after_leaving)

        tombstone = Tombstone(NOW, stopped=False, after_leaving=only_leaving)
        assert await load_tombstones_by_user(connection, TEAM, [MAYA, OMAR]) == {MAYA: tombstone}
        assert await find_tombstone(connection, TEAM, MAYA) == tombstone
