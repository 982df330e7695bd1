"""Rescheduling for somebody who moved to another time zone: dated notices wait for the date in the new one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.eligibility import UnsentReason
from bot.rules.reminder_schedule import earliest_check
from bot.workflows.people.calendars import load_calendar
from db.models import Person
from db.queries import outbox, rescheduling


async def reschedule_for_time_zone(
    connection: AsyncConnection, before: Person | None, person: Person, *, at: datetime
) -> None:
    """Check each dated notice again when its date begins in the new zone; the claim then finds an allowed hour.

    Somebody who flew west needs nothing, because the claim's re-check holds the notice back; for somebody who flew
    east it would come too late.
    """
    if before is None or before.tz == person.tz:
        return
    calendar = await load_calendar(connection, person)
    for notice in await rescheduling.list_dated_notices(connection, person.team_id, person.user_id):
        assert notice.due_on is not None
        not_before = earliest_check(notice.due_on, at, calendar)
        if not_before < notice.not_before:
            await outbox.postpone_notice(
                connection, notice, not_before, notice.reason or UnsentReason.TOO_EARLY
            )
