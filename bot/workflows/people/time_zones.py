"""Somebody has moved to another time zone: what waits for a date of theirs waits for it where they are now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.eligibility import Reason
from bot.rules.schedule import first_chance
from bot.workflows.delivery.follow_ups import calendar_of
from db.models import Person
from db.queries import outbox, rescheduling


async def follow(connection: AsyncConnection, before: Person | None, person: Person, *, at: datetime) -> None:
    """Ask again when each date begins in their new zone; the re-check of the claim finds the decent hour of it.

    Nothing is to be done for who flew west, for that re-check keeps it back; who flew east would hear too late.
    """
    if before is None or before.tz == person.tz:
        return
    calendar = await calendar_of(connection, person)
    for notice in await rescheduling.list_dated(connection, person.team_id, person.user_id):
        assert notice.due_on is not None
        chance = first_chance(notice.due_on, at, calendar)
        if chance < notice.not_before:
            await outbox.postpone_notice(connection, notice, chance, notice.reason or Reason.TOO_EARLY)
