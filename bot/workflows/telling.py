"""Telling owners what they need to know to run the programme: what Slack refused, and that everything has halted."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices import KINDS
from bot.notices.halted import HALTED
from bot.notices.refused import REFUSED
from bot.rules.calendars import calendar_of_programme
from db import outbox, programmes, roles
from db.models.notices import Notice, Planned
from db.models.programmes import Role

_JOINED = timedelta(minutes=10)
"""How long more of the same is waited for: what comes of one cause comes together."""
_WITHIN = timedelta(days=7)


async def tell_of_refusal(session: AsyncConnection, notice: Notice, *, at: datetime) -> None:
    """Owners are told that Slack refused this for good, once a day at most.

    Today's word may have gone out already: so tomorrow's is planned as well, and says nothing when nothing is new.
    """
    kind = KINDS.get(notice.kind)
    programme = await programmes.find_programme(session, notice.team_id)
    if programme is None or (kind is not None and kind.is_for_owners):
        return
    calendar = calendar_of_programme(programme)
    today = calendar.date_of(at)
    tomorrow = today + timedelta(days=1)
    facts = ((today, at + _JOINED), (tomorrow, calendar.moment_of(tomorrow)))
    for day, from_then in facts:
        await _plan(session, notice.team_id, REFUSED.name, str(day), not_before=from_then, at=at)


async def tell_of_halt(session: AsyncConnection, team_id: str, *, at: datetime) -> None:
    """Owners are told that everything has halted by itself at this moment."""
    await _plan(session, team_id, HALTED.name, at.isoformat(), not_before=at, at=at)


async def _plan(
    session: AsyncConnection, team_id: str, kind: str, occurrence: str, *, not_before: datetime, at: datetime
) -> None:
    owners = await roles.list_active(session, team_id, (Role.OWNER,))
    planned = [
        Planned(kind, owner, occurrence, not_before, not_before + _WITHIN, user_id=owner) for owner in owners
    ]
    await outbox.add_notices(session, team_id, planned, at)
