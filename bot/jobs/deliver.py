"""Saying what is due, a few at a time, until nothing is or the process is told to stop."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.services import Services
from bot.workflows.delivering import Idle, Paced, deliver_next
from db import outbox

HANDS = 4
"""So many are said side by side: one answer that hangs keeps only one of them waiting."""


async def deliver(services: Services, now: datetime) -> int:
    """Say everything that is due; how many."""
    async with services.database.reading() as session:
        if not await outbox.is_due(session, services.team, now):
            return 0
    hands = [_deliver(services) for _ in range(HANDS)]
    # One hand that comes to grief does not pull the others away from what they are just saying.
    ended = await asyncio.gather(*hands, return_exceptions=True)
    for end in ended:
        if isinstance(end, BaseException):
            raise end
    return sum(end for end in ended if isinstance(end, int))


async def _deliver(services: Services) -> int:
    said = 0
    while not services.sending.is_closed:
        async with services.sending.passing():
            dealt = await deliver_next(services)
        match dealt:
            case Idle():
                break
            case Paced(wait) if wait > services.timings.tick:
                break  # the next tick comes sooner
            case Paced(wait):
                await services.sending.rest(wait)
            case _:
                said += dealt.said
    return said
