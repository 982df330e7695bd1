"""Telling owners what they need to know to run the programme: what Slack refused, and that everything has halted."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices import KINDS
from bot.notices.halted import HALTED
from bot.notices.refused import REFUSED
from bot.rules.calendars import calendar_of_programme
from bot.rules.delivery_status import lately
from bot.rules.waves import FEWEST_SHOWN
from db.models.notices import Notice, Planned
from db.models.programmes import Role
from db.queries import delivery_stats, outbox, programmes, rescheduling, roles

_JOINED = timedelta(minutes=10)
"""How long more of the same is waited for: what comes of one cause comes together."""
_WITHIN = timedelta(days=7)


async def tell_of_refusal(connection: AsyncConnection, notice: Notice, *, at: datetime) -> None:
    """Owners are told that Slack refused this for good, once a day at most.

    Today's word may have gone out already: so tomorrow's is planned as well, and says nothing when nothing is new.
    If that was found of today's, when nothing was, it waits again now.
    """
    kind = KINDS.get(notice.kind)
    # One after the other: of five refusals at the same moment, each would only see itself.
    programme = await programmes.lock_programme(connection, notice.team_id)
    if programme is None:
        return
    await delivery_stats.note_refused(
        connection, notice.team_id, lately(programme, at), fewest=FEWEST_SHOWN, at=at
    )
    if kind is not None and kind.is_for_owners:
        return
    calendar = calendar_of_programme(programme)
    today = calendar.date_of(at)
    tomorrow = today + timedelta(days=1)
    facts = ((today, at + _JOINED), (tomorrow, calendar.moment_of(tomorrow)))
    for day, from_then in facts:
        planned = await _to_owners(connection, notice.team_id, REFUSED.name, str(day), not_before=from_then)
        await rescheduling.plan_again(connection, notice.team_id, planned, at)


async def tell_of_halt(connection: AsyncConnection, team_id: str, *, at: datetime) -> None:
    """Owners are told that everything has halted by itself at this moment."""
    planned = await _to_owners(connection, team_id, HALTED.name, at.isoformat(), not_before=at)
    await outbox.add_notices(connection, team_id, planned, at)


async def _to_owners(
    connection: AsyncConnection, team_id: str, kind: str, occurrence: str, *, not_before: datetime
) -> list[Planned]:
    owners = await roles.list_active(connection, team_id, (Role.OWNER,))
    until = not_before + _WITHIN
    return [Planned(kind, owner, occurrence, not_before, until, user_id=owner) for owner in owners]
