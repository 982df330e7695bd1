"""The question whether a story landed: asked once, three working days after it was finished or taken somewhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import NoticeKind, is_snoozed
from bot.views.blocks import Message
from bot.views.delivery import notice_layout as views
from db.models import NoticeClass, Person, StoredDraft
from db.models.drafts import DraftStatus, DraftStep, Question
from db.models.notices import Notice
from db.queries import drafts

NAME = "landed"


@dataclass(frozen=True)
class LandingFacts:
    """The story as it is now, and whether its author snoozed the question."""

    stored: StoredDraft
    is_snoozed: bool


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> LandingFacts | None:
    stored = await drafts.find_draft(connection, person.team_id, person.user_id, notice.subject or "")
    return None if stored is None else LandingFacts(stored, is_snoozed(notice))


def _is_wanted(facts: LandingFacts | None) -> bool:
    """Return whether the story exists, isn't put aside or kept private, and nobody has said what became of it."""
    if facts is None or facts.stored.landed is not None or facts.stored.draft.status is DraftStatus.ASIDE:
        return False
    return facts.stored.draft.first_choice(Question(DraftStep.TAKE)) != "keep_private"


def _build_message(facts: LandingFacts | None, person: Person, texts: Texts) -> Message:
    assert facts is not None
    return views.landing_question_notice_message(facts.stored, person.tz, texts, again=facts.is_snoozed)


LANDED_KIND = NoticeKind(NAME, NoticeClass.OWED, "once", _load, _is_wanted, _build_message)
