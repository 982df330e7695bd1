"""Paced deletion of the bot's messages and files in Slack: one refusal holds up no other, a restart loses none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services import Services
from bot.slack import error_codes
from bot.slack.errors import CALL_ERRORS, failure_reason
from bot.slack.send_result import Rejected, classify_failure

log = structlog.get_logger(__name__)

STUCK_AFTER_TRIES = 8
"""After this many refusals, which takes five days, an operator must look into it."""


@dataclass(frozen=True)
class DeletionPolicy:
    """How many messages or files one round deletes, and the seconds between two (machine time).

    A refused deletion is tried again after an hour (`retry_after`), then after twice as long each time, and once a
    week in the end: if somebody has deleted the message in Slack by then, it counts as gone.
    """

    max_count: int = 10
    pause_seconds: float = 1.2
    retry_after: timedelta = timedelta(hours=1)
    max_retry_after: timedelta = timedelta(days=7)


@dataclass(frozen=True)
class Deletion:
    """A message or file to delete, and the functions that store the result in the database."""

    channel: str
    ts: str
    tries: int
    mark: Callable[[AsyncConnection], Awaitable[None]]
    postpone: Callable[[AsyncConnection, datetime, str], Awaitable[bool]]


async def delete_each(
    services: Services, log_name: str, waiting: Iterable[Deletion], policy: DeletionPolicy
) -> int:
    """Delete these one at a time and return how many are gone; `log_name` is the prefix of the log events."""
    gone = 0
    for number, one in enumerate(waiting):
        if number:
            await asyncio.sleep(policy.pause_seconds)
        try:
            await services.messenger.delete(one.channel, one.ts)
        except CALL_ERRORS as problem:
            outcome = classify_failure(problem)
            if not isinstance(outcome, Rejected) or outcome.error in error_codes.APP_REFUSED:
                log.warning(f"{log_name}.waits", error=failure_reason(problem))
                break  # Slack is unreachable, or refuses the app: all of them must wait
            if outcome.error not in error_codes.UNDELETABLE:
                await _put_aside(services, log_name, one, (outcome.error, policy))
                continue
        async with services.transaction() as connection:
            await one.mark(connection)
        gone += 1
    return gone


async def _put_aside(
    services: Services, log_name: str, one: Deletion, refusal: tuple[str, DeletionPolicy]
) -> None:
    """Postpone a deletion that Slack refuses, for longer each time, while the others go on."""
    error, policy = refusal
    until = services.clock.now() + min(policy.retry_after * 2 ** min(one.tries, 10), policy.max_retry_after)
    async with services.transaction() as connection:
        is_counted = await one.postpone(connection, until, error)
    if not is_counted:
        return
    if one.tries + 1 == STUCK_AFTER_TRIES:
        log.error(f"{log_name}.stuck", error=error)
    else:
        log.warning(f"{log_name}.refused", error=error)
