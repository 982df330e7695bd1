"""Searches for notices of unknown fate: in the conversation itself, twice, before one counts as not arrived."""

from __future__ import annotations

import secrets

import structlog

from bot.services import Services
from bot.slack.client import NoticeSearch
from bot.slack.send_result import InconclusiveSearch, NotFoundInHistory, SearchResult, Sent
from bot.timings import REQUIRED_SEARCHES
from bot.workflows.delivery.send import NoticeLocation, mark_arrived
from db.models.notices import Notice
from db.queries import outbox, people, send_results
from db.queries.outbox import Claim

log = structlog.get_logger(__name__)


async def mark_interrupted_sends(services: Services) -> None:
    """Mark what was being sent as unknown, after a start with no other process on this database."""
    if services.database.is_exclusive:
        async with services.transaction() as connection:
            await send_results.mark_sending_unknown(connection, services.team, services.timings.search_delay)


async def expire_notices_and_leases(services: Services) -> int:
    """Expire notices that are too late, mark those with a lapsed lease as unknown, and return their number."""
    delay = services.timings.search_delay
    async with services.transaction() as connection:
        expired = await outbox.expire_notices(connection, services.team, services.clock.now())
        lapsed = await send_results.mark_expired_leases_unknown(connection, services.team, delay)
    return expired + lapsed


async def reconcile_next_notice(services: Services) -> bool:
    """Search for the notice whose fate has been unknown longest; return False when no search is due."""
    claim = Claim(secrets.token_hex(16), services.worker_id, services.timings.lease, services.clock.now())
    async with services.transaction() as connection:
        notice = await send_results.claim_notice_to_search(connection, services.team, claim)
        person = (
            await people.find_person(connection, notice.team_id, notice.user_id)
            if notice is not None and notice.user_id is not None
            else None
        )
    if notice is None:
        return False
    services.crash_points.maybe_crash_at("looking")
    channel = person.dm_channel if person is not None else notice.recipient
    result = await _search(services, notice, channel)
    services.crash_points.maybe_crash_at("looked")
    await _record_search_result(services, notice, channel or "", result)
    services.crash_points.maybe_crash_at("settled")
    return True


async def _search(services: Services, notice: Notice, channel: str | None) -> SearchResult:
    """Search the conversation; where there is none yet, nothing can have arrived."""
    timings, at = services.timings, notice.attempt_started_at
    if channel is None or at is None:
        return NotFoundInHistory()
    search = NoticeSearch(
        at - timings.history_before,
        at + timings.history_after,
        services.workspace.bot_id,
        timings.call_timeout,
    )
    return await services.messenger.find_notice(channel, notice.key, search)


async def _record_search_result(
    services: Services, notice: Notice, channel: str, result: SearchResult
) -> None:
    now, pause = services.clock.now(), services.timings.search_interval
    async with services.transaction() as connection:
        match result:
            case Sent(ts):
                # Whether it carries personal text is no longer known, so it counts as if it did.
                await mark_arrived(
                    connection, notice, NoticeLocation(channel, ts, has_personal_text=True), at=now
                )
            case NotFoundInHistory() if notice.misses + 1 < REQUIRED_SEARCHES:
                await send_results.mark_search_missed(connection, notice, notice.misses + 1, pause)
            case NotFoundInHistory() if notice.policy == "resend":
                await send_results.requeue_unsent_notice(connection, notice, now, "not_found", at=now)
            case NotFoundInHistory():
                await send_results.abandon_search(connection, notice, "not_found", now)
            case InconclusiveSearch(why) if now > notice.not_after:
                await send_results.abandon_search(connection, notice, f"not_looked_for: {why}", now)
            case InconclusiveSearch():
                await send_results.mark_search_missed(connection, notice, notice.misses, pause)
    log.info("notice.looked_for", notice=notice.id, kind=notice.kind, found=type(result).__name__)
