"""Sends a claimed notice: once, outside any transaction; then stores the result."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import monotonic
from bot.services import Services
from bot.slack.send_result import (
    NotSent,
    Rejected,
    SendResult,
    Sent,
    Unconfirmed,
    WorkspaceUnavailable,
    classify_failure,
)
from bot.timings import Timings
from bot.workflows.delivery import owner_alerts
from bot.workflows.delivery.claim import ClaimedNotice
from db.models import BotMessage
from db.models.notices import AttemptResult, Notice
from db.queries import bot_messages, people, rate_limits, send_results

log = structlog.get_logger(__name__)


async def send_notice(services: Services, claimed: ClaimedNotice) -> bool:
    """Send a claimed notice; return whether it's known to have arrived."""
    services.crash_points.maybe_crash_at("claimed")
    channel, outcome = await _try_send(services, claimed)
    services.crash_points.maybe_crash_at("accepted")
    await _mark(services, claimed, channel, outcome)
    services.crash_points.maybe_crash_at("marked")
    return isinstance(outcome, Sent)


async def _try_send(services: Services, claimed: ClaimedNotice) -> tuple[str, SendResult]:
    """Try once to send, and return the channel with the result.

    Skip the send if the process stalled for most of the lease.
    """
    timings = services.timings
    try:
        async with asyncio.timeout(timings.call_timeout.total_seconds()):
            channel = await _channel(services, claimed)
    except Exception as problem:  # noqa: BLE001 nothing was posted yet, so nothing can have arrived
        outcome = classify_failure(problem)
        return "", NotSent(outcome.reason) if isinstance(outcome, Unconfirmed) else outcome
    if monotonic() - claimed.claim_started > (timings.lease - 2 * timings.call_timeout).total_seconds():
        return channel, NotSent("too_slow")
    key = claimed.notice.key
    return channel, await services.messenger.post_notice(
        channel, claimed.message, key, max_wait=timings.call_timeout
    )


async def _channel(services: Services, claimed: ClaimedNotice) -> str:
    """Return the channel; a person's DM is opened once, and stored before anything is posted there."""
    person = claimed.person
    if person is None:
        return claimed.notice.recipient
    if person.dm_channel:
        return person.dm_channel
    answer = await services.messenger.call_once("conversations.open", users=person.user_id)
    channel = str(answer["channel"]["id"])
    async with services.transaction() as connection:
        await people.set_dm_channel(connection, person.team_id, person.user_id, channel)
    return channel


async def _mark(services: Services, claimed: ClaimedNotice, channel: str, outcome: SendResult) -> None:
    """Store the result. A notice whose lease has passed to another worker is left to that worker."""
    notice, timings, now = claimed.notice, services.timings, services.clock.now()
    async with services.transaction() as connection:
        match outcome:
            case Sent(ts):
                await mark_arrived(
                    connection, notice, NoticeLocation(channel, ts, claimed.message.has_personal_text), at=now
                )
                attempt = AttemptResult("sent")
            case NotSent(reason, retry_after):
                if retry_after:
                    await rate_limits.pause_recipient(
                        connection, notice.team_id, rate_limits.WORKSPACE_RECIPIENT, retry_after
                    )
                until = now + max(retry_after or timedelta(), _pause(timings, notice.attempts))
                await send_results.requeue_unsent_notice(connection, notice, until, reason, at=now)
                attempt = AttemptResult("not_sent", error=reason)
            case Rejected(error):
                if await send_results.mark_failed(connection, notice, error, now):
                    await owner_alerts.record_refusal_and_plan_alerts(connection, notice, at=now)
                attempt = AttemptResult("rejected", error=error)
            case WorkspaceUnavailable(error):
                await rate_limits.pause_recipient(
                    connection, notice.team_id, rate_limits.WORKSPACE_RECIPIENT, timings.workspace_off_pause
                )
                await send_results.requeue_unsent_notice(connection, notice, now, "workspace_off", at=now)
                attempt = AttemptResult("workspace_off", error=error)
            case Unconfirmed(why):
                await send_results.mark_unknown(connection, notice, why, timings.search_delay, at=now)
                attempt = AttemptResult("unknown", error=why)
        await send_results.record_attempt_result(connection, notice, attempt)
    log.info("notice.tried", notice=notice.id, kind=notice.kind, outcome=attempt.outcome, error=attempt.error)


def _pause(timings: Timings, attempts: int) -> timedelta:
    """Return how long an unsent notice waits: twice as long each time, up to a limit."""
    doubled: timedelta = timings.retry_pause * 2 ** min(attempts - 1, 10)
    return min(doubled, timings.max_retry_pause)


@dataclass(frozen=True)
class NoticeLocation:
    """Where a notice is in Slack, and whether it carries the person's words."""

    channel: str
    ts: str
    has_personal_text: bool


async def mark_arrived(
    connection: AsyncConnection, notice: Notice, location: NoticeLocation, *, at: datetime
) -> bool:
    """Mark a notice as sent; list a message with personal text among the bot's messages, to be deleted with them.

    That is also done when its person was erased meanwhile and the notice is gone: the sweep then finds the message.
    """
    if location.has_personal_text and notice.user_id is not None:
        one = BotMessage(notice.team_id, notice.user_id, location.channel, location.ts, notice.kind, True, at)
        await bot_messages.upsert_bot_message(connection, replace(one, draft_id=notice.subject))
    return await send_results.mark_sent(connection, notice, location.channel, location.ts, at=at)
