"""Mutations that each remove one guard, to prove that a case notices: a guard that nobody misses guards nothing."""

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
    """Send notices with an unknown outcome again, as queue libraries do."""

    async def again(connection: Any, notice: Any, reason: str, wait: timedelta, *, at: datetime) -> bool:
        return await send_results.requeue_unsent_notice(connection, notice, at, reason, at=at)

    send_results.mark_unknown = again


def _requeue_expired_leases() -> None:
    """Make notices with an expired lease, or claimed by a dead process, simply due again."""

    async def due_again(connection: Any, team_id: str, wait: timedelta) -> int:
        now = await database_now(connection)
        mine = (outbox.c.team_id == team_id) & (outbox.c.state == "sending")
        late = mine & (outbox.c.lease_until <= now)
        return int((await connection.execute(update(outbox).where(late).values(state="pending"))).rowcount)

    send_results.mark_expired_leases_unknown = due_again
    send_results.mark_sending_unknown = due_again


def _skip_claim_recheck() -> None:
    """Skip the claim's check that the notice is still wanted."""

    async def send(*given: Any, **more: Any) -> SendNow:
        return SendNow()

    claim._decide_for_person = send


def _reconcile_once() -> None:
    """Accept a single search that finds nothing."""
    reconcile.REQUIRED_SEARCHES = 1


def _rate_limit_single_notice() -> None:
    """Apply Slack's rate limit to one notice only."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    rate_limits.pause_recipient = nothing


def _confirm_stop_unchecked() -> None:
    """Confirm an opt-out without checking for sends in flight."""

    async def never(*given: Any, **more: Any) -> bool:
        return False

    send_results.has_notice_in_flight = never


def _skip_person_lock() -> None:
    """Claim without locking the person's row."""
    outbox_queries._LOCK_DUE_FOR_PERSON = outbox_queries._LOCK_DUE_FOR_PERSON.with_for_update(
        of=[outbox_queries.outbox], skip_locked=True
    )


def _ignore_processed_events() -> None:
    """Forget which events have been processed."""

    async def new(*given: Any, **more: Any) -> bool:
        return True

    processed_events.add_processed_event = new


def _ignore_departures() -> None:
    """Ignore Slack's events about departures, and don't ask again."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    heard_people.handle_user_change = nothing


def _assume_utc() -> None:
    """Assume UTC for everybody."""
    eligibility.person_calendar = lambda *_: Calendar(zone_or_default("UTC"))


def _put_time_in_occurrence() -> None:
    """Put the planning time into the occurrence."""
    usual = outbox_queries.add_notices

    async def each_anew(connection: Any, team_id: str, planned: Any, at: datetime) -> None:
        named = [replace(one, occurrence=f"{one.occurrence}:{at.isoformat()}") for one in planned]
        await usual(connection, team_id, named, at)

    outbox_queries.add_notices = each_anew


def _call_auth_test_each_event() -> None:
    """Call `auth.test` for each event, as Bolt does by default for several workspaces."""
    usual = app.AsyncApp

    def asking(*, authorize: Any, client: Any, **more: Any) -> Any:
        async def ask() -> Any:
            await client.auth_test()
            return await authorize()

        return usual(authorize=ask, client=client, **more)

    app.AsyncApp = asking


def _disable_socket_watch() -> None:
    """Turn off the watchdog for dead and closed connections."""

    async def nothing(*given: Any, **more: Any) -> None:
        return None

    socket_mode.SocketConnection.is_dead = property(lambda self: False)
    socket_mode._NonReconnectingClient.connect_to_new_endpoint = nothing


def _retry_unreadable_first() -> None:
    """Retry unreadable notices before all others, forever."""
    usual = outbox_queries.postpone_notice

    async def but_this(connection: Any, notice: Any, until: datetime, reason: str) -> None:
        if reason != "unreadable":
            await usual(connection, notice, until, reason)

    outbox_queries.postpone_notice = but_this


def _retry_permanent_refusals() -> None:
    """Retry permanent refusals of Slack forever."""
    usual = messenger.classify_failure

    def hopeful(problem: Exception) -> Any:
        found = usual(problem)
        return NotSent(found.error) if isinstance(found, Rejected) else found

    messenger.classify_failure = hopeful


def _treat_revoked_token_as_refusal() -> None:
    """Treat a revoked token as a refusal of the one message."""
    error_codes.WORKSPACE_OFF = frozenset()


def _exit_without_drain() -> None:
    """Exit without waiting for sends in flight."""

    async def at_once(self: DrainGate, patience: timedelta) -> None:
        return None

    DrainGate.wait_until_drained = at_once


def _disable_lease_recovery() -> None:
    """Recover nothing after a start, and never let a lease expire."""

    async def none(*given: Any, **more: Any) -> int:
        return 0

    send_results.mark_sending_unknown = none
    send_results.mark_expired_leases_unknown = none


def _send_expired() -> None:
    """Send notices that are too late."""
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
