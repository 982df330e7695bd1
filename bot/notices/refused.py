"""What Slack refused for good: owners are told once, at most once a day, what it was and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.notices import halted
from bot.notices.kinds import Kind
from bot.rules.waves import FEWEST_SHOWN
from bot.texts import Texts
from bot.views import deliveries as views
from bot.views.blocks import Message
from db import deliveries
from db.models import NoticeClass, Person
from db.models.notices import Notice, Refused

NAME = "refused"
_OVERLAP = timedelta(minutes=1)
"""What was being kept while the last word was put together may have been missed by it."""


@dataclass(frozen=True)
class Refusals:
    """What was refused since the reader was last told, and whether they are still an owner."""

    refused: tuple[Refused, ...]
    is_owner: bool


async def _load(session: AsyncConnection, notice: Notice, person: Person) -> Refusals:
    told = await deliveries.find_told(session, person.team_id, person.user_id, NAME)
    since = (told or notice.planned_at) - _OVERLAP
    ours = (NAME, halted.NAME)
    found = await deliveries.list_refused(session, person.team_id, ours, since, fewest=FEWEST_SHOWN)
    return Refusals(found, await halted.is_owner(session, person))


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
