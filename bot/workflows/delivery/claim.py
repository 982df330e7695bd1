"""Claims the next notice to send: re-checked in one short transaction, one notice at a time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import monotonic
from bot.logs import format_trace
from bot.notices import KINDS, POST_KINDS
from bot.notices.kinds import NoticeKind
from bot.notices.posts import PostKind
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
from bot.workflows.delivery.do_not_disturb import refresh_dnd_of_due_recipients
from bot.workflows.delivery.eligibility import NoticeConditions, load_person_notice_facts, load_post_facts
from bot.workflows.people.members import texts_for
from db.engine.transient_errors import is_transient
from db.models import Person
from db.models.notices import Notice, PlannedNotice
from db.queries import outbox, rate_limits
from db.queries.outbox import Claim, DueNotice

log = structlog.get_logger(__name__)

NOT_READY_DELAY = timedelta(seconds=1)
"""When a notice that isn't ready yet is checked again: at the next tick."""


@dataclass(frozen=True)
class NothingDue:
    """Nothing is due that no other worker holds."""


@dataclass(frozen=True)
class RateLimited:
    """Something is due, but the workspace's rate limit asks for a pause."""

    wait: timedelta


@dataclass(frozen=True)
class NoticeSkipped:
    """One notice has been handled without sending it: ended or postponed."""


@dataclass(frozen=True)
class ClaimedNotice:
    """A notice that this worker may send, its recipient and message, and the machine time of the claim's start."""

    notice: Notice
    person: Person | None
    message: Message
    claim_started: float


@dataclass(frozen=True)
class _DndUnknown:
    """A notice is due to this person, and Slack hasn't been asked yet whether they can be disturbed."""

    user_id: str


ClaimResult = NothingDue | RateLimited | NoticeSkipped | ClaimedNotice


async def claim_next(services: Services) -> ClaimResult:
    """Claim the notice that has been due longest; postpone one that can't be read, so that the others go on."""
    while isinstance(found := await _claim_or_postpone(services), _DndUnknown):
        await refresh_dnd_of_due_recipients(services, found.user_id)
    return found


async def _claim_or_postpone(services: Services) -> ClaimResult | _DndUnknown:
    """In one short transaction, lock a due notice and its recipient, re-check, and claim or end it."""
    started, now = monotonic(), services.clock.now()
    locked: Notice | None = None
    try:
        async with services.transaction() as connection:
            slot = await rate_limits.find_workspace_slot(connection, services.team)
            if slot is not None and slot.wait:
                return RateLimited(slot.wait)
            due = await outbox.lock_next_due_notice(connection, services.team, now)
            if due is None:
                return NothingDue()
            locked, person = due.notice, due.person
            if person is not None and not services.dnd_cache.is_fresh(person.user_id, now):
                return _DndUnknown(person.user_id)
            loaded = await _load(connection, due)
            decision = await _decide(services, connection, due, loaded, now=now)
            if not isinstance(decision, SendNow):
                await _put_away(connection, locked, decision, at=now)
                return NoticeSkipped()
            wait = await rate_limits.try_take_workspace_slot(
                connection, services.team, services.timings.workspace_interval, slot
            )
            if wait:
                return RateLimited(wait)
            message = loaded.build_message()
            claimed = await _take(services, connection, loaded, now=now)
        return ClaimedNotice(claimed, person, message, started)
    except Exception as problem:  # an odd row must not stop the others: it waits, and expires in the end
        if locked is None or is_transient(problem):
            raise
        log.error("notice.unreadable", notice=locked.id, kind=locked.kind, trace=format_trace(problem))
        return await _postpone_unreadable(services, locked)


async def _postpone_unreadable(services: Services, notice: Notice) -> NoticeSkipped:
    async with services.transaction() as connection:
        until = services.clock.now() + RECHECK_INTERVAL
        await outbox.postpone_notice(connection, notice, until, "unreadable")
    return NoticeSkipped()


