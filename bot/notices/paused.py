"""The reminder of a paused draft: sent once, three working days after the pause."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.notices.kinds import NoticeKind, is_snoozed
from bot.rules.calendars import zone_or_default
from bot.views.blocks import Message
from bot.views.delivery import notice_layout as views
from db.models import NoticeClass, Person, StoredDraft
from db.models.drafts import DraftStatus
from db.models.notices import Notice
from db.queries import drafts

NAME = "paused"


@dataclass(frozen=True)
class PausedDraftFacts:
    """The draft as it is now, and whether it's still in the pause that this reminder is about."""

    stored: StoredDraft | None
    is_same_pause: bool
    is_snoozed: bool = False
    """Whether it was snoozed."""


async def _load(connection: AsyncConnection, notice: Notice, person: Person) -> PausedDraftFacts:
    stored = await drafts.find_draft(connection, person.team_id, person.user_id, notice.subject or "")
    if stored is None:
        return PausedDraftFacts(None, is_same_pause=False)
    # Two pauses on one day are one fact; a pause on another day has another reminder.
    paused_on = stored.updated_at.astimezone(zone_or_default(person.tz)).date()
    is_same = stored.updated_at <= notice.planned_at or notice.occurrence == f"{notice.subject}:{paused_on}"
    return PausedDraftFacts(stored, is_same, is_snoozed=is_snoozed(notice))


def _is_wanted(facts: PausedDraftFacts) -> bool:
    """Return whether the draft is still in that pause."""
    return (
        facts.is_same_pause and facts.stored is not None and facts.stored.draft.status is DraftStatus.PAUSED
    )


def _build_message(facts: PausedDraftFacts, person: Person, texts: Texts) -> Message:
    assert facts.stored is not None
    return views.paused_story_notice_message(facts.stored, person.tz, texts, again=facts.is_snoozed)


PAUSED_KIND = NoticeKind(NAME, NoticeClass.OWED, "once", _load, _is_wanted, _build_message)
