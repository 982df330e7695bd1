"""What somebody has had from the programme, and how they took it: what its messages are measured by."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices import KINDS
from bot.notices.invitations import INVITATION, REMINDER
from bot.rules.budgets import Campaign, History, Part
from bot.rules.calendars import Calendar
from db.models import NoticeClass, Person
from db.queries import outbox, returns, waves
from db.queries.outbox import Tried

CAMPAIGNS = frozenset(kind.name for kind in KINDS.values() if kind.notice_class is NoticeClass.CAMPAIGN)


async def history_of(connection: AsyncConnection, person: Person, calendar: Calendar) -> History:
    """Everything that the programme has said to this person unasked, and when they last did something."""
    team, user = person.team_id, person.user_id
    tried = await outbox.list_tried(connection, team, user, CAMPAIGNS)
    wave = await waves.find_latest_wave(connection, team, user)
    return History(
        tuple(Campaign(one.at, _part(one)) for one in tried),
        await returns.find_return(connection, team, user),
        calendar.moment_of(wave.opens_on) if wave else None,
        person.fewer_at is not None,
    )


def _part(tried: Tried) -> Part:
    if tried.kind == INVITATION:
        return Part.INVITATION
    if tried.kind == REMINDER:
        return Part.FIRST_REMINDER if tried.occurrence.endswith(":1") else Part.SECOND_REMINDER
    return Part.OTHER
