"""Going on with the people lists that owners gave."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.directory.people_list_upload import go_on


async def read_lists(services: Services, now: datetime) -> int:
    """Read the next lines; how many."""
    return await go_on(services)
