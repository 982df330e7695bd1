"""Stopping: what is said unasked ends at once; what was on its way already is waited for before it is confirmed."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services import Services, Who
from bot.workflows.leaving import tell
from db import people


async def stop(services: Services, who: Who) -> None:
    """Nothing more is written to this person first; they are told."""
    async with services.turn(who) as session:
        await note_stop(session, services, who)
    await tell(services, who, "stopped-nothing")


async def note_stop(session: AsyncConnection, services: Services, who: Who) -> None:
    """Nothing is claimed for this person after this transaction: whoever claims locks the same row."""
    await people.lock_person(session, who.team, who.user)
    await people.set_stopped(session, who.team, who.user, services.clock.now())
