"""Do-not-disturb times, fetched from Slack in bulk for the next recipients, and cached for a while."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.services import Services
from bot.slack.dnd_cache import DndWindow
from bot.slack.errors import failure_reason
from db.queries import outbox

log = structlog.get_logger(__name__)

MAX_USERS_PER_CALL = 50
"""The largest number of people that Slack is asked about in one call."""


async def refresh_dnd_of_due_recipients(services: Services, first: str) -> None:
    """Fetch the do-not-disturb times of this person and of the next recipients.

    When Slack doesn't answer, that's logged, and they count as having none.
    """
    now, quiet_times = services.clock.now(), services.dnd_cache
    async with services.database.read_transaction() as connection:
        due = await outbox.list_due_user_ids(connection, services.team, now, limit=MAX_USERS_PER_CALL - 1)
    users = quiet_times.list_stale_users(dict.fromkeys((first, *due)), now)
    found: dict[str, Any] = {}
    try:
        async with asyncio.timeout(services.timings.call_timeout.total_seconds()):
            answer = await services.messenger.call_once("dnd.teamInfo", users=",".join(users))
        found = answer.get("users", {})
    except Exception as problem:  # noqa: BLE001 no failure of this call may hold back a notice
        log.warning("quiet_times.unknown", people=len(users), reason=failure_reason(problem))
    quiet_times.entries.update({user: _parse_window(found.get(user, {}), now) for user in users})


def _parse_window(dnd: dict[str, Any], now: datetime) -> DndWindow:
    if not dnd.get("dnd_enabled"):
        return DndWindow(now)
    start, end = (
        datetime.fromtimestamp(int(dnd.get(f"next_dnd_{edge}_ts", 0)), UTC) for edge in ("start", "end")
    )
    return DndWindow(now, start, end)
