"""Guards that can be taken away, one at a time, to see that a case notices: what is not missed guards nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot import app
from bot.drain import DrainGate
from bot.handlers import directory as heard_people
from bot.rules.calendars import Calendar, zone_or_default
from bot.rules.eligibility import SendNow
from bot.slack import client as messenger
from bot.slack import error_codes, socket_mode
from bot.slack.send_result import NotSent, Rejected
from bot.workflows.delivery import claim, eligibility, reconcile
from db.engine.database_clock import database_now
from db.queries import outbox as outbox_queries
from db.queries import processed_events, rate_limits, send_results
from db.schema.outbox import outbox


def _resend_unknown() -> None:
    """What nobody knows the fate of is sent again, as queue libraries do."""

    async def again(connection: Any, notice: Any, reason: str, wait: timedelta, *, at: datetime) -> bool:
        return await send_results.mark_unsent(connection, notice, at, reason, at=at)

    send_results.mark_unknown = again


def _requeue_expired_leases() -> None:
    """What was held for too long, or by a process that is gone, is simply due again."""

    async def due_again(connection: Any, team_id: str, wait: timedelta) -> int:
        now = await database_now(connection)
        mine = (outbox.c.team_id == team_id) & (outbox.c.state == "sending")
        late = mine & (outbox.c.lease_until <= now)
        return int((await connection.execute(update(outbox).where(late).values(state="pending"))).rowcount)

    send_results.expire_leases = due_again
    send_results.mark_sending_unknown = due_again


def _skip_claim_recheck() -> None:
    """The claim does not ask again whether it is still wanted."""

    async def send(*given: Any, **more: Any) -> SendNow:
        return SendNow()

    claim._decide_for_person = send


def _reconcile_once() -> None:
    """One look that finds nothing is enough."""
    reconcile.REQUIRED_SEARCHES = 1


def _rate_limit_single_notice() -> None:
    """Slack's "slow down" concerns one notice only."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    rate_limits.pause_recipient = nothing


def _confirm_stop_unchecked() -> None:
    """A stop is confirmed without looking whether something is on its way."""

    async def never(*given: Any, **more: Any) -> bool:
        return False

    send_results.has_notice_in_flight = never


def _skip_person_lock() -> None:
    """Whoever claims does not lock the person."""
    outbox_queries._LOCK_DUE_FOR_PERSON = outbox_queries._LOCK_DUE_FOR_PERSON.with_for_update(
        of=[outbox_queries.outbox], skip_locked=True
    )


def _ignore_processed_events() -> None:
    """Nobody remembers which events had come before."""

    async def new(*given: Any, **more: Any) -> bool:
        return True

    processed_events.add_processed_event = new


def _ignore_departures() -> None:
    """Nobody listens when Slack tells that somebody has left, and nobody is asked again."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    heard_people.handle_user_change = nothing


def _assume_utc() -> None:
    """Everybody is taken to live where the clock shows UTC."""
    eligibility.calendar_for = lambda *_: Calendar(zone_or_default("UTC"))


def _put_time_in_occurrence() -> None:
    """A fact is named after the moment at which it was planned."""
    usual = outbox_queries.add_notices

    async def each_anew(connection: Any, team_id: str, planned: Any, at: datetime) -> None:
        named = [replace(one, occurrence=f"{one.occurrence}:{at.isoformat()}") for one in planned]
        await usual(connection, team_id, named, at)

    outbox_queries.add_notices = each_anew


def _call_auth_test_each_event() -> None:
    """Slack is asked who the bot is at each event, as a bot for many workspaces does by itself."""
    usual = app.AsyncApp

    def asking(*, authorize: Any, client: Any, **more: Any) -> Any:
        async def ask() -> Any:
            await client.auth_test()
            return await authorize()

        return usual(authorize=ask, client=client, **more)

    app.AsyncApp = asking


def _disable_socket_watch() -> None:
    """Nobody notices that a connection is dead or over."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    socket_mode.SocketConnection.is_dead = property(lambda self: False)
    socket_mode._NonReconnectingClient.connect_to_new_endpoint = nothing


def _retry_unreadable_first() -> None:
    """What cannot be read is looked at again before anything else, for ever."""
    usual = outbox_queries.postpone_notice

    async def but_this(connection: Any, notice: Any, until: datetime, reason: str) -> None:
        if reason != "unreadable":
            await usual(connection, notice, until, reason)

    outbox_queries.postpone_notice = but_this


def _retry_permanent_refusals() -> None:
    """What Slack refuses for good is tried for ever."""
    usual = messenger.classify_failure

    def hopeful(problem: Exception) -> Any:
        found = usual(problem)
        return NotSent(found.error) if isinstance(found, Rejected) else found

    messenger.classify_failure = hopeful


def _treat_revoked_token_as_refusal() -> None:
    """That the token is worth nothing is taken for a refusal of the one message."""
    error_codes.WORKSPACE_OFF = frozenset()


def _exit_without_drain() -> None:
    """The process ends without waiting for what is being said."""

    async def at_once(self: DrainGate, patience: timedelta) -> None:
        return None

    DrainGate.wait_until_drained = at_once


def _disable_lease_recovery() -> None:
    """After a start nobody looks for what was being said, and no lease ever runs out."""

    async def none(*given: Any, **more: Any) -> int:
        return 0

    send_results.mark_sending_unknown = none
    send_results.expire_leases = none


def _send_expired() -> None:
    """What is too late goes out all the same."""
    _skip_claim_recheck()

    async def none(*given: Any, **more: Any) -> int:
        return 0

    reconcile.outbox.expire_notices = none


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "blind_resend": _resend_unknown,
    "lapsed_is_pending": _requeue_expired_leases,
    "no_recheck": _skip_claim_recheck,
    "one_look": _reconcile_once,
    "no_pace": _rate_limit_single_notice,
    "hasty_confirmation": _confirm_stop_unchecked,
    "no_drain": _exit_without_drain,
    "no_orphans": _disable_lease_recovery,
    "no_expiry": _send_expired,
    "no_lock": _skip_person_lock,
    "no_receipts": _ignore_processed_events,
    "deaf_to_leavers": _ignore_departures,
    "one_zone": _assume_utc,
    "named_by_the_hour": _put_time_in_occurrence,
    "asks_who_it_is": _call_auth_test_each_event,
    "no_watchdog": _disable_socket_watch,
    "odd_row_first": _retry_unreadable_first,
    "never_refused": _retry_permanent_refusals,
    "never_off": _treat_revoked_token_as_refusal,
}
