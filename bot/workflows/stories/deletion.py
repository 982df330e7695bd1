"""Deleting one story at its author's request."""

from __future__ import annotations

from bot.services import Services, UserRef
from bot.workflows.people.replies import send_sentence_later
from bot.workflows.privacy.erasure import delete_messages_pending_deletion
from bot.workflows.privacy.log_clearing import clear_database_log_if_needed
from db.queries import drafts
from db.queries.erasure import queue_orphaned_message_deletions
from db.queries.log_clearing import mark_log_uncleared


async def delete_story_and_confirm(services: Services, who: UserRef, draft_id: str) -> None:
    """Delete the draft with its answers, choices and versions, and the bot's messages that quote it."""
    now = services.clock.now()
    async with services.person_transaction(who) as connection:
        gone = await drafts.delete_draft(connection, who.team, who.user, draft_id)
        await queue_orphaned_message_deletions(connection, who.team, who.user, now)
        if gone:
            await mark_log_uncleared(connection, who.team, now)
    await clear_database_log_if_needed(services)
    await send_sentence_later(services, who, "deleted" if gone else "delete-nothing")

    async def delete_messages() -> None:
        await delete_messages_pending_deletion(services)

    services.send_after_commit(who, delete_messages)
