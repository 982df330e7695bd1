"""What one try to say something came to, told from how it failed: by the exception, then the status, then the error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.errors import BUSY_CODES, SERVER_ERROR_CODES


@dataclass(frozen=True)
class Sent:
    """It stands in Slack, under this ts."""

    ts: str


@dataclass(frozen=True)
class NotSent:
    """It did not go out, for certain, and may be tried again; Slack may have said when."""

    reason: str
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Rejected:
    """Slack will never take it as it is."""

    error: str


@dataclass(frozen=True)
class WorkspaceUnavailable:
    """Slack knows the token or the workspace no more: nothing at all goes out."""

    error: str


@dataclass(frozen=True)
class Unconfirmed:
    """Nobody knows whether it arrived."""

    reason: str


SendResult = Sent | NotSent | Rejected | WorkspaceUnavailable | Unconfirmed


@dataclass(frozen=True)
class NotFoundInHistory:
    """It was looked for in all the messages of its time, and is not among them."""


@dataclass(frozen=True)
class InconclusiveSearch:
    """It could not be looked for, or not everywhere."""

    reason: str


SearchResult = Sent | NotFoundInHistory | InconclusiveSearch

_WORKSPACE_OFF_CODES = frozenset(
    {"account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"}
)
# Raised before a byte of the request has left: no name, no route, no handshake.
_CONNECT_ERRORS = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


def classify_failure(problem: Exception) -> SendResult:
    """What a failed try came to. Whatever is not known for certain is unknown, and never sent again blindly."""
    if not isinstance(problem, SlackApiError):
        if isinstance(problem, _CONNECT_ERRORS):
            return NotSent("unconnected")
        return Unconfirmed(type(problem).__name__)
    status, error = http_status(problem), error_code(problem)
    if status == 429 or error in BUSY_CODES:
        return NotSent("ratelimited", _retry_after(problem))
    if status is None or status >= 500 or not error:
        return Unconfirmed(f"http_{status}" if status else "unreadable")
    if error in SERVER_ERROR_CODES:
        return Unconfirmed(error)
    return WorkspaceUnavailable(error) if error in _WORKSPACE_OFF_CODES else Rejected(error)


def failure_reason(problem: Exception) -> str:
    """In one word why something could not be asked of Slack."""
    if isinstance(problem, SlackApiError):
        return error_code(problem) or f"http_{http_status(problem)}"
    return type(problem).__name__


def http_status(problem: Exception) -> int | None:
    """The status with which Slack answered, if it did."""
    response = getattr(problem, "response", None)
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return int(status) if isinstance(status, int) else None


def error_code(problem: SlackApiError) -> str:
    """Slack's word for what is wrong; nothing when the answer was no answer of Slack's."""
    data = getattr(problem.response, "data", problem.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _retry_after(problem: SlackApiError) -> timedelta:
    headers = getattr(problem.response, "headers", {})
    try:
        return timedelta(seconds=max(1.0, float(headers.get("Retry-After", 1))))
    except ValueError:
        return timedelta(seconds=1)
