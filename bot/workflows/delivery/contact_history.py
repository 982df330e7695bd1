"""What somebody has received from the programme, and how they reacted: what the budgets are checked against."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices import KINDS
from bot.notices.invitations import INVITATION, REMINDER
from bot.rules.budgets import CampaignMessage, CampaignPart, ContactHistory
from bot.rules.calendars import Calendar
from db.models import NoticeClass, Person
from db.queries import outbox, people, waves
from db.queries.outbox import NoticeAttempt

CAMPAIGN_KINDS = frozenset(kind.name for kind in KINDS.values() if kind.notice_class is NoticeClass.CAMPAIGN)


async def load_history(connection: AsyncConnection, person: Person, calendar: Calendar) -> ContactHistory:
    """Load every proactive message to this person from the programme, and when they were last active."""
    team, user = person.team_id, person.user_id
    tried = await outbox.list_possible_deliveries(connection, team, user, CAMPAIGN_KINDS)
    wave = await waves.find_latest_wave_of_person(connection, team, user)
    return ContactHistory(
        tuple(CampaignMessage(one.attempted_at, _part(one)) for one in tried),
        await people.find_last_activity(connection, team, user),
        calendar.to_utc(wave.opens_on) if wave else None,
        person.fewer_at is not None,
    )


def _part(tried: NoticeAttempt) -> CampaignPart:
    if tried.kind == INVITATION:
        return CampaignPart.INVITATION
    if tried.kind == REMINDER:
        return (
            CampaignPart.FIRST_REMINDER if tried.occurrence.endswith(":1") else CampaignPart.SECOND_REMINDER
        )
    return CampaignPart.OTHER
