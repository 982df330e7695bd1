"""Looking for what may have been said: in the conversation itself, twice, before it counts as never arrived."""

from __future__ import annotations

import secrets

import structlog

from bot.services import Services
from bot.slack.client import Search
from bot.slack.send_result import Looked, Missed, Sent, Unclear
from bot.timings import LOOKS
from bot.workflows.delivery.send import Place, mark_arrived
from db.models.notices import Notice
from db.queries import outbox, people, send_results
from db.queries.outbox import Claim

log = structlog.get_logger(__name__)


async def begin_again(services: Services) -> None:
    """After a start with nobody else on this database: whatever was being sent may have arrived."""
    if services.database.is_ours_alone:
        async with services.transaction() as connection:
            await send_results.orphan_notices(connection, services.team, services.timings.look_after)


async def put_in_order(services: Services) -> int:
    """What is too late expires, and what was held for too long becomes unknown; how many."""
    async with services.transaction() as connection:
        expired = await outbox.expire_notices(connection, services.team, services.clock.now())
        lapsed = await send_results.lapse_leases(connection, services.team, services.timings.look_after)
    return expired + lapsed


async def look_for_next(services: Services) -> bool:
    """Look for the notice whose fate has been unknown for longest; False when none is to be looked for now."""
    claim = Claim(secrets.token_hex(16), services.worker, services.timings.lease, services.clock.now())
    async with services.transaction() as connection:
        notice = await send_results.claim_unknown(connection, services.team, claim)
        person = (
            await people.find_person(connection, notice.team_id, notice.user_id)
            if notice is not None and notice.user_id is not None
            else None
        )
    if notice is None:
        return False
    services.crash.reached("looking")
    channel = person.dm_channel if person is not None else notice.recipient
    looked = await _look(services, notice, channel)
    services.crash.reached("looked")
    await _settle(services, notice, channel or "", looked)
    services.crash.reached("settled")
    return True


async def _look(services: Services, notice: Notice, channel: str | None) -> Looked:
    """Where there is no conversation yet, nothing can have arrived."""
    timings, at = services.timings, notice.attempt_started_at
    if channel is None or at is None:
        return Missed()
    search = Search(
        at - timings.history_before,
        at + timings.history_after,
        services.workspace.bot_id,
        timings.call,
    )
    return await services.messenger.find_notice(channel, notice.key, search)


async def _settle(services: Services, notice: Notice, channel: str, looked: Looked) -> None:
    now, pause = services.clock.now(), services.timings.between_looks
    async with services.transaction() as connection:
        match looked:
            case Sent(ts):
                # Whether it carries words is not known any more, so it counts as if it did.
                await mark_arrived(connection, notice, Place(channel, ts, words=True), at=now)
            case Missed() if notice.misses + 1 < LOOKS:
                await send_results.mark_missed(connection, notice, notice.misses + 1, pause)
            case Missed() if notice.policy == "resend":
                await send_results.mark_unsent(connection, notice, now, "not_found", at=now)
            case Missed():
                await send_results.give_up(connection, notice, "not_found", now)
            case Unclear(why) if now > notice.not_after:
                await send_results.give_up(connection, notice, f"not_looked_for: {why}", now)
            case Unclear():
                await send_results.mark_missed(connection, notice, notice.misses, pause)
    log.info("notice.looked_for", notice=notice.id, kind=notice.kind, found=type(looked).__name__)
