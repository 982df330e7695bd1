"""Saying one thing unasked: once, outside any transaction, and then marking what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import monotonic
from bot.services import Services
from bot.slack.send_result import NotSent, Outcome, Rejected, Sent, Unknown, WorkspaceOff, outcome_of
from bot.timings import Timings
from bot.workflows.delivery import owner_alerts
from bot.workflows.delivery.claim import Claimed
from db.models import SaidByBot
from db.models.notices import Attempted, Notice
from db.queries import bot_messages, people, rate_limits, send_results

log = structlog.get_logger(__name__)


async def say(services: Services, claimed: Claimed) -> bool:
    """Say what has been claimed; whether it is known to stand there."""
    services.crash.reached("claimed")
    channel, outcome = await _say(services, claimed)
    services.crash.reached("accepted")
    await _mark(services, claimed, channel, outcome)
    services.crash.reached("marked")
    return isinstance(outcome, Sent)


async def _say(services: Services, claimed: Claimed) -> tuple[str, Outcome]:
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


async def _channel(services: Services, claimed: Claimed) -> str:
    """Where it is said; where a person is written to is asked once, and kept before anything is said there."""
    person = claimed.person
    if person is None:
        return claimed.notice.recipient
    if person.dm_channel:
        return person.dm_channel
    answer = await services.messenger.once("conversations.open", users=person.user_id)
    channel = str(answer["channel"]["id"])
    async with services.transaction() as connection:
        await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    return channel


async def _mark(services: Services, claimed: Claimed, channel: str, outcome: Outcome) -> None:
    """Keep what came of it. A notice that is not ours any more is left to whoever has it now."""
    notice, timings, now = claimed.notice, services.timings, services.clock.now()
    async with services.transaction() as connection:
        match outcome:
            case Sent(ts):
                await mark_arrived(connection, notice, Place(channel, ts, claimed.message.words), at=now)
                came = Attempted("sent")
            case NotSent(reason, retry_after):
                if retry_after:
                    await rate_limits.slow_down(
                        connection, notice.team_id, rate_limits.WORKSPACE, retry_after
                    )
                until = now + max(retry_after or timedelta(), _pause(timings, notice.attempts))
                await send_results.mark_unsent(connection, notice, until, reason, at=now)
                came = Attempted("not_sent", error=reason)
            case Rejected(error):
                if await send_results.mark_failed(connection, notice, error, now):
                    await owner_alerts.tell_of_refusal(connection, notice, at=now)
                came = Attempted("rejected", error=error)
            case WorkspaceOff(error):
                await rate_limits.slow_down(
                    connection, notice.team_id, rate_limits.WORKSPACE, timings.off_pause
                )
                await send_results.mark_unsent(connection, notice, now, "workspace_off", at=now)
                came = Attempted("workspace_off", error=error)
            case Unknown(why):
                await send_results.mark_unknown(connection, notice, why, timings.look_after, at=now)
                came = Attempted("unknown", error=why)
        await send_results.note_outcome(connection, notice, came)
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


async def mark_arrived(connection: AsyncConnection, notice: Notice, place: Place, *, at: datetime) -> bool:
    """It stands there. What carries words is listed among what the bot said, to be deleted with the rest.

    Also when the notice is gone because its person was erased meanwhile: the sweep then finds the message.
    """
    if place.words and notice.user_id is not None:
        one = SaidByBot(notice.team_id, notice.user_id, place.channel, place.ts, notice.kind, True, at)
        await bot_messages.add_said(connection, replace(one, draft_id=notice.subject))
    return await send_results.mark_sent(connection, notice, place.channel, place.ts, at=at)
