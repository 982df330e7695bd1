"""Erasure and export: nothing of a person is forgotten by either, and nothing of others is touched."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database import Database
from db.engine.errors import WorkspaceUnknown
from db.models import Erased, SaidByBot, Tombstone
from db.queries.bot_messages import add_said, list_said
from db.queries.data_export import everything_about
from db.queries.erasure import erase_person, find_tombstone, list_tombstones, sweep_orphaned
from db.queries.pending_deletions import count_refused, list_sweeps, mark_swept, postpone_sweep
from db.queries.people import find_person, put_person, set_stopped, set_welcome_back
from db.queries.workspaces import put_workspace
from db.schema.core import metadata
from tests.db.samples import (
    MAYA,
    NOW,
    OMAR,
    OTHER_TEAM,
    TEAM,
    WORDS,
    person,
    somebody_with_everything,
    workspace,
)

LATER = NOW + timedelta(days=1)
NAMING = {
    "user_id",
    "who",
    "asked_by",
    "greeted_by",
    "member",
    "recipient",
    "draft_id",
    "subject",
    "outbox_id",
}
ABOUT_A_PERSON = [table for table in metadata.sorted_tables if NAMING & set(table.c.keys())]


async def rows_of(connection: AsyncConnection, team_id: str) -> dict[str, int]:
    """How many rows each table holds of a workspace."""
    return {
        table.name: (
            await connection.execute(
                select(func.count()).select_from(table).where(table.c.team_id == team_id)
            )
        ).scalar_one()
        for table in metadata.sorted_tables
    }


async def whole_content(connection: AsyncConnection) -> str:
    """Everything in every table, as text."""
    found = []
    for table in metadata.sorted_tables:
        found += [repr(tuple(row)) for row in await connection.execute(select(table))]
    return "\n".join(found)


async def test_the_sample_has_a_row_in_every_table_about_a_person(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        rows = await rows_of(connection, TEAM)
    assert [table.name for table in ABOUT_A_PERSON if not rows[table.name]] == []


async def test_the_export_holds_every_row_about_the_person_and_none_about_others(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        rows = await rows_of(connection, TEAM)
        await somebody_with_everything(connection, TEAM, OMAR, "d-omar")
    async with database.reading() as connection:
        everything = await everything_about(connection, TEAM, MAYA)
    assert {table.name: rows[table.name] for table in ABOUT_A_PERSON} == {
        table.name: len(everything[table.name]) for table in ABOUT_A_PERSON
    }
    text = json.dumps(everything)
    assert "d-omar" not in text
    assert OMAR not in text
    assert everything["drafts"][0]["draft"]["edited"] == f"{WORDS} {MAYA}"
    assert everything["versions"][0]["at"] == NOW.isoformat()
    for table in ABOUT_A_PERSON:
        assert set(everything[table.name][0]) == set(table.c.keys())


OWN = (
    "locale_choice",
    "segment",
    "welcome_back_at",
    "dm_channel",
    "fewer_at",
    "paused_until",
    "told_at",
    "met_at",
)
COMPANYS = {"people", "roles", "listings", "lists", "audit", "waves", "wave_people"}


async def test_erasure_leaves_no_word_of_the_person_and_nothing_that_they_did(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        await somebody_with_everything(connection, TEAM, OMAR, "d-omar")
        omars = await everything_about(connection, TEAM, OMAR)
        await add_message_of_a_draft_gone(connection)
    async with database.writing() as connection:
        erased = await erase_person(connection, TEAM, MAYA, LATER)
    assert erased == Erased(drafts=1, messages=3, stopped=False)
    async with database.writing() as connection:
        await everything_swept(connection, "1.1", "1.3", "9.9")
        content = await whole_content(connection)
        assert await everything_about(connection, TEAM, OMAR) == omars
        found = await everything_about(connection, TEAM, MAYA)
    assert f"{WORDS} {MAYA}" not in content
    assert "d-maya" not in content
    assert f"{WORDS} {OMAR}" in content
    assert {name for name, rows in found.items() if rows} == COMPANYS | {"tombstones"}


async def test_erasure_leaves_the_directory_and_the_lists_of_the_company_as_they_are(
    database: Database,
) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        before = await everything_about(connection, TEAM, MAYA)
        await erase_person(connection, TEAM, MAYA, LATER)
        after = await everything_about(connection, TEAM, MAYA)
    assert [after[name] for name in ("roles", "listings", "lists", "audit", "wave_people")] == [
        before[name] for name in ("roles", "listings", "lists", "audit", "wave_people")
    ]
    kept = {**before["people"][0], **dict.fromkeys(OWN), "fetched_at": LATER.isoformat()}
    assert after["people"] == [kept]
    assert [(row["asked_by"], row["greeting"]) for row in after["waves"]] == [(MAYA, "")]


async def test_nothing_at_all_is_left_of_somebody_who_left(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        await somebody_with_everything(connection, TEAM, OMAR, "d-omar")
        omars = await everything_about(connection, TEAM, OMAR)
        await erase_person(connection, TEAM, MAYA, LATER, after_leaving=True)
        await everything_swept(connection, "1.1", "1.3")
        content = await whole_content(connection)
        assert await everything_about(connection, TEAM, OMAR) == omars
    assert MAYA not in content
    assert "d-maya" not in content


async def test_somebody_known_from_a_conversation_alone_is_not_known_after_an_erasure(
    database: Database,
) -> None:
    async with database.writing() as connection:
        await put_workspace(connection, workspace())
        await put_person(connection, person(in_directory=False))
        await erase_person(connection, TEAM, MAYA, LATER)

        assert await find_person(connection, TEAM, MAYA) is None


async def add_message_of_a_draft_gone(connection: AsyncConnection) -> None:
    """One more message that carries words, about a draft that is not there any more."""
    await add_said(connection, SaidByBot(TEAM, MAYA, f"D{MAYA}", "9.9", "draft", True, NOW, "d-gone"))


async def everything_swept(connection: AsyncConnection, *expected: str) -> None:
    """Exactly these messages are to be deleted in Slack; then they are."""
    found = await list_sweeps(connection, TEAM, LATER, limit=10)
    assert sorted(sweep.ts for sweep in found) == sorted(expected)
    for sweep in found:
        await mark_swept(connection, TEAM, sweep.channel, sweep.ts)


async def test_erasure_is_all_or_nothing(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        before = await everything_about(connection, TEAM, MAYA)
    with pytest.raises(LookupError):
        await _erase_and_fail(database)
    async with database.reading() as connection:
        assert await everything_about(connection, TEAM, MAYA) == before


async def _erase_and_fail(database: Database) -> None:
    async with database.writing() as connection:
        await erase_person(connection, TEAM, MAYA, LATER)
        raise LookupError


async def test_erasure_in_one_workspace_leaves_the_same_id_in_another(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d1")
        await somebody_with_everything(connection, OTHER_TEAM, MAYA, "d1")
        before = await rows_of(connection, OTHER_TEAM)
        await erase_person(connection, TEAM, MAYA, LATER)
        assert await rows_of(connection, OTHER_TEAM) == before
        assert await find_tombstone(connection, OTHER_TEAM, MAYA) is None


async def test_only_the_hash_tells_that_somebody_was_erased(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d1")
        assert await find_tombstone(connection, TEAM, MAYA) is None
        await erase_person(connection, TEAM, MAYA, LATER)
        assert await find_tombstone(connection, TEAM, MAYA) == Tombstone(LATER, stopped=False)
        assert await find_tombstone(connection, TEAM, OMAR) is None
        exported = await everything_about(connection, TEAM, MAYA)
    assert exported["tombstones"] == [{"at": LATER.isoformat(), "stopped": False, "after_leaving": False}]


async def test_a_stop_is_remembered_through_two_erasures_until_it_is_taken_back(database: Database) -> None:
    async with database.writing() as connection:
        await put_workspace(connection, workspace())
        await put_person(connection, person())
        await set_stopped(connection, TEAM, MAYA, NOW)
        assert (await erase_person(connection, TEAM, MAYA, NOW)).stopped
        found = await find_person(connection, TEAM, MAYA)
        assert found is not None
        assert found.is_stopped
        assert (await erase_person(connection, TEAM, MAYA, LATER)).stopped
        assert await find_tombstone(connection, TEAM, MAYA) == Tombstone(LATER, stopped=True)
        await set_welcome_back(connection, TEAM, MAYA, LATER)
        assert not (await erase_person(connection, TEAM, MAYA, LATER)).stopped
        found = await find_person(connection, TEAM, MAYA)
    assert found is not None
    assert found.stopped_at is None


@pytest.mark.parametrize(
    ("erasures", "remembered"),
    [([True], True), ([False], False), ([True, True], True), ([True, False], False), ([False, True], False)],
)
async def test_a_deletion_of_ones_own_is_told_from_those_that_came_of_leaving(
    database: Database, erasures: list[bool], remembered: bool
) -> None:
    async with database.writing() as connection:
        await put_workspace(connection, workspace())
        for after_leaving in erasures:
            await put_person(connection, person())
            await erase_person(connection, TEAM, MAYA, NOW, after_leaving=after_leaving)

        tombstone = Tombstone(NOW, stopped=False, after_leaving=remembered)
        assert await list_tombstones(connection, TEAM, [MAYA, OMAR]) == {MAYA: tombstone}
        assert await find_tombstone(connection, TEAM, MAYA) == tombstone


async def test_a_message_that_slack_refuses_waits_and_the_others_do_not(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        await erase_person(connection, TEAM, MAYA, NOW)
        first, other = await list_sweeps(connection, TEAM, NOW, limit=10)
        await postpone_sweep(connection, first, LATER, "cant_delete")

        assert await list_sweeps(connection, TEAM, NOW, limit=10) == (other,)
        assert await list_sweeps(connection, TEAM, LATER, limit=10) == (replace(first, tries=1), other)
        assert [await count_refused(connection, TEAM, tries) for tries in (1, 2)] == [1, 0]


async def test_a_refusal_counts_once_when_two_replicas_had_it_at_the_same_time(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        await erase_person(connection, TEAM, MAYA, NOW)
        first, _ = await list_sweeps(connection, TEAM, NOW, limit=10)

        assert [await postpone_sweep(connection, first, LATER, "cant_delete") for _ in range(2)] == [
            True,
            False,
        ]

        assert (await list_sweeps(connection, TEAM, LATER, limit=10))[0] == replace(first, tries=1)


async def test_nobody_is_erased_where_the_stop_could_not_be_remembered(database: Database) -> None:
    with pytest.raises(WorkspaceUnknown):
        async with database.writing() as connection:
            await erase_person(connection, TEAM, MAYA, NOW)


async def test_what_was_said_of_a_draft_that_is_gone_is_swept_and_nothing_else(database: Database) -> None:
    async with database.writing() as connection:
        await somebody_with_everything(connection, TEAM, MAYA, "d-maya")
        before = await list_said(connection, TEAM, MAYA)
        for ts, carries_words in (("9.1", True), ("9.2", False)):
            message = SaidByBot(TEAM, MAYA, "D0MAYA", ts, "turn", carries_words, NOW, "d-gone")
            await add_said(connection, message)

        await sweep_orphaned(connection, TEAM, MAYA, LATER)

        assert [
            one.ts for one in await list_sweeps(connection, TEAM, LATER, limit=10) if one.at == LATER
        ] == ["9.1"]
        assert await list_said(connection, TEAM, MAYA) == before
