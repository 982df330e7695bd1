"""Changes to a person made by somebody else: stored, and their notice planned, in the same transaction."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices.changes import CHANGES_KIND
from bot.rules.hours import DEFAULT_HOURS, find_allowed_slot
from bot.workflows.people.calendars import load_calendar
from db.models.notices import PersonChange, PlannedNotice
from db.queries import changes, outbox, people

_NO_DEADLINE = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of the notice's time: a duty notice is never dropped."""


async def record_change_and_plan_notice(connection: AsyncConnection, change: PersonChange) -> None:
    """Store a change and plan the person's notice; what they did themselves they know already.

    Nothing is stored about somebody unknown. Somebody who had everything deleted is notified once they have written.
    """
    team, user, at = change.team_id, change.user_id, change.changed_at
    person = await people.find_person(connection, team, user)
    if person is None or change.changed_by == user:
        return
    number = await changes.add_person_change(connection, change)
    if await changes.try_lock_pending_notice(connection, team, CHANGES_KIND.name, user_id=user):
        return
    due = find_allowed_slot(
        at, await load_calendar(connection, person), DEFAULT_HOURS[CHANGES_KIND.notice_class]
    ).starts_at
    notice = PlannedNotice(
        CHANGES_KIND.name, user, str(number), due, _NO_DEADLINE, user_id=user, policy=CHANGES_KIND.policy
    )
    await outbox.add_notices(connection, team, [notice], at)
