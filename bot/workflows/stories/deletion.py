"""Deleting one story at its author's request."""

from __future__ import annotations

from bot.services import Services, UserRef
from bot.workflows.people.replies import send_text
from bot.workflows.privacy.erasure import delete_pending_messages
from bot.workflows.privacy.log_clearing import clear_log
from db.queries import drafts
from db.queries.erasure import queue_orphaned_deletions
from db.queries.log_clearing import mark_log_uncleared


async def erase_draft(services: Services, who: UserRef, draft_id: str) -> None:
    """Delete the draft with its answers, choices and versions, and the bot's messages that quote it."""
    now = services.clock.now()
    async with services.person_transaction(who) as connection:
        gone = await drafts.delete_draft(connection, who.team, who.user, draft_id)
        await queue_orphaned_deletions(connection, who.team, who.user, now)
        if gone:
            await mark_log_uncleared(connection, who.team, now)
    await clear_log(services)
    await send_text(services, who, "deleted" if gone else "delete-nothing")

    async def delete_messages() -> None:
        await delete_pending_messages(services)

    services.send_after_commit(who, delete_messages)
