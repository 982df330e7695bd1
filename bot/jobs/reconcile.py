"""Putting the outbox in order: what is too late, what was held too long, and what nobody knows the fate of."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.delivery.reconcile import expire_notices_and_leases, look_for_next


async def reconcile_outbox(services: Services, now: datetime) -> int:
    """Put it in order, and look for everything that is to be looked for; how much there was."""
    done = await expire_notices_and_leases(services)
    while not services.drain_gate.is_closed:
        async with services.drain_gate.admit():
            if not await look_for_next(services):
                break
        done += 1
    return done
