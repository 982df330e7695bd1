"""Saying one thing unasked: claim it after a re-check, commit, say it once outside any transaction, mark what came."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import monotonic
from bot.logs import trace_of
from bot.notices import KINDS, POSTS
from bot.notices.kinds import Kind
from bot.outcomes import NotSent, Outcome, Rejected, Sent, Unknown, WorkspaceOff, outcome_of
from bot.rules.verdicts import LOOK_AGAIN, Expire, Reason, Send, Suppress, Verdict, Wait, verdict
from bot.services import Services
from bot.timings import Timings
from bot.views.blocks import Message
from bot.workflows import telling
from bot.workflows.disturbing import ask_quiet_times
from bot.workflows.people import spoken
from bot.workflows.rechecking import Standing, facts_of, facts_of_post
from db import outbox, outcomes, paces, people, said
from db.models import Person, SaidByBot
from db.models.notices import Attempted, Notice, Planned
from db.outbox import Claim, Due
from db.troubles import is_passing

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
class Dealt:
    """One notice has been dealt with: said, or ended, or put off."""

    said: bool = False


@dataclass(frozen=True)
class _Claimed:
    """A notice that is ours to say, to whom, and in which words; and when the claim began, by machine time."""

    notice: Notice
    person: Person | None
    message: Message
    since: float


@dataclass(frozen=True)
class _Found:
    """What kind of notice it is, and what its kind found out about it."""

    kind: Kind[Any]
    facts: Any


async def deliver_next(services: Services) -> Idle | Paced | Dealt:
    """Deal with the notice due for longest. One that cannot even be read waits, and the others go on."""
    held: list[Notice] = []
    if wait := await _has_to_wait(services):
        return Paced(wait)
    await ask_quiet_times(services)
    try:
        found = await _claim(services, held)
    except Exception as problem:  # an odd row must not stop the others: it waits, and expires in the end
        if not held or is_passing(problem):
            raise
        log.error("notice.unreadable", notice=held[0].id, kind=held[0].kind, trace=trace_of(problem))
        async with services.transaction() as session:
            until = services.clock.now() + LOOK_AGAIN
            await outbox.postpone_notice(session, held[0], until, "unreadable")
        return Dealt()
    if not isinstance(found, _Claimed):
        return found
    services.crash.reached("claimed")
    channel, outcome = await _say(services, found)
    services.crash.reached("accepted")
    await _mark(services, found, channel, outcome)
    services.crash.reached("marked")
    return Dealt(said=isinstance(outcome, Sent))


async def _has_to_wait(services: Services) -> timedelta | None:
    """How long nothing may be said in this workspace: asked by reading, before anything is locked and looked at."""
    async with services.database.reading() as session:
        return await paces.find_wait(session, services.team, paces.WORKSPACE)


async def _claim(services: Services, held: list[Notice]) -> Idle | Paced | Dealt | _Claimed:
    """In one short transaction: lock the notice and the person, re-check, and take it or put it away."""
    since, now = monotonic(), services.clock.now()
    async with services.transaction() as session:
        due = await outbox.lock_due(session, services.team, now)
        if due is None:
            return Idle()
        notice, person = due.notice, due.person
        held.append(notice)
        decided, speech = await _decide(services, session, due, now)
        match decided:
            case Wait(until, reason):
                await outbox.postpone_notice(session, notice, until, reason)
                return Dealt()
            case Suppress(reason):
                await outbox.settle_notice(session, notice, "suppressed", reason, at=now)
                return Dealt()
            case Expire(reason):
                await outbox.settle_notice(session, notice, "expired", reason, at=now)
                return Dealt()
        if wait := await paces.take_beat(session, services.team, services.timings.workspace_gap):
            return Paced(wait)
        await paces.take_pace(session, services.team, notice.recipient, services.timings.channel_gap)
        message, planned = await speech()
        claimed = await outbox.claim_notice(session, notice, _new_claim(services))
        assert claimed is not None  # it is locked
        await outbox.add_notices(session, services.team, planned, now)
    return _Claimed(claimed, person, message, since)


def _new_claim(services: Services) -> Claim:
    return Claim(secrets.token_hex(16), services.worker, services.timings.lease, services.clock.now())


Speech = Callable[[], Awaitable[tuple[Message, tuple[Planned, ...]]]]
"""What is said, and what is planned and noted with it; asked only when it goes out."""


async def _decide(
    services: Services, session: AsyncConnection, due: Due, now: datetime
) -> tuple[Verdict, Speech]:
    """Whether it goes out now, and what it then says: to a person, or in a channel."""
    notice, person = due.notice, due.person
    if person is None:
        post = POSTS[notice.kind]
        found = await post.load(session, notice)
        check = await facts_of_post(session, notice, is_wanted=found is not None, now=now)
        decided = Suppress(Reason.ANSWERED) if check is None else verdict(check, now)

        async def posted() -> tuple[Message, tuple[Planned, ...]]:
            return post.says(found), ()

        return decided, posted
    kind = KINDS[notice.kind]
    facts = await kind.load(session, notice, person)
    decided = await _verdict(services, session, due, _Found(kind, facts), now=now)

    async def said() -> tuple[Message, tuple[Planned, ...]]:
        await kind.notes(session, notice)
        return kind.says(facts, person, spoken(person)), kind.then(facts, notice, person, now)

    return decided, said


async def _verdict(
    services: Services, session: AsyncConnection, due: Due, found: _Found, *, now: datetime
) -> Verdict:
    """Whether it goes out now. What answers the person comes at any hour, as soon as it can be said."""
    kind, facts = found.kind, found.facts
    if not kind.is_reply:
        quiet_until = services.quiet_times.ends_for(due.notice.recipient, now)
        standing = Standing(kind.is_wanted(facts), kind.is_taken_off(facts), quiet_until)
        return verdict(await facts_of(session, due, standing, now=now), now)
    if not kind.is_wanted(facts):
        return Suppress(Reason.ANSWERED)
    return Send() if kind.is_ready(facts) else Wait(now + SOON, Reason.TOO_EARLY)


async def _say(services: Services, claimed: _Claimed) -> tuple[str, Outcome]:
    """One try, and where. Whoever comes too late, because the process stood still, says nothing any more."""
    timings = services.timings
    try:
        async with asyncio.timeout(timings.call.total_seconds()):
            channel = await _channel(services, claimed)
    except Exception as problem:  # noqa: BLE001 nothing has been said yet, so nothing can have arrived
        outcome = outcome_of(problem)
        return "", NotSent(outcome.why) if isinstance(outcome, Unknown) else outcome
    if monotonic() - claimed.since > (timings.lease - 2 * timings.call).total_seconds():
        return channel, NotSent("too_slow")
    key = claimed.notice.key
    return channel, await services.messenger.notify(channel, claimed.message, key, within=timings.call)


async def _channel(services: Services, claimed: _Claimed) -> str:
    """Where it is said; where a person is written to is asked once, and kept before anything is said there."""
    person = claimed.person
    if person is None:
        return claimed.notice.recipient
    if person.dm_channel:
        return person.dm_channel
    answer = await services.messenger.once("conversations.open", users=person.user_id)
    channel = str(answer["channel"]["id"])
    async with services.transaction() as session:
        await people.set_dm_channel(session, person.team_id, person.user_id, channel)
    return channel


async def _mark(services: Services, claimed: _Claimed, channel: str, outcome: Outcome) -> None:
    """Keep what came of it. A notice that is not ours any more is left to whoever has it now."""
    notice, timings, now = claimed.notice, services.timings, services.clock.now()
    async with services.transaction() as session:
        match outcome:
            case Sent(ts):
                await mark_arrived(session, notice, Place(channel, ts, claimed.message.words), at=now)
                came = Attempted("sent")
            case NotSent(reason, retry_after):
                if retry_after:
                    await paces.slow_down(session, notice.team_id, paces.WORKSPACE, retry_after)
                until = now + max(retry_after or timedelta(), _pause(timings, notice.attempts))
                await outcomes.mark_unsent(session, notice, until, reason, at=now)
                came = Attempted("not_sent", error=reason)
            case Rejected(error):
                if await outcomes.mark_failed(session, notice, error, now):
                    await telling.tell_of_refusal(session, notice, at=now)
                came = Attempted("rejected", error=error)
            case WorkspaceOff(error):
                await paces.slow_down(session, notice.team_id, paces.WORKSPACE, timings.off_pause)
                await outcomes.mark_unsent(session, notice, now, "workspace_off", at=now)
                came = Attempted("workspace_off", error=error)
            case Unknown(why):
                await outcomes.mark_unknown(session, notice, why, timings.look_after, at=now)
                came = Attempted("unknown", error=why)
        await outcomes.note_outcome(session, notice, came)
    log.info("notice.tried", notice=notice.id, kind=notice.kind, outcome=came.outcome, error=came.error)


def _pause(timings: Timings, attempts: int) -> timedelta:
    """How long a notice waits that did not go out: longer each time."""
    doubled: timedelta = timings.unsent_pause * 2 ** min(attempts - 1, 10)
    return min(doubled, timings.longest_pause)


@dataclass(frozen=True)
class Place:
    """Where a notice stands in Slack, and whether it carries words of the person's."""

    channel: str
    ts: str
    words: bool


async def mark_arrived(session: AsyncConnection, notice: Notice, place: Place, *, at: datetime) -> bool:
    """It stands there. What carries words is listed among what the bot said, to be deleted with the rest.

    Also when the notice is gone because its person was erased meanwhile: the sweep then finds the message.
    """
    if place.words and notice.user_id is not None:
        one = SaidByBot(notice.team_id, notice.user_id, place.channel, place.ts, notice.kind, True, at)
        await said.add_said(session, replace(one, draft_id=notice.subject))
    return await outcomes.mark_sent(session, notice, place.channel, place.ts, at=at)
