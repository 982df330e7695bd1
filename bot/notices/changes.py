"""What somebody else changed about a person: told at the next decent hour, all of it in one message a day."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import Kind
from bot.rules.change_notices import worth_telling
from bot.views.blocks import Message
from bot.views.programme import change_notices as views
from bot.views.programme.change_notices import Changed
from db.models import NoticeClass, Person
from db.models.notices import Change, Notice
from db.models.programmes import Role
from db.queries import changes, people, programmes, roles, workspaces

NAME = "changes"
CONTACTS = 3
"""So many owners are named as those to write to."""


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> Changed:
    team = person.team_id
    told = worth_telling(await changes.list_untold(connection, notice))
    programme = await programmes.find_programme(connection, team)
    workspace = await workspaces.find_workspace(connection, team)
    return Changed(
        told,
        programme.company if programme else workspace.name if workspace else "",
        programme.segments if programme else {},
        await _contacts(connection, person, told),
    )


async def _contacts(connection: AsyncConnection, person: Person, told: tuple[Change, ...]) -> tuple[str, ...]:
    """Who did it, as far as they still work here; else owners."""
    did = [change.who for change in told if change.who]
    there = {
        one.user_id for one in await people.list_people(connection, person.team_id, did) if not one.deleted
    }
    owners = await roles.list_active(connection, person.team_id, (Role.OWNER,))
    others = [user for user in owners if user != person.user_id]
    return tuple(dict.fromkeys(user for user in did if user in there)) or tuple(others[:CONTACTS])


def _is_wanted(told: Changed) -> bool:
    """There is something to tell that no other notice has told, and that was not undone since."""
    return bool(told.changes)


def _says(told: Changed, person: Person, texts: Texts) -> Message:
    return views.changed(told, texts)


CHANGES = Kind(NAME, NoticeClass.DUTY, "resend", _load, _is_wanted, _says, notes=changes.mark_told)
