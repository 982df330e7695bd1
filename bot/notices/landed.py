"""Did it land? Asked once, three working days after a story was finished or taken somewhere."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.state import Question, Status, Step
from bot.notices.kinds import Kind
from bot.texts import Texts
from bot.views import notices as views
from bot.views.blocks import Message
from db import drafts
from db.models import NoticeClass, Person, StoredDraft
from db.models.notices import Notice

NAME = "landed"


async def _load(session: AsyncConnection, notice: Notice, person: Person) -> StoredDraft | None:
    return await drafts.find_draft(session, person.team_id, person.user_id, notice.subject or "")


def _is_wanted(story: StoredDraft | None) -> bool:
    """The story is still there and not put aside, nobody has said what became of it, and it is not kept private."""
    if story is None or story.landed is not None or story.draft.status is Status.ASIDE:
        return False
    return story.draft.chosen(Question(Step.TAKE)) != "keep_private"


def _says(story: StoredDraft | None, person: Person, texts: Texts) -> Message:
    assert story is not None
    return views.landed(story, person.tz, texts)


LANDED = Kind(NAME, NoticeClass.OWED, "once", _load, _is_wanted, _says)
