"""The reconciliation of the outbox: expired notices, expired leases, and notices whose delivery is unconfirmed."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.delivery.reconcile import expire_notices_and_leases, reconcile_next_notice


async def reconcile_outbox(services: Services, now: datetime) -> int:
    """Expire what is overdue, search Slack for unconfirmed notices, and return how many rows were settled."""
    done = await expire_notices_and_leases(services)
    while not services.drain_gate.is_closed:
        async with services.drain_gate.admit():
            if not await reconcile_next_notice(services):
                break
        done += 1
    return done
