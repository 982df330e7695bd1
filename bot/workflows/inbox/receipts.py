"""The receipts of handled events, kept while Slack may repeat an event."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.services import Services
from db.queries import processed_events

RECEIPT_RETENTION = timedelta(days=7)


async def prune_receipts(services: Services, now: datetime) -> int:
    """Delete the receipts that are older than a week, and return how many there were."""
    async with services.transaction() as connection:
        return await processed_events.prune_processed_events(
            connection, services.team, now - RECEIPT_RETENTION
        )
