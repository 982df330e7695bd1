"""What somebody changes about another person: kept, and planned to be told, in the transaction that changes it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices.changes import CHANGES
from bot.rules.hours import HOURS, next_decent
from bot.workflows.delivery.follow_ups import calendar_of
from db.models.notices import Change, Planned
from db.queries import changes, outbox, people

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When it is too late: what people have a right to be told is never dropped."""


async def note(connection: AsyncConnection, change: Change) -> None:
    """Keep a change and let the person be told; what they did themselves they know already.

    Nothing is kept of somebody who is not known. Somebody who had everything deleted is told once they have written.
    """
    team, user, at = change.team_id, change.user_id, change.at
    person = await people.find_person(connection, team, user)
    if person is None or change.who == user:
        return
    number = await changes.add_change(connection, change)
    if await changes.lock_pending(connection, team, CHANGES.name, user_id=user):
        return
    due = next_decent(at, await calendar_of(connection, person), HOURS[CHANGES.notice_class]).at
    notice = Planned(CHANGES.name, user, str(number), due, _NEVER, user_id=user, policy=CHANGES.policy)
    await outbox.add_notices(connection, team, [notice], at)
