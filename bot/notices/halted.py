"""Halted by itself: owners are told once, and not by whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import Kind
from bot.views.blocks import Message
from bot.views.delivery import status_page as views
from db.models import NoticeClass, Person
from db.models.notices import Notice
from db.models.programmes import Programme, Role
from db.queries import programmes, roles

NAME = "halted"


@dataclass(frozen=True)
class Halt:
    """What is set, whether it is still this halt, and whether the reader is still an owner."""

    programme: Programme | None
    same: bool
    is_owner: bool


async def is_owner(connection: AsyncConnection, person: Person) -> bool:
    """Whether this person is an owner now, and still works here."""
    return person.user_id in await roles.list_active(connection, person.team_id, (Role.OWNER,))


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> Halt:
    programme = await programmes.find_programme(connection, person.team_id)
    since = programme.halted_at if programme is not None else None
    same = since is not None and since.isoformat() == notice.occurrence
    return Halt(programme, same, await is_owner(connection, person))


def _says(halt: Halt, person: Person, texts: Texts) -> Message:
    assert halt.programme is not None
    assert halt.programme.halted_at is not None
    return views.halted(halt.programme.halted_at, person.tz, texts)


HALTED = Kind(
    NAME, NoticeClass.OWED, "once", _load, lambda halt: halt.same and halt.is_owner, _says, is_for_owners=True
)
