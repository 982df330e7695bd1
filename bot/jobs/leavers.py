"""Forgetting those who left, when what is held of them has been kept for as long as it is to be."""

from __future__ import annotations

from datetime import datetime

from bot.services import Services
from bot.workflows.privacy import erasure


async def erase_leavers(services: Services, now: datetime) -> int:
    """Delete everything held of them; how many they were."""
    return await erasure.forget_leavers(services, now)
