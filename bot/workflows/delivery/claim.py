"""Claiming what is to be said next: after a re-check, in one short transaction, one notice at a time."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import monotonic
from bot.logs import trace_of
from bot.notices import KINDS, POSTS
from bot.notices.kinds import Kind
from bot.rules.eligibility import LOOK_AGAIN, Expire, Reason, Send, Suppress, Verdict, Wait, verdict
from bot.services import Services
from bot.views.blocks import Message
from bot.workflows.delivery.do_not_disturb import ask_quiet_times
from bot.workflows.delivery.eligibility import Standing, facts_of, facts_of_post
from bot.workflows.people.members import spoken
from db.engine.transient_errors import is_passing
from db.models import Person
from db.models.notices import Notice, Planned
from db.queries import outbox, rate_limits
from db.queries.outbox import Claim, Due

log = structlog.get_logger(__name__)

SOON = timedelta(seconds=1)
"""How soon what cannot be said yet is looked at again: at the next tick."""


@dataclass(frozen=True)
class Idle:
    """Nothing is due that nobody else holds."""


@dataclass(frozen=True)
class Paced:
    """Something is due, but the workspace has to be left alone for so long."""

    wait: timedelta


@dataclass(frozen=True)
class Settled:
    """One notice has been dealt with without a word: ended, or put off."""


@dataclass(frozen=True)
class Claimed:
    """A notice that is ours to say, to whom, and in which words; and when the claim began, by machine time."""

    notice: Notice
    person: Person | None
    message: Message
    since: float


@dataclass(frozen=True)
class _Unasked:
    """Something is due to this person, of whom Slack has not been asked whether they can be disturbed."""

    user_id: str


@dataclass(frozen=True)
class _Found:
    """What kind of notice it is, and what its kind found out about it."""

    kind: Kind[Any]
    facts: Any


async def claim_next(services: Services) -> Idle | Paced | Settled | Claimed:
    """Claim the notice due for longest. One that cannot even be read waits, and the others go on."""
    while isinstance(found := await _claim_or_postpone(services), _Unasked):
        await ask_quiet_times(services, found.user_id)
    return found


async def _claim_or_postpone(services: Services) -> Idle | Paced | Settled | Claimed | _Unasked:
    held: list[Notice] = []
    try:
        return await _claim(services, held)
    except Exception as problem:  # an odd row must not stop the others: it waits, and expires in the end
        if not held or is_passing(problem):
            raise
        log.error("notice.unreadable", notice=held[0].id, kind=held[0].kind, trace=trace_of(problem))
        async with services.transaction() as connection:
            until = services.clock.now() + LOOK_AGAIN
            await outbox.postpone_notice(connection, held[0], until, "unreadable")
        return Settled()


async def _claim(services: Services, held: list[Notice]) -> Idle | Paced | Settled | Claimed | _Unasked:
    """In one short transaction: lock the notice and the person, re-check, and take it or put it away."""
    since, now = monotonic(), services.clock.now()
    async with services.transaction() as connection:
        beat = await rate_limits.find_beat(connection, services.team)
        if beat is not None and beat.wait:
            return Paced(beat.wait)
        due = await outbox.lock_due(connection, services.team, now)
        if due is None:
            return Idle()
        notice, person = due.notice, due.person
        held.append(notice)
        if person is not None and not services.quiet_times.is_fresh(person.user_id, now):
            return _Unasked(person.user_id)
        decided, speech = await _decide(services, connection, due, now)
        match decided:
            case Wait(until, reason):
                await outbox.postpone_notice(connection, notice, until, reason)
                return Settled()
            case Suppress(reason):
                await outbox.settle_notice(connection, notice, "suppressed", reason, at=now)
                return Settled()
            case Expire(reason):
                await outbox.settle_notice(connection, notice, "expired", reason, at=now)
                return Settled()
        if wait := await rate_limits.take_beat(
            connection, services.team, services.timings.workspace_gap, beat
        ):
            return Paced(wait)
        await rate_limits.take_pace(connection, services.team, notice.recipient, services.timings.channel_gap)
        message, planned = await speech()
        claimed = await outbox.claim_notice(connection, notice, _new_claim(services))
        assert claimed is not None  # it is locked
        await outbox.add_notices(connection, services.team, planned, now)
    return Claimed(claimed, person, message, since)


def _new_claim(services: Services) -> Claim:
    return Claim(secrets.token_hex(16), services.worker, services.timings.lease, services.clock.now())


Speech = Callable[[], Awaitable[tuple[Message, tuple[Planned, ...]]]]
"""What is said, and what is planned and noted with it; asked only when it goes out."""


async def _decide(
    services: Services, connection: AsyncConnection, due: Due, now: datetime
) -> tuple[Verdict, Speech]:
    """Whether it goes out now, and what it then says: to a person, or in a channel."""
    notice, person = due.notice, due.person
    if person is None:
        post = POSTS[notice.kind]
        found = await post.load(connection, notice)
        check = await facts_of_post(connection, notice, is_wanted=found is not None, now=now)
        decided = Suppress(Reason.ANSWERED) if check is None else verdict(check, now)

        async def posted() -> tuple[Message, tuple[Planned, ...]]:
            return post.says(found), ()

        return decided, posted
    kind = KINDS[notice.kind]
    facts = await kind.load(connection, notice, person)
    decided = await _verdict(services, connection, due, _Found(kind, facts), now=now)

    async def said() -> tuple[Message, tuple[Planned, ...]]:
        await kind.notes(connection, notice)
        return kind.says(facts, person, spoken(person)), kind.then(facts, notice, person, now)

    return decided, said


async def _verdict(
    services: Services, connection: AsyncConnection, due: Due, found: _Found, *, now: datetime
) -> Verdict:
    """Whether it goes out now. What answers the person comes at any hour, as soon as it can be said."""
    kind, facts = found.kind, found.facts
    if not kind.is_reply:
        quiet_until = services.quiet_times.ends_for(due.notice.recipient, now)
        standing = Standing(kind.is_wanted(facts), kind.is_taken_off(facts), quiet_until)
        return verdict(await facts_of(connection, due, standing, now=now), now)
    if not kind.is_wanted(facts):
        return Suppress(Reason.ANSWERED)
    return Send() if kind.is_ready(facts) else Wait(now + SOON, Reason.TOO_EARLY)
