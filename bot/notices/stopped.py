"""The second confirmation of an opt-out: sent once every notice in flight at the time has arrived or failed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import NoticeKind
from bot.views.blocks import Message
from bot.views.stories.replies import sentence_message
from db.models import NoticeClass, Person
from db.models.notices import Notice
from db.queries import send_results

NAME = "stopped"


@dataclass(frozen=True)
class StopFacts:
    """What has become of the notices in flight when the person opted out."""

    is_stopped: bool
    has_in_flight: bool
    has_arrived: bool


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> StopFacts:
    return StopFacts(
        person.is_stopped,
        await send_results.has_notice_in_flight(connection, person.team_id, person.user_id),
        await send_results.has_received_notice_since(
            connection, person.team_id, person.user_id, notice.planned_at
        ),
    )


def _build_message(facts: StopFacts, person: Person, texts: Texts) -> Message:
    return sentence_message(texts, "stopped-after" if facts.has_arrived else "stopped-nothing")


STOPPED_KIND = NoticeKind(
    NAME,
    NoticeClass.DUTY,
    "once",
    _load,
    lambda facts: facts.is_stopped,
    _build_message,
    is_reply=True,
    is_ready=lambda facts: not facts.has_in_flight,
)
