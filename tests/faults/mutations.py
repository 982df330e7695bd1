"""Guards that can be taken away, one at a time, to see that a case notices: what is not missed guards nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot.rules.verdicts import Send
from bot.services import Gate
from bot.workflows import delivering, reconciling
from db import outcomes, paces
from db.clocks import clock_time
from db.outbox_tables import outbox


def _resend_blindly() -> None:
    """What nobody knows the fate of is sent again, as queue libraries do."""

    async def again(session: Any, notice: Any, reason: str, wait: timedelta, *, at: datetime) -> bool:
        return await outcomes.mark_unsent(session, notice, at, reason, at=at)

    outcomes.mark_unknown = again


def _begin_again_blindly() -> None:
    """What was held for too long, or by a process that is gone, is simply due again."""

    async def due_again(session: Any, team_id: str, wait: timedelta) -> int:
        now = await clock_time(session)
        mine = (outbox.c.team_id == team_id) & (outbox.c.state == "sending")
        late = mine & (outbox.c.lease_until <= now)
        return int((await session.execute(update(outbox).where(late).values(state="pending"))).rowcount)

    outcomes.lapse_leases = due_again
    outcomes.orphan_notices = due_again


def _ask_nobody() -> None:
    """The claim does not ask again whether it is still wanted."""

    async def send(*given: Any, **more: Any) -> Send:
        return Send()

    delivering._verdict = send


def _look_once() -> None:
    """One look that finds nothing is enough."""
    reconciling.LOOKS = 1


def _heed_nobody() -> None:
    """Slack's "slow down" concerns one notice only."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    paces.slow_down = nothing


def _confirm_at_once() -> None:
    """A stop is confirmed without looking whether something is on its way."""

    async def never(*given: Any, **more: Any) -> bool:
        return False

    outcomes.is_flying = never


def _leave_at_once() -> None:
    """The process ends without waiting for what is being said."""

    async def at_once(self: Gate, patience: timedelta) -> None:
        return None

    Gate.drained = at_once


def _forget_orphans() -> None:
    """After a start nobody looks for what was being said, and no lease ever runs out."""

    async def none(*given: Any, **more: Any) -> int:
        return 0

    outcomes.orphan_notices = none
    outcomes.lapse_leases = none


def _never_expire() -> None:
    """What is too late goes out all the same."""
    _ask_nobody()

    async def none(*given: Any, **more: Any) -> int:
        return 0

    reconciling.outbox.expire_notices = none


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "blind_resend": _resend_blindly,
    "lapsed_is_pending": _begin_again_blindly,
    "no_recheck": _ask_nobody,
    "one_look": _look_once,
    "no_pace": _heed_nobody,
    "hasty_confirmation": _confirm_at_once,
    "no_drain": _leave_at_once,
    "no_orphans": _forget_orphans,
    "no_expiry": _never_expire,
}
