"""Slack's failures: which codes mean what, and whether another try is worth it."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import PostFailedError, UnreachableError

UNCERTAIN_ERRORS = (TimeoutError, aiohttp.ClientError, ConnectionError)
"""Failures after which nobody knows whether Slack did what it was asked."""
GONE_CODES = frozenset(
    {"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed", "not_found"}
    | {"file_not_found", "file_deleted"}
)
"""What was to be changed or deleted no longer exists."""
BUSY_CODES = frozenset({"ratelimited", "rate_limited"})
SERVER_ERROR_CODES = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


def is_rate_limited(problem: BaseException) -> bool:
    """Return whether Slack asked for fewer calls."""
    if not isinstance(problem, SlackApiError):
        return False
    return problem.response.status_code == 429 or problem.response.get("error") in BUSY_CODES


def is_retryable(problem: BaseException) -> bool:
    """Return whether the failure may pass by itself: busy, unavailable, or unknown whether the call was done."""
    if isinstance(problem, SlackApiError):
        error = problem.response.get("error")
        # A proxy's page in place of an answer names no error.
        away = problem.response.status_code >= 500 or not error
        return is_rate_limited(problem) or away or error in SERVER_ERROR_CODES
    return isinstance(problem, UNCERTAIN_ERRORS)


def translate_error(problem: BaseException) -> BaseException:
    """Return the error of ours that names this failure of a reply."""
    if not isinstance(problem, SlackApiError):
        return problem
    return PostFailedError(str(problem)) if is_retryable(problem) else UnreachableError(str(problem))
