"""Somebody has moved to another time zone: what waits for a date of theirs waits for it where they are now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.eligibility import UnsentReason
from bot.rules.schedule import earliest_check
from bot.workflows.delivery.follow_ups import load_calendar
from db.models import Person
from db.queries import outbox, rescheduling


async def reschedule_for_time_zone(
    connection: AsyncConnection, before: Person | None, person: Person, *, at: datetime
) -> None:
    """Ask again when each date begins in their new zone; the re-check of the claim finds the decent hour of it.

    Nothing is to be done for who flew west, for that re-check keeps it back; who flew east would hear too late.
    """
    if before is None or before.tz == person.tz:
        return
    calendar = await load_calendar(connection, person)
    for notice in await rescheduling.list_dated_notices(connection, person.team_id, person.user_id):
        assert notice.due_on is not None
        chance = earliest_check(notice.due_on, at, calendar)
        if chance < notice.not_before:
            await outbox.postpone_notice(connection, notice, chance, notice.reason or UnsentReason.TOO_EARLY)
