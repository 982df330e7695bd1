"""Messages that must be deleted from Slack: refused, retried, orphaned."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.engine.errors import UnknownWorkspaceError
from db.models import BotMessage
from db.queries.bot_messages import list_bot_messages, upsert_bot_message
from db.queries.erasure import erase_person, queue_orphaned_message_deletions
from db.queries.pending_deletions import (
    count_refused_deletions,
    list_due_deletions,
    postpone_deletion,
)
from tests.db.samples import (
    MAYA,
    NOW,
    TEAM,
    add_person_with_everything,
)

LATER = NOW + timedelta(days=1)


async def test_a_message_that_slack_refuses_to_delete_waits_and_others_do_not(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        await erase_person(connection, TEAM, MAYA, NOW)
        first, other = await list_due_deletions(connection, TEAM, NOW, limit=10)
        await postpone_deletion(connection, first, LATER, "cant_delete")

        assert await list_due_deletions(connection, TEAM, NOW, limit=10) == (other,)
        assert await list_due_deletions(connection, TEAM, LATER, limit=10) == (replace(first, tries=1), other)
        assert [await count_refused_deletions(connection, TEAM, tries) for tries in (1, 2)] == [1, 0]


async def test_a_refusal_counts_once_when_two_replicas_get_it_at_the_same_time(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        await erase_person(connection, TEAM, MAYA, NOW)
        first, _ = await list_due_deletions(connection, TEAM, NOW, limit=10)

        assert [await postpone_deletion(connection, first, LATER, "cant_delete") for _ in range(2)] == [
            True,
            False,
        ]

        assert (await list_due_deletions(connection, TEAM, LATER, limit=10))[0] == replace(first, tries=1)


async def test_nobody_is_erased_when_the_stop_cannot_be_remembered(database: Database) -> None:
    with pytest.raises(UnknownWorkspaceError):
        async with database.write_transaction() as connection:
            await erase_person(connection, TEAM, MAYA, NOW)


async def test_only_messages_about_a_deleted_draft_are_queued_for_deletion(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, TEAM, MAYA, "d-maya")
        before = await list_bot_messages(connection, TEAM, MAYA)
        for ts, carries_words in (("9.1", True), ("9.2", False)):
            message = BotMessage(TEAM, MAYA, "D0MAYA", ts, "turn", carries_words, NOW, "d-gone")
            await upsert_bot_message(connection, message)

        await queue_orphaned_message_deletions(connection, TEAM, MAYA, LATER)

        assert [
            one.ts
            for one in await list_due_deletions(connection, TEAM, LATER, limit=10)
            if one.queued_at == LATER
        ] == ["9.1"]
        assert await list_bot_messages(connection, TEAM, MAYA) == before
