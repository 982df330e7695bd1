"""The nouns that are stored, as frozen dataclasses; the other packages import these and no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from db.models.drafts import Draft

LandingStatus = Literal["up", "not_yet", "changed_mind"]
VersionSource = Literal["composed", "edited", "pasted", "message"]


class NoticeClass(StrEnum):
    """What entitles the bot to speak first, and so which limits hold. The values are stored."""

    CAMPAIGN = "campaign"
    """The programme wants something of the person: every limit holds."""
    OWED = "owed"
    """It follows from the person's own yes, snooze, pause or event, and ends with that."""
    DUTY = "duty"
    """It is about their data or their rights: also after "stop", and never dropped."""


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
    """Somebody in a workspace: what Slack says of them, and what they told the bot about writing to them."""

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
    """The segment they chose: it sorts their own lines. An `EmployeeRecord` has the list's."""
    stopped_at: datetime | None = None
    welcome_back_at: datetime | None = None
    dm_channel: str | None = None
    is_admin: bool = False
    left_at: datetime | None = None
    fewer_at: datetime | None = None
    """When they asked for fewer messages."""
    paused_until: date | None = None
    """Their own date before which they want nothing unasked."""
    met_at: datetime | None = None
    """When they first wrote, since they last had everything deleted."""
    in_directory: bool = True
    """Whether Slack's list of everybody names them; somebody may also be known from a conversation alone."""

    @property
    def is_stopped(self) -> bool:
        """Whether they said stop and have not said since, in so many words, that the bot may write first."""
        if self.stopped_at is None:
            return False
        return self.welcome_back_at is None or self.welcome_back_at < self.stopped_at

    def is_paused_on(self, day: date) -> bool:
        """Whether they want nothing unasked on this date of theirs."""
        return self.paused_until is not None and day < self.paused_until


@dataclass(frozen=True)
class ShownDraft:
    """What was last shown of a draft: the version, the message it stands in, and the key it carries."""

    version: int
    channel: str
    ts: str
    key: str | None = None


@dataclass(frozen=True)
class StoredDraft:
    """A draft as it lies in the database. `shown_version` is -1 until something of it has been shown."""

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
    """What a turn begins with: the person, and the draft they are writing if there is one."""

    person: Person
    current: StoredDraft | None


@dataclass(frozen=True)
class StoryVersion:
    """The whole text of a story at one moment; the versions of a draft count up from 1."""

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
    """A story that stands in public by its owner's word: whose it is, and its latest text."""

    user_id: str
    draft_id: str
    text: str


@dataclass(frozen=True)
class CardAssignment:
    """That the cards of a draft were dealt: the how manieth deal of the segment, with row and seed."""

    team_id: str
    draft_id: str
    segment: str | None
    n: int
    row: int
    seed: int
    assigned_at: datetime


@dataclass(frozen=True)
class CardExposure:
    """That a card was shown: on which page, at which position, and in which row of the design."""

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
    """What became of a card in the story: kept, filled, adapted or replaced, and how much of it is own."""

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
    """A yes or a no to one use, with the wording that was read and its moment; the latest one counts."""

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
    """A message of the bot's in a direct message: where it lies and whether it carries the person's words."""

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
    """That a story was taken to a place."""

    team_id: str
    user_id: str
    draft_id: str
    place: str
    taken_at: datetime


@dataclass(frozen=True)
class Tombstone:
    """What is left of somebody who was erased: when, and whether they had said stop."""

    erased_at: datetime
    stopped: bool
    after_leaving: bool = False
    """Whether it came of their leaving, and never of a wish of theirs: then whoever is back begins anew."""


@dataclass(frozen=True)
class PendingDeletion:
    """A message of the bot's that is still to be deleted in Slack, and how often Slack has refused it."""

    team_id: str
    channel: str
    ts: str
    queued_at: datetime
    tries: int = 0


@dataclass(frozen=True)
class ErasureResult:
    """What an erasure did: how many stories went, and how many messages wait to be deleted in Slack."""

    drafts: int
    messages: int
    stopped: bool
