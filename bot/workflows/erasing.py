"""Deleting it all: everything stored goes in one transaction; the bot's messages follow, paced, across restarts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.outcomes import Rejected, outcome_of, why_of
from bot.services import Saying, Services, Who
from bot.views.holdings import farewell
from bot.workflows.clearing import clear_log
from bot.workflows.homes import publish
from bot.workflows.people import known, spoken
from db import people
from db.erasures import erase_person, sweep_orphaned
from db.models import Person, Sweep
from db.sweeps import list_sweeps, mark_swept, postpone_sweep

log = structlog.get_logger(__name__)

_LEAVERS = 50
"""How many of those who left are forgotten in one round."""
STUCK = 8
"""After so many refusals of one message, which takes five days, whoever runs the bot has to see to it."""
_NEVER = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_not_found",
        "compliance_exports_prevent_deletion",
    }
)
"""Slack's refusals that no waiting changes: the message cannot be reached any more."""
_OF_ALL = frozenset(
    {
        "access_denied",
        "accesslimited",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "missing_scope",
        "not_allowed_token_type",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "two_factor_setup_required",
    }
)
"""Slack's refusals of the app itself: they say nothing of this message, and the next one would fare the same."""


@dataclass(frozen=True)
class Pace:
    """How many messages one round deletes, and the seconds between two (machine time).

    What Slack refuses is tried `again` after an hour at first, then after twice as long each time, and once a
    week in the end: if somebody has deleted it in Slack by then, it counts as gone.
    """

    most: int = 10
    pause: float = 1.2
    again: timedelta = timedelta(hours=1)
    longest: timedelta = timedelta(days=7)


async def erase(services: Services, who: Who) -> int:
    """Take away everything held of this person, and say so; how many messages are still to disappear."""
    person = await known(services, who)
    if person is None:
        return 0
    at = services.clock.now()
    async with services.turn(who) as session:
        erased = await erase_person(session, who.team, who.user, at)
    await clear_log(services)
    log.info("person.erased", stories=erased.drafts, messages=erased.messages)
    services.say_later(who, _leave(services, person, erased.messages, at))
    return erased.messages


async def forget_leavers(services: Services, now: datetime) -> int:
    """Take away what is held of those who left long enough ago; how many they were. There is nobody to be told."""
    if services.retention is None:
        return 0
    before = now - services.retention
    async with services.database.reading() as session:
        leavers = await people.list_leavers(session, services.team, before, _LEAVERS)
    forgotten = 0
    for user in leavers:
        async with services.turn(Who(services.team, user)) as session:
            person = await people.lock_person(session, services.team, user)
            if person is None or not person.deleted or person.left_at is None or person.left_at >= before:
                continue  # back just now
            erased = await erase_person(session, services.team, user, now, after_leaving=True)
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
    async with services.turn(who) as session:
        await sweep_orphaned(session, who.team, who.user, at)


async def sweep(services: Services, pace: Pace | None = None) -> int:
    """Delete messages of the bot's that carried the words of somebody erased; how many are gone.

    What waits stays in the database until it is gone from Slack: a restart goes on where this stopped.
    """
    pace = pace or Pace()
    async with services.database.reading() as session:
        waiting = await list_sweeps(session, services.team, services.clock.now(), limit=pace.most)
    gone = 0
    for number, message in enumerate(waiting):
        if number:
            await asyncio.sleep(pace.pause)
        try:
            await services.messenger.delete(message.channel, message.ts)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
            outcome = outcome_of(problem)
            if not isinstance(outcome, Rejected) or outcome.error in _OF_ALL:
                log.warning("sweep.waits", error=why_of(problem))
                break  # Slack is away, or refuses us as such: all of them have to wait
            if outcome.error not in _NEVER:
                await _put_aside(services, message, outcome.error, pace)
                continue
        async with services.transaction() as session:
            await mark_swept(session, message.team_id, message.channel, message.ts)
        gone += 1
    return gone


async def _put_aside(services: Services, message: Sweep, error: str, pace: Pace) -> None:
    """Slack will not delete this one: it is come back to, later each time, and the others go on."""
    until = services.clock.now() + min(pace.again * 2 ** min(message.tries, 10), pace.longest)
    async with services.transaction() as session:
        counts = await postpone_sweep(session, message, until, error)
    if not counts:
        return
    if message.tries + 1 == STUCK:
        log.error("sweep.stuck", error=error)
    else:
        log.warning("sweep.refused", error=error)
