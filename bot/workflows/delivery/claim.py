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
from bot.logs import format_trace
from bot.notices import KINDS, POST_KINDS
from bot.notices.kinds import NoticeKind
from bot.rules.eligibility import (
    RECHECK_INTERVAL,
    Decision,
    ExpireNotice,
    SendNow,
    SuppressNotice,
    UnsentReason,
    WaitUntil,
    decide,
)
from bot.services import Services
from bot.views.blocks import Message
from bot.workflows.delivery.do_not_disturb import ask_quiet_times
from bot.workflows.delivery.eligibility import NoticeConditions, load_facts, load_post_facts
from bot.workflows.people.members import texts_for
from db.engine.transient_errors import is_transient
from db.models import Person
from db.models.notices import Notice, PlannedNotice
from db.queries import outbox, rate_limits
from db.queries.outbox import Claim, DueNotice

log = structlog.get_logger(__name__)

NOT_READY_DELAY = timedelta(seconds=1)
"""How soon what cannot be said yet is looked at again: at the next tick."""


@dataclass(frozen=True)
class NothingDue:
    """Nothing is due that nobody else holds."""


@dataclass(frozen=True)
class RateLimited:
    """Something is due, but the workspace has to be left alone for so long."""

    wait: timedelta


@dataclass(frozen=True)
class NoticeSkipped:
    """One notice has been dealt with without a word: ended, or put off."""


@dataclass(frozen=True)
class ClaimedNotice:
    """A notice that is ours to say, to whom, and in which words; and when the claim began, by machine time."""

    notice: Notice
    person: Person | None
    message: Message
    claim_started: float


@dataclass(frozen=True)
class _DndUnknown:
    """Something is due to this person, of whom Slack has not been asked whether they can be disturbed."""

    user_id: str


@dataclass(frozen=True)
class _LoadedNotice:
    """What kind of notice it is, and what its kind found out about it."""

    kind: NoticeKind[Any]
    facts: Any


async def claim_next(services: Services) -> NothingDue | RateLimited | NoticeSkipped | ClaimedNotice:
    """Claim the notice due for longest. One that cannot even be read waits, and the others go on."""
    while isinstance(found := await _claim_or_postpone(services), _DndUnknown):
        await ask_quiet_times(services, found.user_id)
    return found


async def _claim_or_postpone(
    services: Services,
) -> NothingDue | RateLimited | NoticeSkipped | ClaimedNotice | _DndUnknown:
    held: list[Notice] = []
    try:
        return await _claim(services, held)
    except Exception as problem:  # an odd row must not stop the others: it waits, and expires in the end
        if not held or is_transient(problem):
            raise
        log.error("notice.unreadable", notice=held[0].id, kind=held[0].kind, trace=format_trace(problem))
        async with services.transaction() as connection:
            until = services.clock.now() + RECHECK_INTERVAL
            await outbox.postpone_notice(connection, held[0], until, "unreadable")
        return NoticeSkipped()


async def _claim(
    services: Services, locked: list[Notice]
) -> NothingDue | RateLimited | NoticeSkipped | ClaimedNotice | _DndUnknown:
    """In one short transaction: lock the notice and the person, re-check, and take it or put it away."""
    since, now = monotonic(), services.clock.now()
    async with services.transaction() as connection:
        beat = await rate_limits.find_workspace_slot(connection, services.team)
        if beat is not None and beat.wait:
            return RateLimited(beat.wait)
        due = await outbox.lock_due_notice(connection, services.team, now)
        if due is None:
            return NothingDue()
        notice, person = due.notice, due.person
        locked.append(notice)
        if person is not None and not services.dnd_cache.is_fresh(person.user_id, now):
            return _DndUnknown(person.user_id)
        decided, speech = await _decide(services, connection, due, now)
        match decided:
            case WaitUntil(until, reason):
                await outbox.postpone_notice(connection, notice, until, reason)
                return NoticeSkipped()
            case SuppressNotice(reason):
                await outbox.end_notice(connection, notice, "suppressed", reason, at=now)
                return NoticeSkipped()
            case ExpireNotice(reason):
                await outbox.end_notice(connection, notice, "expired", reason, at=now)
                return NoticeSkipped()
        if wait := await rate_limits.take_workspace_slot(
            connection, services.team, services.timings.workspace_interval, beat
        ):
            return RateLimited(wait)
        await rate_limits.take_slot(
            connection, services.team, notice.recipient, services.timings.channel_interval
        )
        message, planned = await speech()
        claimed = await outbox.claim_notice(connection, notice, _new_claim(services))
        assert claimed is not None  # it is locked
        await outbox.add_notices(connection, services.team, planned, now)
    return ClaimedNotice(claimed, person, message, since)


def _new_claim(services: Services) -> Claim:
    return Claim(secrets.token_hex(16), services.worker_id, services.timings.lease, services.clock.now())


MessageBuilder = Callable[[], Awaitable[tuple[Message, tuple[PlannedNotice, ...]]]]
"""What is said, and what is planned and noted with it; asked only when it goes out."""


async def _decide(
    services: Services, connection: AsyncConnection, due: DueNotice, now: datetime
) -> tuple[Decision, MessageBuilder]:
    """Whether it goes out now, and what it then says: to a person, or in a channel."""
    notice, person = due.notice, due.person
    if person is None:
        post = POST_KINDS[notice.kind]
        found = await post.load(connection, notice)
        check = await load_post_facts(connection, notice, is_wanted=found is not None, now=now)
        decided = SuppressNotice(UnsentReason.ANSWERED) if check is None else decide(check, now)

        async def posted() -> tuple[Message, tuple[PlannedNotice, ...]]:
            return post.build_message(found), ()

        return decided, posted
    kind = KINDS[notice.kind]
    facts = await kind.load(connection, notice, person)
    decided = await _decide_for_person(services, connection, due, _LoadedNotice(kind, facts), now=now)

    async def said() -> tuple[Message, tuple[PlannedNotice, ...]]:
        await kind.record_sending(connection, notice)
        return kind.build_message(facts, person, texts_for(person)), kind.plan_follow_ups(
            facts, notice, person, now
        )

    return decided, said


async def _decide_for_person(
    services: Services, connection: AsyncConnection, due: DueNotice, loaded: _LoadedNotice, *, now: datetime
) -> Decision:
    """Whether it goes out now. What answers the person comes at any hour, as soon as it can be said."""
    kind, facts = loaded.kind, loaded.facts
    if not kind.is_reply:
        quiet_until = services.dnd_cache.find_dnd_end(due.notice.recipient, now)
        standing = NoticeConditions(kind.is_wanted(facts), kind.is_taken_off(facts), quiet_until)
        return decide(await load_facts(connection, due, standing, now=now), now)
    if not kind.is_wanted(facts):
        return SuppressNotice(UnsentReason.ANSWERED)
    return SendNow() if kind.is_ready(facts) else WaitUntil(now + NOT_READY_DELAY, UnsentReason.TOO_EARLY)
