"""Slack's failures: their names, the code in each, and whether another try may help."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import PostFailedError, UnreachableError
from bot.slack import error_codes

RefusedCallError = SlackApiError
"""Slack answered, but didn't do the call; `error_code` returns its reason."""
UNCERTAIN_ERRORS = (TimeoutError, aiohttp.ClientError, ConnectionError)
"""The network failed, and nobody knows whether Slack did the call."""
CALL_ERRORS = (RefusedCallError, *UNCERTAIN_ERRORS)
"""Every failure of a call to Slack."""
UNCONNECTED_ERRORS = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""The network failed before a byte of the request left: no name, no route, no handshake."""


def error_code(problem: BaseException) -> str:
    """Return Slack's error code; an empty string if the failure has none, as a proxy's page or a dropped connection."""
    if not isinstance(problem, SlackApiError):
        return ""
    data = getattr(problem.response, "data", problem.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def has_code(problem: BaseException, codes: Collection[str]) -> bool:
    """Return whether Slack refused the call with one of these codes."""
    return error_code(problem) in codes


def http_status(problem: BaseException) -> int | None:
    """Return the HTTP status of Slack's answer, if there was one."""
    response = getattr(problem, "response", None)
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return int(status) if isinstance(status, int) else None


def failure_reason(problem: BaseException) -> str:
    """Return one word for the failure: Slack's code, the HTTP status or the exception's name."""
    if isinstance(problem, SlackApiError):
        return error_code(problem) or f"http_{http_status(problem)}"
    return type(problem).__name__


def retry_after(problem: BaseException) -> timedelta:
    """Return the pause that Slack asked for, at least one second."""
    headers = getattr(getattr(problem, "response", None), "headers", {})
    try:
        return timedelta(seconds=max(1.0, float(headers.get("Retry-After", 1))))
    except ValueError:
        return timedelta(seconds=1)


def is_rate_limited(problem: BaseException) -> bool:
    """Return whether Slack asked for fewer calls."""
    if not isinstance(problem, SlackApiError):
        return False
    return http_status(problem) == 429 or has_code(problem, error_codes.BUSY)


def is_retryable(problem: BaseException) -> bool:
    """Return whether the failure may pass by itself: busy, unavailable, or unknown whether the call was done."""
    if isinstance(problem, SlackApiError):
        status, code = http_status(problem), error_code(problem)
        # A proxy's page in place of an answer names no error.
        is_away = (status is not None and status >= 500) or not code
        return is_rate_limited(problem) or is_away or code in error_codes.SERVER_ERROR
    return isinstance(problem, UNCERTAIN_ERRORS)


def translate_refused_reply(problem: BaseException) -> BaseException:
    """Return our own error for a reply that Slack refused; any other failure unchanged."""
    if not isinstance(problem, SlackApiError):
        return problem
    return PostFailedError(str(problem)) if is_retryable(problem) else UnreachableError(str(problem))
