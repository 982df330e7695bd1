"""The delivery of due notices, a few at a time, until none is due or the process stops."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.services import Services
from bot.workflows.delivery.claim import ClaimedNotice, NothingDue, NoticeSkipped, RateLimited, claim_next
from bot.workflows.delivery.send import send_notice
from db.queries import outbox

WORKER_COUNT = 4
"""The number of notices sent at the same time, so that one slow answer of Slack holds up only one worker."""


async def deliver_due(services: Services, now: datetime) -> int:
    """Send every due notice, and return how many were sent."""
    async with services.database.read_transaction() as connection:
        if not await outbox.has_due_notices(connection, services.team, now):
            return 0
    claim_lock = asyncio.Lock()
    workers = [_run_worker(services, claim_lock) for _ in range(WORKER_COUNT)]
    # A failing worker must not cancel the others mid-send.
    results = await asyncio.gather(*workers, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return sum(result for result in results if isinstance(result, int))


async def _run_worker(services: Services, claim_lock: asyncio.Lock) -> int:
    sent = 0
    while not services.drain_gate.is_closed:
        async with services.drain_gate.admit():
            # One worker at a time waits for the rate limit and claims: the others would only query in vain.
            async with claim_lock:
                found = await _claim_next_due(services)
            match found:
                case ClaimedNotice():
                    sent += await send_notice(services, found)
                case NothingDue() | RateLimited():
                    break
                case NoticeSkipped():
                    pass
    return sent


async def _claim_next_due(services: Services) -> NothingDue | RateLimited | NoticeSkipped | ClaimedNotice:
    """Claim the next notice, after the wait that the rate limit asks for unless the next tick comes sooner."""
    while not services.drain_gate.is_closed:
        found = await claim_next(services)
        if not isinstance(found, RateLimited) or found.wait > services.timings.tick_interval:
            return found
        await services.drain_gate.sleep(found.wait)
    return NothingDue()
