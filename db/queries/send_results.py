"""Results of sending claimed notices: known, unknown, and searched for in Slack."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database_clock import database_now
from db.models.notices import AttemptResult, Notice
from db.queries.outbox import Claim, notice_key
from db.schema.outbox import IS_IN_FLIGHT, attempts, outbox
from db.schema.row_mapping import columns_of, map_one_or_none
from db.schema.types import UTCDateTime

_IN_TEAM = outbox.c.team_id == bindparam("team")
_IS_CLAIMED = (
    _IN_TEAM
    & (outbox.c.id == bindparam("notice_id"))
    & (outbox.c.token == bindparam("claim_token"))
    & IS_IN_FLIGHT
)
_at = bindparam("at", type_=UTCDateTime)
_until = bindparam("until", type_=UTCDateTime)
_why = bindparam("why", type_=Text)
_ENDED = {"lease_until": None, "changed_at": _at}

_SENT = (
    update(outbox)
    .where(_IS_CLAIMED)
    .values(state="sent", channel=bindparam("sent_channel"), ts=bindparam("sent_ts"))
)
_SENT = _SENT.values(reason=None, **_ENDED)
_MARK_UNSENT = (
    update(outbox).where(_IS_CLAIMED).values(state="pending", not_before=_until, reason=_why, token=None)
)
_MARK_UNSENT = _MARK_UNSENT.values(misses=0, **_ENDED)
_FAILED = update(outbox).where(_IS_CLAIMED).values(state="failed", reason=_why, **_ENDED)
_UNKNOWN = (
    update(outbox).where(_IS_CLAIMED).values(state="unknown", reason=_why, lease_until=_until, changed_at=_at)
)
_MARK_ABANDONED = update(outbox).where(_IS_CLAIMED).values(state="unknown", reason=_why, **_ENDED)
_MARK_NOT_FOUND = update(outbox).where(_IS_CLAIMED).values(misses=bindparam("new_misses"), lease_until=_until)

_SENDING_TO_UNKNOWN = (
    update(outbox)
    .where(_IN_TEAM, IS_IN_FLIGHT, outbox.c.state == "sending")
    .values(state="unknown", reason=_why, lease_until=_until)
)
_EXPIRE_LEASES = _SENDING_TO_UNKNOWN.where(outbox.c.lease_until <= bindparam("clock"))

_LOCK_UNKNOWN = (
    select(*columns_of(Notice, outbox))
    .where(
        _IN_TEAM,
        IS_IN_FLIGHT,
        outbox.c.state == "unknown",
        outbox.c.lease_until <= bindparam("clock"),
    )
    .order_by(outbox.c.lease_until, outbox.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(outbox)
    .where(_IN_TEAM, outbox.c.id == bindparam("notice_id"))
    .values(token=bindparam("new_token"), worker=bindparam("by"), lease_until=_until)
)
_HAS_IN_FLIGHT = select(
    exists().where(
        _IN_TEAM, IS_IN_FLIGHT, outbox.c.user_id == bindparam("user"), outbox.c.lease_until.is_not(None)
    )
)
_HAS_RECEIVED = select(
    exists().where(
        _IN_TEAM,
        outbox.c.user_id == bindparam("user"),
        outbox.c.state == "sent",
        outbox.c.changed_at >= bindparam("since"),
    )
)
_RECORD_RESULT = (
    update(attempts)
    .where(
        attempts.c.team_id == bindparam("team"),
        attempts.c.outbox_id == bindparam("notice_id"),
        attempts.c.n == bindparam("number"),
        attempts.c.outcome.is_(None),
    )
    .values(outcome=bindparam("what"), http=bindparam("status"), error=bindparam("problem"))
)


async def record_attempt_result(connection: AsyncConnection, notice: Notice, result: AttemptResult) -> None:
    """Store the attempt's result, even if the claim on the notice was lost; the first result counts."""
    values = {
        "number": notice.attempts,
        "what": result.outcome,
        "status": result.http,
        "problem": result.error,
    }
    await connection.execute(_RECORD_RESULT, {**notice_key(notice), **values})


# Only the holder of the claim may call these; they return False and change nothing if somebody else holds it by now.


