"""Do-not-disturb: asked of Slack for everybody who is due next, in bulk; remembered for a while."""

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
"""So many people Slack is asked about in one call."""


async def ask_quiet_times(services: Services, first: str) -> None:
    """Know of this person, and with them of everybody who is due next. When Slack does not say, that is noted,
    and counts as none."""
    now, quiet_times = services.clock.now(), services.dnd_cache
    async with services.database.read_transaction() as connection:
        due = await outbox.list_due_user_ids(connection, services.team, now, limit=MAX_USERS_PER_CALL - 1)
    users = quiet_times.list_stale_users(dict.fromkeys((first, *due)), now)
    told: dict[str, Any] = {}
    try:
        async with asyncio.timeout(services.timings.call_timeout.total_seconds()):
            answer = await services.messenger.call_once("dnd.teamInfo", users=",".join(users))
        told = answer.get("users", {})
    except Exception as problem:  # noqa: BLE001 whatever keeps Slack from saying keeps nobody from being told
        log.warning("quiet_times.unknown", people=len(users), reason=failure_reason(problem))
    quiet_times.entries.update({user: _parse_quiet(told.get(user, {}), now) for user in users})


def _parse_quiet(dnd: dict[str, Any], now: datetime) -> DndWindow:
    if not dnd.get("dnd_enabled"):
        return DndWindow(now)
    begins, ends = (
        datetime.fromtimestamp(int(dnd.get(f"next_dnd_{end}_ts", 0)), UTC) for end in ("start", "end")
    )
    return DndWindow(now, begins, ends)
