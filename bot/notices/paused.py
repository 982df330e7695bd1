"""A paused draft: reminded of once, three working days after the pause."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import Kind, is_again
from bot.rules.calendars import zone_named
from bot.views.blocks import Message
from bot.views.delivery import notice_layout as views
from db.models import NoticeClass, Person, StoredDraft
from db.models.drafts import Status
from db.models.notices import Notice
from db.queries import drafts

NAME = "paused"


@dataclass(frozen=True)
class Rest:
    """The draft as it rests now, and whether that is still the pause that this reminder is about."""

    stored: StoredDraft | None
    same: bool
    again: bool = False
    """Whether it comes because it was put off."""


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> Rest:
    stored = await drafts.find_draft(connection, person.team_id, person.user_id, notice.subject or "")
    if stored is None:
        return Rest(None, same=False)
    # Two pauses on one day are one fact; a pause of another day has a reminder of its own.
    paused_on = stored.updated_at.astimezone(zone_named(person.tz)).date()
    same = stored.updated_at <= notice.planned_at or notice.occurrence == f"{notice.subject}:{paused_on}"
    return Rest(stored, same, again=is_again(notice))


def _is_wanted(rest: Rest) -> bool:
    """It still rests, and from that pause."""
    return rest.same and rest.stored is not None and rest.stored.draft.status is Status.PAUSED


def _says(rest: Rest, person: Person, texts: Texts) -> Message:
    assert rest.stored is not None
    return views.paused(rest.stored, person.tz, texts, again=rest.again)


PAUSED = Kind(NAME, NoticeClass.OWED, "once", _load, _is_wanted, _says)