@dataclass(frozen=True)
class _LoadedNotice:
    """A notice to a person, its kind, and what its kind has found out about it."""

    notice: Notice
    person: Person
    kind: NoticeKind[Any]
    facts: Any

    def build_message(self) -> Message:
        """Build the message in the person's language."""
        return self.kind.build_message(self.facts, self.person, texts_for(self.person))

    async def record_sending(self, connection: AsyncConnection) -> None:
        """Store what its kind keeps about the sending."""
        await self.kind.record_sending(connection, self.notice)

    def plan_follow_ups(self, now: datetime) -> tuple[PlannedNotice, ...]:
        """Plan the notices that follow from sending this one."""
        return self.kind.plan_follow_ups(self.facts, self.notice, self.person, now)


@dataclass(frozen=True)
class _LoadedPost:
    """A post to a channel, its kind, and what its kind has found out about it: None when it's no longer wanted."""

    notice: Notice
    kind: PostKind[Any]
    facts: Any | None

    def build_message(self) -> Message:
        """Build the message."""
        return self.kind.build_message(self.facts)

    async def record_sending(self, connection: AsyncConnection) -> None:
        """Store nothing: the row in the outbox tells of it."""

    def plan_follow_ups(self, now: datetime) -> tuple[PlannedNotice, ...]:
        """Plan nothing: a post has no follow-ups."""
        return ()


async def _load(connection: AsyncConnection, due: DueNotice) -> _LoadedNotice | _LoadedPost:
    notice, person = due.notice, due.person
    if person is None:
        post = POST_KINDS[notice.kind]
        return _LoadedPost(notice, post, await post.load(connection, notice))
    kind = KINDS[notice.kind]
    return _LoadedNotice(notice, person, kind, await kind.load(connection, notice, person))


async def _decide(
    services: Services,
    connection: AsyncConnection,
    due: DueNotice,
    loaded: _LoadedNotice | _LoadedPost,
    *,
    now: datetime,
) -> Decision:
    """Decide whether the notice goes out now, to a person or in a channel."""
    if isinstance(loaded, _LoadedNotice):
        return await _decide_for_person(services, connection, due, loaded, now=now)
    facts = await load_post_facts(connection, due.notice, is_wanted=loaded.facts is not None, now=now)
    return SuppressNotice(UnsentReason.ANSWERED) if facts is None else decide(facts, now)


async def _decide_for_person(
    services: Services, connection: AsyncConnection, due: DueNotice, loaded: _LoadedNotice, *, now: datetime
) -> Decision:
    """Decide whether the notice goes out now. A reply to what the person did goes out at any hour, once ready."""
    kind, facts = loaded.kind, loaded.facts
    if not kind.is_reply:
        quiet_until = services.dnd_cache.find_dnd_end(due.notice.recipient, now)
        conditions = NoticeConditions(kind.is_wanted(facts), kind.is_taken_off(facts), quiet_until)
        return decide(await load_person_notice_facts(connection, due, conditions, now=now), now)
    if not kind.is_wanted(facts):
        return SuppressNotice(UnsentReason.ANSWERED)
    return SendNow() if kind.is_ready(facts) else WaitUntil(now + NOT_READY_DELAY, UnsentReason.TOO_EARLY)


async def _put_away(
    connection: AsyncConnection,
    notice: Notice,
    decision: WaitUntil | SuppressNotice | ExpireNotice,
    *,
    at: datetime,
) -> None:
    """Postpone or end a notice that doesn't go out now."""
    match decision:
        case WaitUntil(until, reason):
            await outbox.postpone_notice(connection, notice, until, reason)
        case SuppressNotice(reason):
            await outbox.end_notice(connection, notice, "suppressed", reason, at=at)
        case ExpireNotice(reason):
            await outbox.end_notice(connection, notice, "expired", reason, at=at)


async def _take(
    services: Services, connection: AsyncConnection, loaded: _LoadedNotice | _LoadedPost, *, now: datetime
) -> Notice:
    """Claim the notice and its recipient's next slot, and store what goes with its sending."""
    notice, timings = loaded.notice, services.timings
    await rate_limits.try_take_slot(connection, services.team, notice.recipient, timings.channel_interval)
    await loaded.record_sending(connection)
    claim = Claim(secrets.token_hex(16), services.worker_id, timings.lease, services.clock.now())
    claimed = await outbox.claim_notice(connection, notice, claim)
    assert claimed is not None  # it is locked
    await outbox.add_notices(connection, services.team, loaded.plan_follow_ups(now), now)
    return claimed
