"""The sync of the people directory from Slack: at the start of a programme, and every night."""

from __future__ import annotations

from datetime import datetime

from bot.rules.calendars import Calendar, zone_or_default
from bot.rules.directory_sync import is_sync_due
from bot.services import Services
from bot.workflows.directory.sync import sync_everybody
from db.queries import directory_syncs, programmes


async def sync_people_if_due(services: Services, now: datetime) -> int:
    """Read everybody from Slack if it's time, and return how many were read; without a programme nobody is read."""
    async with services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, services.team)
        latest = await directory_syncs.find_directory_sync(connection, services.team)
    if programme is None or not is_sync_due(latest, now, Calendar(zone_or_default(programme.tz))):
        return 0
    return await sync_everybody(services) or 0
