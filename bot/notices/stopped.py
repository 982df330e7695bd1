"""Done: the second word to whoever said stop while something was on its way, once that has arrived or never will."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import Kind
from bot.views.blocks import Message
from bot.views.stories.replies import simple
from db.models import NoticeClass, Person
from db.models.notices import Notice
from db.queries import send_results

NAME = "stopped"


@dataclass(frozen=True)
class Landing:
    """What has become of all that was on its way when they stopped."""

    is_stopped: bool
    is_flying: bool
    has_come: bool


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> Landing:
    return Landing(
        person.is_stopped,
        await send_results.is_flying(connection, person.team_id, person.user_id),
        await send_results.has_come_after(connection, person.team_id, person.user_id, notice.planned_at),
    )


def _says(landing: Landing, person: Person, texts: Texts) -> Message:
    return simple(texts, "stopped-after" if landing.has_come else "stopped-nothing")


STOPPED = Kind(
    NAME,
    NoticeClass.DUTY,
    "once",
    _load,
    lambda landing: landing.is_stopped,
    _says,
    is_reply=True,
    is_ready=lambda landing: not landing.is_flying,
)
