"""Guards that can be taken away, one at a time, to see that a case notices: what is not missed guards nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot import app
from bot.handlers import directory as heard_people
from bot.rules.calendars import Calendar, zone_named
from bot.rules.eligibility import Send
from bot.services import Gate
from bot.slack import client as messenger
from bot.slack import send_result as outcome_words
from bot.slack import socket_mode
from bot.slack.send_result import NotSent, Rejected
from bot.workflows.delivery import claim, eligibility, reconcile
from db.engine.database_clock import clock_time
from db.queries import outbox as outbox_queries
from db.queries import processed_events, rate_limits, send_results
from db.schema.outbox import outbox


def _resend_blindly() -> None:
    """What nobody knows the fate of is sent again, as queue libraries do."""

    async def again(connection: Any, notice: Any, reason: str, wait: timedelta, *, at: datetime) -> bool:
        return await send_results.mark_unsent(connection, notice, at, reason, at=at)

    send_results.mark_unknown = again


def _begin_again_blindly() -> None:
    """What was held for too long, or by a process that is gone, is simply due again."""

    async def due_again(connection: Any, team_id: str, wait: timedelta) -> int:
        now = await clock_time(connection)
        mine = (outbox.c.team_id == team_id) & (outbox.c.state == "sending")
        late = mine & (outbox.c.lease_until <= now)
        return int((await connection.execute(update(outbox).where(late).values(state="pending"))).rowcount)

    send_results.lapse_leases = due_again
    send_results.orphan_notices = due_again


def _ask_nobody() -> None:
    """The claim does not ask again whether it is still wanted."""

    async def send(*given: Any, **more: Any) -> Send:
        return Send()

    claim._verdict = send


def _look_once() -> None:
    """One look that finds nothing is enough."""
    reconcile.LOOKS = 1


def _heed_nobody() -> None:
    """Slack's "slow down" concerns one notice only."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    rate_limits.slow_down = nothing


def _confirm_at_once() -> None:
    """A stop is confirmed without looking whether something is on its way."""

    async def never(*given: Any, **more: Any) -> bool:
        return False

    send_results.is_flying = never


def _lock_nobody() -> None:
    """Whoever claims does not lock the person."""
    outbox_queries._TO_PERSON = outbox_queries._TO_PERSON.with_for_update(
        of=[outbox_queries.outbox], skip_locked=True
    )


def _forget_receipts() -> None:
    """Nobody remembers which events had come before."""

    async def new(*given: Any, **more: Any) -> bool:
        return True

    processed_events.add_receipt = new


def _be_deaf_to_leavers() -> None:
    """Nobody listens when Slack tells that somebody has left, and nobody is asked again."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    heard_people.hear_of = nothing


def _live_in_one_zone() -> None:
    """Everybody is taken to live where the clock shows UTC."""
    eligibility.calendar_for = lambda *_: Calendar(zone_named("UTC"))


def _name_the_hour() -> None:
    """A fact is named after the moment at which it was planned."""
    usual = outbox_queries.add_notices

    async def each_anew(connection: Any, team_id: str, planned: Any, at: datetime) -> None:
        named = [replace(one, occurrence=f"{one.occurrence}:{at.isoformat()}") for one in planned]
        await usual(connection, team_id, named, at)

    outbox_queries.add_notices = each_anew


def _ask_who_we_are() -> None:
    """Slack is asked who the bot is at each event, as a bot for many workspaces does by itself."""
    usual = app.AsyncApp

    def asking(*, authorize: Any, client: Any, **more: Any) -> Any:
        async def ask() -> Any:
            await client.auth_test()
            return await authorize()

        return usual(authorize=ask, client=client, **more)

    app.AsyncApp = asking


def _watch_no_socket() -> None:
    """Nobody notices that a connection is dead or over."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    socket_mode.Connection.is_dead = property(lambda self: False)
    socket_mode._Client.connect_to_new_endpoint = nothing


def _let_one_stop_all() -> None:
    """What cannot be read is looked at again before anything else, for ever."""
    usual = outbox_queries.postpone_notice

    async def but_this(connection: Any, notice: Any, until: datetime, reason: str) -> None:
        if reason != "unreadable":
            await usual(connection, notice, until, reason)

    outbox_queries.postpone_notice = but_this


def _never_give_up() -> None:
    """What Slack refuses for good is tried for ever."""
    usual = messenger.outcome_of

    def hopeful(problem: Exception) -> Any:
        found = usual(problem)
        return NotSent(found.error) if isinstance(found, Rejected) else found

    messenger.outcome_of = hopeful


def _take_no_for_an_answer() -> None:
    """That the token is worth nothing is taken for a refusal of the one message."""
    outcome_words._OFF = frozenset()


def _leave_at_once() -> None:
    """The process ends without waiting for what is being said."""

    async def at_once(self: Gate, patience: timedelta) -> None:
        return None

    Gate.drained = at_once


def _forget_orphans() -> None:
    """After a start nobody looks for what was being said, and no lease ever runs out."""

    async def none(*given: Any, **more: Any) -> int:
        return 0

    send_results.orphan_notices = none
    send_results.lapse_leases = none


def _never_expire() -> None:
    """What is too late goes out all the same."""
    _ask_nobody()

    async def none(*given: Any, **more: Any) -> int:
        return 0

    reconcile.outbox.expire_notices = none


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
    "no_lock": _lock_nobody,
    "no_receipts": _forget_receipts,
    "deaf_to_leavers": _be_deaf_to_leavers,
    "one_zone": _live_in_one_zone,
    "named_by_the_hour": _name_the_hour,
    "asks_who_it_is": _ask_who_we_are,
    "no_watchdog": _watch_no_socket,
    "odd_row_first": _let_one_stop_all,
    "never_refused": _never_give_up,
    "never_off": _take_no_for_an_answer,
}
