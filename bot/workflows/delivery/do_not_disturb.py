"""Do-not-disturb: asked of Slack for everybody who is due next, in bulk; remembered for a while."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.services import Services
from bot.slack.dnd_cache import Quiet
from bot.slack.send_result import why_of
from db.queries import outbox

log = structlog.get_logger(__name__)

AT_ONCE = 50
"""So many people Slack is asked about in one call."""


async def ask_quiet_times(services: Services, first: str) -> None:
    """Know of this person, and with them of everybody who is due next. When Slack does not say, that is noted,
    and counts as none."""
    now, quiet_times = services.clock.now(), services.quiet_times
    async with services.database.reading() as connection:
        due = await outbox.list_due_people(connection, services.team, now, limit=AT_ONCE - 1)
    users = quiet_times.missing(dict.fromkeys((first, *due)), now)
    told: dict[str, Any] = {}
    try:
        async with asyncio.timeout(services.timings.call.total_seconds()):
            answer = await services.messenger.once("dnd.teamInfo", users=",".join(users))
        told = answer.get("users", {})
    except Exception as problem:  # noqa: BLE001 whatever keeps Slack from saying keeps nobody from being told
        log.warning("quiet_times.unknown", people=len(users), reason=why_of(problem))
    quiet_times.known.update({user: _quiet(told.get(user, {}), now) for user in users})


def _quiet(said: dict[str, Any], now: datetime) -> Quiet:
    if not said.get("dnd_enabled"):
        return Quiet(now)
    begins, ends = (
        datetime.fromtimestamp(int(said.get(f"next_dnd_{end}_ts", 0)), UTC) for end in ("start", "end")
    )
    return Quiet(now, begins, ends)
