"""The result of one attempt to send a notice, derived from the exception, then the HTTP status, then Slack's code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.slack import error_codes
from bot.slack.errors import (
    UNCONNECTED_ERRORS,
    RefusedCallError,
    error_code,
    http_status,
    is_rate_limited,
    retry_after,
)


@dataclass(frozen=True)
class Sent:
    """Slack has posted it under this ts."""

    ts: str


@dataclass(frozen=True)
class NotSent:
    """It certainly wasn't posted, and may be tried again, perhaps at a time that Slack named."""

    reason: str
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Rejected:
    """Slack will never accept it as it is."""

    error: str


@dataclass(frozen=True)
class WorkspaceUnavailable:
    """Slack no longer knows the token or the workspace: nothing can be sent."""

    error: str


@dataclass(frozen=True)
class Unconfirmed:
    """Nobody knows whether it was posted."""

    reason: str


SendResult = Sent | NotSent | Rejected | WorkspaceUnavailable | Unconfirmed


@dataclass(frozen=True)
class NotFoundInHistory:
    """The search covered all messages of the period, and it isn't among them."""


@dataclass(frozen=True)
class InconclusiveSearch:
    """The search failed, or didn't cover the whole period."""

    reason: str


SearchResult = Sent | NotFoundInHistory | InconclusiveSearch


def classify_failure(problem: Exception) -> SendResult:
    """Return the result of a failed attempt; unless it's certain, it's Unconfirmed, and never sent again blindly."""
    if not isinstance(problem, RefusedCallError):
        if isinstance(problem, UNCONNECTED_ERRORS):
            return NotSent("unconnected")
        return Unconfirmed(type(problem).__name__)
    status, code = http_status(problem), error_code(problem)
    if is_rate_limited(problem):
        return NotSent("ratelimited", retry_after(problem))
    if status is None or status >= 500 or not code:
        return Unconfirmed(f"http_{status}" if status else "unreadable")
    if code in error_codes.SERVER_ERROR:
        return Unconfirmed(code)
    return WorkspaceUnavailable(code) if code in error_codes.WORKSPACE_OFF else Rejected(code)
