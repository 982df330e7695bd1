"""Saying what is due, a few at a time, until nothing is or the process is told to stop."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.services import Services
from bot.workflows.delivery.claim import Claimed, Idle, Paced, Settled, claim_next
from bot.workflows.delivery.send import say
from db.queries import outbox

HANDS = 4
"""So many are said side by side: one answer that hangs keeps only one of them waiting."""


async def deliver(services: Services, now: datetime) -> int:
    """Say everything that is due; how many."""
    async with services.database.reading() as connection:
        if not await outbox.is_due(connection, services.team, now):
            return 0
    turn = asyncio.Lock()
    hands = [_deliver(services, turn) for _ in range(HANDS)]
    # One hand that comes to grief does not pull the others away from what they are just saying.
    ended = await asyncio.gather(*hands, return_exceptions=True)
    for end in ended:
        if isinstance(end, BaseException):
            raise end
    return sum(end for end in ended if isinstance(end, int))


async def _deliver(services: Services, turn: asyncio.Lock) -> int:
    said = 0
    while not services.sending.is_closed:
        async with services.sending.passing():
            # One hand waits for the pace and claims; the others would only ask in vain meanwhile.
            async with turn:
                found = await _claim(services)
            match found:
                case Claimed():
                    said += await say(services, found)
                case Idle() | Paced():
                    break
                case Settled():
                    pass
    return said


async def _claim(services: Services) -> Idle | Paced | Settled | Claimed:
    """What is to be said next, after as much rest as the pace asks for, if the next tick does not come sooner."""
    while not services.sending.is_closed:
        found = await claim_next(services)
        if not isinstance(found, Paced) or found.wait > services.timings.tick:
            return found
        await services.sending.rest(found.wait)
    return Idle()
