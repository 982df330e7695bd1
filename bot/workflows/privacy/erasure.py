"""Deleting it all: everything stored goes in one transaction; the bot's messages follow, paced, across restarts."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.services import Saying, Services, Who
from bot.views.privacy.personal_data import farewell
from bot.workflows.home.home import publish
from bot.workflows.people.members import known, spoken
from bot.workflows.privacy.deletion import Deletion, Pace, delete_each
from bot.workflows.privacy.log_clearing import clear_log
from db.models import Person, Sweep
from db.queries import people
from db.queries.erasure import erase_person, sweep_orphaned
from db.queries.pending_deletions import list_sweeps, mark_swept, postpone_sweep

log = structlog.get_logger(__name__)

_LEAVERS = 50
"""How many of those who left are forgotten in one round."""


async def erase(services: Services, who: Who) -> int:
    """Take away everything held of this person, and say so; how many messages are still to disappear."""
    person = await known(services, who)
    if person is None:
        return 0
    at = services.clock.now()
    async with services.turn(who) as connection:
        erased = await erase_person(connection, who.team, who.user, at)
    await clear_log(services)
    log.info("person.erased", stories=erased.drafts, messages=erased.messages)
    services.say_later(who, _leave(services, person, erased.messages, at))
    return erased.messages


async def forget_leavers(services: Services, now: datetime) -> int:
    """Take away what is held of those who left long enough ago; how many they were. There is nobody to be told."""
    if services.retention is None:
        return 0
    before = now - services.retention
    async with services.database.reading() as connection:
        leavers = await people.list_leavers(connection, services.team, before, _LEAVERS)
    forgotten = 0
    for user in leavers:
        async with services.turn(Who(services.team, user)) as connection:
            person = await people.lock_person(connection, services.team, user)
            if person is None or not person.deleted or person.left_at is None or person.left_at >= before:
                continue  # back just now
            erased = await erase_person(connection, services.team, user, now, after_leaving=True)
        log.info("person.forgotten", stories=erased.drafts, messages=erased.messages)
        forgotten += 1
    if forgotten:
        await clear_log(services)
    return forgotten


def _leave(services: Services, person: Person, messages: int, at: datetime) -> Saying:
    """The empty Home tab and the last message, behind whatever was still to be said to this person."""
    who = Who(person.team_id, person.user_id)

    async def leave() -> None:
        await _sweep_stragglers(services, who, at)
        await publish(services, who)
        message = farewell(messages, spoken(person))
        await services.messenger.reply(person.dm_channel or who.user, message, services.messenger.new_key())

    return leave


async def _sweep_stragglers(services: Services, who: Who, at: datetime) -> None:
    """A question that was on its way when everything went has been noted since; it is to be deleted too."""
    async with services.turn(who) as connection:
        await sweep_orphaned(connection, who.team, who.user, at)


async def sweep(services: Services, pace: Pace | None = None) -> int:
    """Delete messages of the bot's that carried the words of somebody erased; how many are gone.

    What waits stays in the database until it is gone from Slack: a restart goes on where this stopped.
    """
    pace = pace or Pace()
    async with services.database.reading() as connection:
        waiting = await list_sweeps(connection, services.team, services.clock.now(), limit=pace.most)
    return await delete_each(services, "sweep", [_deletion(one) for one in waiting], pace)


def _deletion(message: Sweep) -> Deletion:
    return Deletion(
        message.channel,
        message.ts,
        message.tries,
        lambda connection: mark_swept(connection, message.team_id, message.channel, message.ts),
        lambda connection, until, problem: postpone_sweep(connection, message, until, problem),
    )
