"""The alert to owners that the programme halted by itself: sent once, without saying who opted out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import NoticeKind
from bot.views.blocks import Message
from bot.views.delivery import status_page as views
from db.models import NoticeClass, Person
from db.models.notices import Notice
from db.models.programmes import Programme, Role
from db.queries import programmes, roles

NAME = "halted"


@dataclass(frozen=True)
class HaltFacts:
    """The programme, whether it's still this halt, and whether the recipient is still an owner."""

    programme: Programme | None
    is_same_halt: bool
    is_owner: bool


async def is_owner(connection: AsyncConnection, person: Person) -> bool:
    """Return whether this person is an owner now and still works here."""
    return person.user_id in await roles.list_active_holder_ids(connection, person.team_id, (Role.OWNER,))


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> HaltFacts:
    programme = await programmes.find_programme(connection, person.team_id)
    since = programme.halted_at if programme is not None else None
    is_same = since is not None and since.isoformat() == notice.occurrence
    return HaltFacts(programme, is_same, await is_owner(connection, person))


def _build_message(facts: HaltFacts, person: Person, texts: Texts) -> Message:
    assert facts.programme is not None
    assert facts.programme.halted_at is not None
    return views.automatic_halt_notice_message(facts.programme.halted_at, person.tz, texts)


HALTED_KIND = NoticeKind(
    NAME,
    NoticeClass.OWED,
    "once",
    _load,
    lambda halt: halt.is_same_halt and halt.is_owner,
    _build_message,
    is_for_owners=True,
)
