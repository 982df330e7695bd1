"""The model of the Home tab: all stored facts that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.models import Consent, Person, StoredDraft
from db.models.drafts import DraftStatus


@dataclass(frozen=True)
class HomeModel:
    """One person's stories, consents and settings."""

    person: Person
    is_stored: bool = True
    """Whether anything is stored about this person; just looking stores nothing."""
    drafts: tuple[StoredDraft, ...] = ()
    consents: Mapping[str, Consent] = field(default_factory=dict)
    segments: Mapping[str, str] = field(default_factory=dict)
    """The segments' own names, by segment and language."""
    has_opted_out: bool = False
    """Whether the bot may send no proactive messages."""
    quiet_until: date | None = None
    """The future date until which they want no proactive messages."""

    @property
    def tz(self) -> str | None:
        """The person's time zone."""
        return self.person.tz

    @property
    def current_story(self) -> StoredDraft | None:
        """The story in progress."""
        going = (s for s in self.drafts if s.draft.status in {DraftStatus.OPEN, DraftStatus.PAUSED})
        return next(going, None)

    @property
    def aside_stories(self) -> tuple[StoredDraft, ...]:
        """The drafts put aside, the latest first."""
        found = [s for s in self.drafts if s.draft.status is DraftStatus.ASIDE]
        return tuple(sorted(found, key=lambda s: s.updated_at, reverse=True))

    @property
    def finished_stories(self) -> tuple[StoredDraft, ...]:
        """The finished stories, the latest first."""
        found = [s for s in self.drafts if s.draft.status is DraftStatus.FINISHED]
        return tuple(sorted(found, key=lambda s: s.finished_at or s.updated_at, reverse=True))

    def has_no_translation(self, stored: StoredDraft) -> bool:
        """Return whether this story has no counterpart in the other language."""
        mine = stored.draft
        return mine.translation_of is None and all(
            other.draft.translation_of != mine.id for other in self.drafts
        )
