"""What Slack refused for good: owners are told once, at most once a day, what it was and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices import halted
from bot.notices.kinds import Kind
from bot.rules.delivery_status import lately
from bot.views.blocks import Message
from bot.views.delivery import status_page as views
from db.models import NoticeClass, Person
from db.models.notices import Notice, Refused
from db.queries import delivery_stats, programmes

NAME = "refused"
_OVERLAP = timedelta(minutes=1)
"""What was being kept while the last word was put together may have been missed by it."""


@dataclass(frozen=True)
class Refusals:
    """What was refused that the reader has not been told, and whether they are still an owner."""

    refused: tuple[Refused, ...]
    is_owner: bool


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> Refusals:
    """People are counted over the days of the page: refusals that come one by one are named on both, or on neither."""
    programme = await programmes.find_programme(connection, person.team_id)
    if programme is None:
        return Refusals((), is_owner=False)
    told = await delivery_stats.find_told(connection, person.team_id, person.user_id, NAME)
    since = lately(programme, notice.not_before)
    found = await delivery_stats.list_refused(
        connection, person.team_id, since, told=told and told - _OVERLAP
    )
    return Refusals(found, await halted.is_owner(connection, person))


def _says(refusals: Refusals, person: Person, texts: Texts) -> Message:
    return views.refused(refusals.refused, texts)


REFUSED = Kind(
    NAME,
    NoticeClass.OWED,
    "once",
    _load,
    lambda refusals: bool(refusals.refused) and refusals.is_owner,
    _says,
    is_for_owners=True,
)
