"""Alerts to owners: what Slack refused, and that the programme has halted by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices import KINDS
from bot.notices.halted import HALTED_KIND
from bot.notices.refused import REFUSED_KIND
from bot.rules.calendars import programme_calendar
from bot.rules.delivery_status import recent_period_start
from bot.rules.waves import SMALLEST_SHOWN_GROUP
from db.models.notices import Notice, PlannedNotice
from db.models.programmes import Role
from db.queries import delivery_stats, outbox, programmes, rescheduling, roles

_GROUPING_DELAY = timedelta(minutes=10)
"""How long an alert waits for more refusals, so that those with one cause are reported together."""
_VALID_FOR = timedelta(days=7)


async def record_refusal_and_plan_alerts(
    connection: AsyncConnection, notice: Notice, *, at: datetime
) -> None:
    """Plan an alert to owners that Slack refused this notice for good, once a day at most.

    Today's alert may have gone out already: so tomorrow's is planned as well, and isn't sent when there's nothing
    new. Today's waits again if it had been dropped because there was nothing to report.
    """
    kind = KINDS.get(notice.kind)
    # One at a time: of five refusals at the same moment, each would see only itself.
    programme = await programmes.lock_programme(connection, notice.team_id)
    if programme is None:
        return
    await delivery_stats.note_widespread_refusal_reasons(
        connection, notice.team_id, recent_period_start(programme, at), min_people=SMALLEST_SHOWN_GROUP, at=at
    )
    if kind is not None and kind.is_for_owners:
        return
    calendar = programme_calendar(programme)
    today = calendar.local_date(at)
    tomorrow = today + timedelta(days=1)
    days = ((today, at + _GROUPING_DELAY), (tomorrow, calendar.to_utc(tomorrow)))
    for day, not_before in days:
        planned = await _owner_notices(
            connection, notice.team_id, REFUSED_KIND.name, str(day), not_before=not_before
        )
        await rescheduling.add_or_revive_notices(connection, notice.team_id, planned, at)


async def plan_automatic_halt_alerts(connection: AsyncConnection, team_id: str, *, at: datetime) -> None:
    """Plan an alert to owners that the programme halted by itself at this moment."""
    planned = await _owner_notices(connection, team_id, HALTED_KIND.name, at.isoformat(), not_before=at)
    await outbox.add_notices(connection, team_id, planned, at)


async def _owner_notices(
    connection: AsyncConnection, team_id: str, kind: str, occurrence: str, *, not_before: datetime
) -> list[PlannedNotice]:
    owners = await roles.list_active_holder_ids(connection, team_id, (Role.OWNER,))
    until = not_before + _VALID_FOR
    return [PlannedNotice(kind, owner, occurrence, not_before, until, user_id=owner) for owner in owners]
