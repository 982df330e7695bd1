"""Going on with the people lists that owners gave."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.directory.people_list_upload import read_next_lines


async def continue_list_uploads(services: Services, now: datetime) -> int:
    """Read the next lines; how many."""
    return await read_next_lines(services)
