"""The alert to owners about what Slack refused for good, and what to do: once each, at most one alert a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices import halted
from bot.notices.kinds import NoticeKind
from bot.rules.delivery_status import recent_period_start
from bot.views.blocks import Message
from bot.views.delivery import status_page as views
from db.models import NoticeClass, Person
from db.models.notices import DeliveryRefusal, Notice
from db.queries import delivery_stats, programmes

NAME = "refused"
_RECHECK_OVERLAP = timedelta(minutes=1)
"""The last alert may have missed refusals that were being stored while it was put together."""


@dataclass(frozen=True)
class RefusalFacts:
    """The refusals of which the recipient hasn't been notified, and whether they are still an owner."""

    refused: tuple[DeliveryRefusal, ...]
    is_owner: bool


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> RefusalFacts:
    """Count people over the days of the status page: refusals that come singly are named on both, or on neither."""
    programme = await programmes.find_programme(connection, person.team_id)
    if programme is None:
        return RefusalFacts((), is_owner=False)
    notified_at = await delivery_stats.find_last_notice_time(connection, person.team_id, person.user_id, NAME)
    since = recent_period_start(programme, notice.not_before)
    found = await delivery_stats.list_permanent_refusal_reasons(
        connection, person.team_id, since, notified_at=notified_at and notified_at - _RECHECK_OVERLAP
    )
    return RefusalFacts(found, await halted.is_owner(connection, person))


def _build_message(facts: RefusalFacts, person: Person, texts: Texts) -> Message:
    return views.refusals_message(facts.refused, texts)


REFUSED_KIND = NoticeKind(
    NAME,
    NoticeClass.OWED,
    "once",
    _load,
    lambda refusals: bool(refusals.refused) and refusals.is_owner,
    _build_message,
    is_for_owners=True,
)
