"""Putting the outbox in order: what is too late, what was held too long, and what nobody knows the fate of."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.delivery.reconcile import look_for_next, put_in_order


async def reconcile(services: Services, now: datetime) -> int:
    """Put it in order, and look for everything that is to be looked for; how much there was."""
    done = await put_in_order(services)
    while not services.sending.is_closed:
        async with services.sending.passing():
            if not await look_for_next(services):
                break
        done += 1
    return done
