"""Did it land? Asked once, three working days after a story was finished or taken somewhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import Kind, is_again
from bot.views.blocks import Message
from bot.views.delivery import notice_layout as views
from db.models import NoticeClass, Person, StoredDraft
from db.models.drafts import Question, Status, Step
from db.models.notices import Notice
from db.queries import drafts

NAME = "landed"


@dataclass(frozen=True)
class Story:
    """The story as it is now, and whether its author put the question off."""

    stored: StoredDraft
    again: bool


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> Story | None:
    stored = await drafts.find_draft(connection, person.team_id, person.user_id, notice.subject or "")
    return None if stored is None else Story(stored, is_again(notice))


def _is_wanted(story: Story | None) -> bool:
    """The story is still there and not put aside, nobody has said what became of it, and it is not kept private."""
    if story is None or story.stored.landed is not None or story.stored.draft.status is Status.ASIDE:
        return False
    return story.stored.draft.chosen(Question(Step.TAKE)) != "keep_private"


def _says(story: Story | None, person: Person, texts: Texts) -> Message:
    assert story is not None
    return views.landed(story.stored, person.tz, texts, again=story.again)


LANDED = Kind(NAME, NoticeClass.OWED, "once", _load, _is_wanted, _says)
