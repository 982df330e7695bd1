"""The models of proactive messages: planned notices, stored notices, and the results of attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

OutboxState = Literal["pending", "sending", "unknown", "sent", "suppressed", "expired", "failed"]
ResendPolicy = Literal["once", "resend"]
"""The policy for a notice that may or may not have arrived: leave it as it is, or send it again."""


@dataclass(frozen=True)
class PlannedNotice:
    """A notice as planned: its recipient, the fact it reports, and the period in which it may be sent."""

    kind: str
    recipient: str
    occurrence: str
    not_before: datetime
    not_after: datetime
    user_id: str | None = None
    """The person who gets it; None when the recipient is a channel."""
    subject: str | None = None
    """The id of its subject, such as a draft."""
    policy: ResendPolicy = "once"
    due_on: date | None = None
    """The local date before which it must not be sent, wherever the person is by then."""


@dataclass(frozen=True)
class BulkNotice:
    """A notice for many people at once: the same message in the same period."""

    kind: str
    occurrence: str
    not_before: datetime
    not_after: datetime
    subject: str | None = None
    policy: ResendPolicy = "once"
    due_on: date | None = None


@dataclass(frozen=True)
class Notice:
    """A notice as stored in the outbox."""

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
    """The stored result of one attempt: the outcome, and the HTTP status and error of the response if there are any."""

    outcome: str
    http: int | None = None
    error: str | None = None


PersonChangeKind = Literal["role", "segment", "team", "wave"]
"""The attributes of a person that somebody else may change. The names are stored."""


@dataclass(frozen=True)
class PersonChange:
    """A change that somebody made to another person, and the notice that reports it to that person."""

    team_id: str
    user_id: str
    kind: PersonChangeKind
    before: str
    """The value before the change: a role, a segment, a team or the id of a wave; empty if there was none."""
    after: str
    """The value after the change."""
    changed_by: str | None
    """None for the command line and for people who were erased for leaving."""
    changed_at: datetime
    outbox_id: int | None = None


@dataclass(frozen=True)
class ChannelPost:
    """A message for a channel, and its state."""

    kind: str
    channel: str
    subject: str | None
    state: OutboxState
    reason: str | None
    not_before: datetime
    changed_at: datetime


@dataclass(frozen=True)
class DeliveryRefusal:
    """A refusal by Slack and its reason, in a channel or in direct messages; the latter don't name the recipient."""

    channel: str | None
    reason: str