async def mark_sent(
    connection: AsyncConnection, notice: Notice, channel: str, ts: str, *, at: datetime
) -> bool:
    """Mark the notice as sent, with its channel and ts in Slack."""
    return await _update_claimed(
        connection, _SENT, notice, {"sent_channel": channel, "sent_ts": ts, "at": at}
    )


async def requeue_unsent_notice(
    connection: AsyncConnection, notice: Notice, until: datetime, reason: str, *, at: datetime
) -> bool:
    """Mark the notice as certainly not sent: it's pending again, due at `until`."""
    return await _update_claimed(connection, _MARK_UNSENT, notice, {"until": until, "why": reason, "at": at})


async def mark_failed(connection: AsyncConnection, notice: Notice, reason: str, at: datetime) -> bool:
    """Mark the notice as permanently refused by Slack."""
    return await _update_claimed(connection, _FAILED, notice, {"why": reason, "at": at})


async def mark_unknown(
    connection: AsyncConnection, notice: Notice, reason: str, wait: timedelta, *, at: datetime
) -> bool:
    """Mark that nobody knows whether the notice arrived; it's searched for after this wait."""
    until = await database_now(connection) + wait
    return await _update_claimed(connection, _UNKNOWN, notice, {"until": until, "why": reason, "at": at})


async def mark_search_missed(
    connection: AsyncConnection, notice: Notice, misses: int, pause: timedelta
) -> bool:
    """Store the number of complete searches that missed the notice; the next one is after this pause."""
    until = await database_now(connection) + pause
    return await _update_claimed(connection, _MARK_NOT_FOUND, notice, {"new_misses": misses, "until": until})


async def abandon_search(connection: AsyncConnection, notice: Notice, reason: str, at: datetime) -> bool:
    """Stop searching for the notice; it stays visible as unknown."""
    return await _update_claimed(connection, _MARK_ABANDONED, notice, {"why": reason, "at": at})


async def _update_claimed(
    connection: AsyncConnection, statement: Any, notice: Notice, values: dict[str, Any]
) -> bool:
    done = await connection.execute(statement, {**notice_key(notice), "claim_token": notice.token, **values})
    return bool(done.rowcount == 1)


async def mark_expired_leases_unknown(connection: AsyncConnection, team_id: str, wait: timedelta) -> int:
    """Mark notices with an expired lease as unknown, because they may have arrived; return their number.

    They never become pending again.
    """
    clock = await database_now(connection)
    values = {"team": team_id, "clock": clock, "until": clock + wait, "why": "lease_lapsed"}
    return (await connection.execute(_EXPIRE_LEASES, values)).rowcount


async def mark_sending_unknown(connection: AsyncConnection, team_id: str, wait: timedelta) -> int:
    """Mark every notice being sent as unknown, for a start as the only process; return their number."""
    until = await database_now(connection) + wait
    values = {"team": team_id, "until": until, "why": "restarted"}
    return (await connection.execute(_SENDING_TO_UNKNOWN, values)).rowcount


async def claim_notice_to_search(connection: AsyncConnection, team_id: str, claim: Claim) -> Notice | None:
    """Claim the unknown notice that has been due for a search the longest; nobody else searches for it meanwhile."""
    clock = await database_now(connection)
    found = map_one_or_none(
        Notice, await connection.execute(_LOCK_UNKNOWN, {"team": team_id, "clock": clock})
    )
    if found is None:
        return None
    values = {"new_token": claim.token, "by": claim.worker, "until": clock + claim.lease}
    await connection.execute(_TAKE, {**notice_key(found), **values})
    return replace(found, token=claim.token)


async def has_notice_in_flight(connection: AsyncConnection, team_id: str, user_id: str) -> bool:
    """Return whether a notice to the person is being sent, or may have arrived and is still searched for."""
    return bool((await connection.execute(_HAS_IN_FLIGHT, {"team": team_id, "user": user_id})).scalar_one())


async def has_received_notice_since(
    connection: AsyncConnection, team_id: str, user_id: str, at: datetime
) -> bool:
    """Return whether the person is known to have received a proactive message since then."""
    return bool(
        (
            await connection.execute(_HAS_RECEIVED, {"team": team_id, "user": user_id, "since": at})
        ).scalar_one()
    )
