"""Erasure: everything stored is deleted in one transaction; the bot's messages follow, paced, across restarts."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.outgoing import SendCallback
from bot.services import Services, UserRef
from bot.views.privacy.personal_data import erased_message
from bot.workflows.home.home import publish_home
from bot.workflows.people.members import find_person, texts_for
from bot.workflows.privacy.log_clearing import clear_database_log_if_needed
from bot.workflows.privacy.message_deletion import Deletion, DeletionPolicy, delete_each
from db.models import PendingDeletion, Person
from db.queries import people
from db.queries.erasure import erase_person, queue_orphaned_message_deletions
from db.queries.pending_deletions import forget_deleted_message, list_due_deletions, postpone_deletion

log = structlog.get_logger(__name__)

_MAX_LEAVERS = 50
"""How many of those who left are erased in one round."""


async def erase_person_and_confirm(services: Services, who: UserRef) -> int:
    """Delete everything stored about this person, and confirm it; return how many messages remain to be deleted."""
    person = await find_person(services, who)
    if person is None:
        return 0
    at = services.clock.now()
    async with services.person_transaction(who) as connection:
        erased = await erase_person(connection, who.team, who.user, at)
    await clear_database_log_if_needed(services)
    log.info("person.erased", stories=erased.drafts, messages=erased.messages)
    services.send_after_commit(who, _farewell_callback(services, person, erased.messages, at))
    return erased.messages


async def erase_leavers_after_retention(services: Services, now: datetime) -> int:
    """Erase those who left longer ago than the retention time and return their number; nobody is notified."""
    if services.retention is None:
        return 0
    before = now - services.retention
    async with services.database.read_transaction() as connection:
        leavers = await people.list_departed_user_ids(connection, services.team, before, _MAX_LEAVERS)
    forgotten = 0
    for user in leavers:
        async with services.person_transaction(UserRef(services.team, user)) as connection:
            person = await people.lock_person(connection, services.team, user)
            if person is None or not person.deleted or person.left_at is None or person.left_at >= before:
                continue  # back just now
            erased = await erase_person(connection, services.team, user, now, after_leaving=True)
        log.info("person.forgotten", stories=erased.drafts, messages=erased.messages)
        forgotten += 1
    if forgotten:
        await clear_database_log_if_needed(services)
    return forgotten


def _farewell_callback(services: Services, person: Person, messages: int, at: datetime) -> SendCallback:
    """Return what sends the empty Home tab and the last message, after the messages queued for this person."""
    who = UserRef(person.team_id, person.user_id)

    async def send_farewell() -> None:
        await _queue_late_messages(services, who, at)
        await publish_home(services, who)
        message = erased_message(messages, texts_for(person))
        await services.messenger.post_reply(
            person.dm_channel or who.user, message, services.messenger.new_key()
        )

    return send_farewell


async def _queue_late_messages(services: Services, who: UserRef, at: datetime) -> None:
    """Queue for deletion a question that was being sent during the erasure and has been stored since."""
    async with services.person_transaction(who) as connection:
        await queue_orphaned_message_deletions(connection, who.team, who.user, at)


async def delete_messages_pending_deletion(services: Services, policy: DeletionPolicy | None = None) -> int:
    """Delete the bot's messages that carried the words of somebody erased; return how many are gone.

    Pending ones stay in the database until they're gone from Slack: a restart resumes where this stopped.
    """
    policy = policy or DeletionPolicy()
    async with services.database.read_transaction() as connection:
        waiting = await list_due_deletions(
            connection, services.team, services.clock.now(), limit=policy.max_count
        )
    return await delete_each(services, "sweep", [_deletion(one) for one in waiting], policy)


def _deletion(message: PendingDeletion) -> Deletion:
    return Deletion(
        message.channel,
        message.ts,
        message.tries,
        lambda connection: forget_deleted_message(connection, message.team_id, message.channel, message.ts),
        lambda connection, until, problem: postpone_deletion(connection, message, until, problem),
    )
