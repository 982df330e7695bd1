"""The stored models as frozen dataclasses; other packages import these and no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from db.models.drafts import Draft

LandingStatus = Literal["up", "not_yet", "changed_mind"]
VersionSource = Literal["composed", "edited", "pasted", "message"]


class NoticeClass(StrEnum):
    """The reason that entitles the bot to write first, which decides the limits. The values are stored."""

    CAMPAIGN = "campaign"
    """The programme wants something from the person: every limit applies."""
    OWED = "owed"
    """A follow-up to the person's own consent, snooze, pause or event; it ends with that."""
    DUTY = "duty"
    """About the person's data or rights: sent even after "stop", and never dropped."""


@dataclass(frozen=True)
class Workspace:
    """A Slack workspace in which the bot is installed."""

    team_id: str
    name: str
    bot_user_id: str
    bot_id: str
    installed_at: datetime


@dataclass(frozen=True)
class Person:
    """A person in a workspace: their Slack profile, and their preferences for messages from the bot."""

    team_id: str
    user_id: str
    name: str
    real_name: str
    fetched_at: datetime
    first_name: str | None = None
    locale: str | None = None
    tz: str | None = None
    is_guest: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    locale_choice: str | None = None
    segment: str | None = None
    """The segment they chose, which sorts their own lines. The people list's is in `EmployeeRecord`."""
    stopped_at: datetime | None = None
    welcome_back_at: datetime | None = None
    dm_channel: str | None = None
    is_admin: bool = False
    left_at: datetime | None = None
    fewer_at: datetime | None = None
    """When they asked for fewer messages."""
    paused_until: date | None = None
    """The local date before which they want no proactive messages."""
    met_at: datetime | None = None
    """When they first wrote, counted from their last erasure."""
    in_directory: bool = True
    """Whether Slack's directory lists them; some people are known only from a conversation."""

    @property
    def is_stopped(self) -> bool:
        """Whether they said stop and haven't since said explicitly that the bot may write first."""
        if self.stopped_at is None:
            return False
        return self.welcome_back_at is None or self.welcome_back_at < self.stopped_at

    def is_paused_on(self, day: date) -> bool:
        """Return whether they want no proactive messages on this local date."""
        return self.paused_until is not None and day < self.paused_until


@dataclass(frozen=True)
class ShownDraft:
    """The last display of a draft: the version, its message, and the question key the message carries."""

    version: int
    channel: str
    ts: str
    key: str | None = None


@dataclass(frozen=True)
class StoredDraft:
    """A draft as stored. `shown_version` is -1 until the draft has been shown."""

    team_id: str
    user_id: str
    draft: Draft
    created_at: datetime
    updated_at: datetime
    shown_version: int = -1
    shown_channel: str | None = None
    shown_ts: str | None = None
    shown_key: str | None = None
    finished_at: datetime | None = None
    landed: LandingStatus | None = None


@dataclass(frozen=True)
class PersonWithDraft:
    """The starting point of a turn: the person, and their current draft if they have one."""

    person: Person
    current: StoredDraft | None


@dataclass(frozen=True)
class StoryVersion:
    """The full text of a story at one moment; the versions of a draft are numbered from 1."""

    team_id: str
    user_id: str
    draft_id: str
    n: int
    text: str
    headline: str | None
    source: VersionSource
    created_at: datetime


@dataclass(frozen=True)
class PublishedStory:
    """A story that its owner says is public: the owner and the latest text."""

    user_id: str
    draft_id: str
    text: str


@dataclass(frozen=True)
class CardAssignment:
    """A deal of cards to a draft: `n` is the number of the deal in its segment, with row and seed."""

    team_id: str
    draft_id: str
    segment: str | None
    n: int
    row: int
    seed: int
    assigned_at: datetime


@dataclass(frozen=True)
class CardExposure:
    """A card that was shown: its page, its position, and the row of the design."""

    team_id: str
    draft_id: str
    card: str
    theme: str
    segment: str | None
    page: int
    position: int
    row: int | None
    shown_at: datetime


@dataclass(frozen=True)
class CardChoice:
    """The outcome of a card in the story: kept, filled, adapted or replaced, with the share of the person's words."""

    team_id: str
    draft_id: str
    card: str
    theme: str
    segment: str | None
    outcome: str
    coverage: float
    own_share: float
    recorded_at: datetime


@dataclass(frozen=True)
class Consent:
    """A yes or no to one use, with the wording that was shown and the time; the latest one counts."""

    team_id: str
    user_id: str
    use: str
    given: bool
    wording: str
    locale: str
    answered_at: datetime
    draft_id: str | None = None


@dataclass(frozen=True)
class BotMessage:
    """A direct message from the bot: where it is in Slack, and whether it carries the person's words."""

    team_id: str
    user_id: str
    channel: str
    ts: str
    question: str
    carries_words: bool
    sent_at: datetime
    draft_id: str | None = None


@dataclass(frozen=True)
class StoryDestination:
    """A place that a story was taken to."""

    team_id: str
    user_id: str
    draft_id: str
    place: str
    taken_at: datetime


@dataclass(frozen=True)
class Tombstone:
    """The record that remains of an erased person: when, and whether they had said stop."""

    erased_at: datetime
    stopped: bool
    after_leaving: bool = False
    """Whether they were erased for leaving and never at their request; if they return, they start afresh."""


@dataclass(frozen=True)
class PendingDeletion:
    """A message from the bot that must still be deleted in Slack, and how often Slack has refused."""

    team_id: str
    channel: str
    ts: str
    queued_at: datetime
    tries: int = 0


@dataclass(frozen=True)
class ErasureResult:
    """The result of an erasure: the number of stories deleted and of messages queued for deletion in Slack."""

    drafts: int
    messages: int
    stopped: bool
