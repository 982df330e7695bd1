"""Saying what is due, a few at a time, until nothing is or the process is told to stop."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.services import Services
from bot.workflows.delivery.claim import ClaimedNotice, NothingDue, NoticeSkipped, RateLimited, claim_next
from bot.workflows.delivery.send import send_notice
from db.queries import outbox

WORKER_COUNT = 4
"""So many are said side by side: one answer that hangs keeps only one of them waiting."""


async def deliver_due(services: Services, now: datetime) -> int:
    """Say everything that is due; how many."""
    async with services.database.read_transaction() as connection:
        if not await outbox.has_due_notices(connection, services.team, now):
            return 0
    turn = asyncio.Lock()
    hands = [_run_worker(services, turn) for _ in range(WORKER_COUNT)]
    # One hand that comes to grief does not pull the others away from what they are just saying.
    ended = await asyncio.gather(*hands, return_exceptions=True)
    for end in ended:
        if isinstance(end, BaseException):
            raise end
    return sum(end for end in ended if isinstance(end, int))


async def _run_worker(services: Services, turn: asyncio.Lock) -> int:
    said = 0
    while not services.drain_gate.is_closed:
        async with services.drain_gate.admit():
            # One hand waits for the pace and claims; the others would only ask in vain meanwhile.
            async with turn:
                found = await _claim_next_due(services)
            match found:
                case ClaimedNotice():
                    said += await send_notice(services, found)
                case NothingDue() | RateLimited():
                    break
                case NoticeSkipped():
                    pass
    return said


async def _claim_next_due(services: Services) -> NothingDue | RateLimited | NoticeSkipped | ClaimedNotice:
    """What is to be said next, after as much rest as the pace asks for, if the next tick does not come sooner."""
    while not services.drain_gate.is_closed:
        found = await claim_next(services)
        if not isinstance(found, RateLimited) or found.wait > services.timings.tick_interval:
            return found
        await services.drain_gate.sleep(found.wait)
    return NothingDue()
