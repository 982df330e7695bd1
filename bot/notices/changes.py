"""The notice of changes that somebody else made to a person: at the next allowed hour, one message a day."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import NoticeKind
from bot.rules.change_notices import changes_to_notify
from bot.views.blocks import Message
from bot.views.programme import change_notices as views
from bot.views.programme.change_notices import ChangeNoticeModel
from db.models import NoticeClass, Person
from db.models.notices import Notice, PersonChange
from db.models.programmes import Role
from db.queries import changes, people, programmes, roles, workspaces

NAME = "changes"
MAX_CONTACTS = 3
"""The number of owners named as contacts."""


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> ChangeNoticeModel:
    team = person.team_id
    unnotified = changes_to_notify(await changes.list_changes_for_notice(connection, notice))
    programme = await programmes.find_programme(connection, team)
    workspace = await workspaces.find_workspace(connection, team)
    return ChangeNoticeModel(
        unnotified,
        programme.company if programme else workspace.name if workspace else "",
        programme.segment_names if programme else {},
        await _list_contacts(connection, person, unnotified),
    )


async def _list_contacts(
    connection: AsyncConnection, person: Person, unnotified: tuple[PersonChange, ...]
) -> tuple[str, ...]:
    """Return those who made the changes and still work here, otherwise owners."""
    authors = [change.changed_by for change in unnotified if change.changed_by]
    active = {
        one.user_id
        for one in await people.list_people_by_ids(connection, person.team_id, authors)
        if not one.deleted
    }
    owners = await roles.list_active_holder_ids(connection, person.team_id, (Role.OWNER,))
    others = [user for user in owners if user != person.user_id]
    return tuple(dict.fromkeys(user for user in authors if user in active)) or tuple(others[:MAX_CONTACTS])


def _is_wanted(content: ChangeNoticeModel) -> bool:
    """Return whether a change is left that no other notice has covered and that wasn't undone since."""
    return bool(content.changes)


def _build_message(content: ChangeNoticeModel, person: Person, texts: Texts) -> Message:
    return views.change_notice_message(content, texts)


CHANGES_KIND = NoticeKind(
    NAME,
    NoticeClass.DUTY,
    "resend",
    _load,
    _is_wanted,
    _build_message,
    record_sending=changes.assign_changes_to_notice,
)
