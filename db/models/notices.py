"""The nouns of what is said unasked: what is planned, what lies in the outbox, and what came of an attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

OutboxState = Literal["pending", "sending", "unknown", "sent", "suppressed", "expired", "failed"]
ResendPolicy = Literal["once", "resend"]
"""What becomes of a notice of which nobody knows whether it arrived: left as it is, or sent again."""


@dataclass(frozen=True)
class PlannedNotice:
    """A notice as it is planned: to whom, of which fact, and between when and when it may be said."""

    kind: str
    recipient: str
    occurrence: str
    not_before: datetime
    not_after: datetime
    user_id: str | None = None
    """The person written to; nobody when the recipient is a channel."""
    subject: str | None = None
    """The id of what it is about, such as a draft."""
    policy: ResendPolicy = "once"
    due_on: date | None = None
    """The local date before which it must not come, wherever the person is by then."""


@dataclass(frozen=True)
class BulkNotice:
    """What is planned for many people at once, who are all told the same, in the same hours."""

    kind: str
    occurrence: str
    not_before: datetime
    not_after: datetime
    subject: str | None = None
    policy: ResendPolicy = "once"
    due_on: date | None = None


@dataclass(frozen=True)
class Notice:
    """A notice as it lies in the outbox."""

    id: int
    team_id: str
    key: str
    kind: str
    recipient: str
    user_id: str | None
    occurrence: str
    subject: str | None
    policy: ResendPolicy
    state: OutboxState
    not_before: datetime
    not_after: datetime
    planned_at: datetime
    attempts: int
    misses: int
    attempt_started_at: datetime | None
    lease_until: datetime | None
    token: str | None
    channel: str | None
    ts: str | None
    reason: str | None
    due_on: date | None = None


@dataclass(frozen=True)
class AttemptResult:
    """What came of one attempt, as it is kept: a word for it, the answer's status and error if there were any."""

    outcome: str
    http: int | None = None
    error: str | None = None


PersonChangeKind = Literal["role", "segment", "team", "wave"]
"""What somebody else may change about a person. The names are stored."""


@dataclass(frozen=True)
class PersonChange:
    """That somebody changed something about another person, and in which notice that person is told."""

    team_id: str
    user_id: str
    kind: PersonChangeKind
    before: str
    """What they had, or were in: a role, a segment, a team, the id of a wave; nothing when there was none."""
    after: str
    """The same afterwards."""
    changed_by: str | None
    """The command line and the erased have no name here."""
    changed_at: datetime
    outbox_id: int | None = None


@dataclass(frozen=True)
class ChannelPost:
    """Something that was to be said in a channel, and how it stands."""

    kind: str
    channel: str
    subject: str | None
    state: OutboxState
    reason: str | None
    not_before: datetime
    changed_at: datetime


@dataclass(frozen=True)
class DeliveryRefusal:
    """What Slack would not take, and why: in this channel, or in direct messages, and then it is not said whose."""

    channel: str | None
    reason: str
