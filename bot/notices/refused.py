"""What Slack refused for good: owners are told once, at most once a day, what it was and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices import halted
from bot.notices.kinds import NoticeKind
from bot.rules.delivery_status import recent_since
from bot.views.blocks import Message
from bot.views.delivery import status_page as views
from db.models import NoticeClass, Person
from db.models.notices import DeliveryRefusal, Notice
from db.queries import delivery_stats, programmes

NAME = "refused"
_RECHECK_OVERLAP = timedelta(minutes=1)
"""What was being kept while the last word was put together may have been missed by it."""


@dataclass(frozen=True)
class RefusalFacts:
    """What was refused that the reader has not been told, and whether they are still an owner."""

    refused: tuple[DeliveryRefusal, ...]
    is_owner: bool


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> RefusalFacts:
    """People are counted over the days of the page: refusals that come one by one are named on both, or on neither."""
    programme = await programmes.find_programme(connection, person.team_id)
    if programme is None:
        return RefusalFacts((), is_owner=False)
    told = await delivery_stats.find_last_notice_time(connection, person.team_id, person.user_id, NAME)
    since = recent_since(programme, notice.not_before)
    found = await delivery_stats.list_delivery_refusals(
        connection, person.team_id, since, notified_at=told and told - _RECHECK_OVERLAP
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
