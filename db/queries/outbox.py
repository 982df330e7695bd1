"""The outbox: proactive messages, and how one replica at a time claims them for sending."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Text, bindparam, exists, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database_clock import database_now
from db.models import Person
from db.models.notices import Notice, PlannedNotice
from db.schema.core import people
from db.schema.outbox import IS_PENDING, attempts, outbox
from db.schema.row_mapping import columns_of, values_of
from db.schema.types import UTCDateTime

_COLUMNS = columns_of(Notice, outbox)
_PERSON_COLUMNS = columns_of(Person, people)
_IN_TEAM = outbox.c.team_id == bindparam("team")
_THIS_ONE = _IN_TEAM & (outbox.c.id == bindparam("notice_id"))
_until = bindparam("until", type_=UTCDateTime)

_ADD = insert(outbox).on_conflict_do_nothing()

_IS_DUE = _IN_TEAM & IS_PENDING & (outbox.c.not_before <= bindparam("now"))
_ANY_DUE = select(exists().where(_IS_DUE))
_IN_ORDER = (outbox.c.not_before, outbox.c.id)
_DUE_PEOPLE = (
    select(outbox.c.user_id)
    .where(_IS_DUE, outbox.c.user_id.is_not(None))
    .order_by(*_IN_ORDER)
    .limit(bindparam("most"))
)
# One statement locks the notice and the person's row without waiting: people in the middle of a turn,
# or just saying stop, are skipped, and no two transactions wait for each other.
_LOCK_DUE_FOR_PERSON = (
    select(*_COLUMNS, *_PERSON_COLUMNS)
    .join_from(
        outbox, people, (people.c.team_id == outbox.c.team_id) & (people.c.user_id == outbox.c.user_id)
    )
    .where(_IS_DUE)
    .order_by(*_IN_ORDER)
    .limit(1)
    .with_for_update(of=[outbox, people], skip_locked=True)
)
_LOCK_DUE_FOR_CHANNEL = (
    select(*_COLUMNS)
    .where(_IS_DUE, outbox.c.user_id.is_(None))
    .order_by(*_IN_ORDER)
    .limit(1)
    .with_for_update(skip_locked=True)
)

_at = bindparam("at", type_=UTCDateTime)
_CLAIM = (
    update(outbox)
    .where(_THIS_ONE, IS_PENDING)
    .values(
        state="sending",
        token=bindparam("new_token"),
        worker=bindparam("by"),
        lease_until=_until,
        attempts=outbox.c.attempts + 1,
        attempt_started_at=_at,
        changed_at=_at,
        misses=0,
        reason=None,
    )
)
_ADD_ATTEMPT = plain_insert(attempts)
_why = bindparam("why", type_=Text)
_LIST_ATTEMPTS = (
    select(outbox.c.kind, outbox.c.occurrence, outbox.c.attempt_started_at)
    .where(
        _IN_TEAM,
        outbox.c.user_id == bindparam("user"),
        outbox.c.kind.in_(bindparam("kinds", expanding=True)),
        outbox.c.state.in_(["sending", "unknown", "sent"]),
    )
    .order_by(outbox.c.id)
)
_COUNT_SENT = select(func.count()).where(
    _IN_TEAM,
    outbox.c.kind.in_(bindparam("kinds", expanding=True)),
    outbox.c.state == "sent",
    outbox.c.attempt_started_at >= bindparam("since_then"),
    outbox.c.attempt_started_at < bindparam("until_then"),
)
_POSTPONE = update(outbox).where(_THIS_ONE, IS_PENDING).values(not_before=_until, reason=_why)
_END = (
    update(outbox)
    .where(_THIS_ONE, IS_PENDING)
    .values(state=bindparam("new_state"), reason=_why, changed_at=_at)
)
_IS_PENDING_FOR_PERSON = (
    _IN_TEAM
    & IS_PENDING
    & (outbox.c.user_id == bindparam("user"))
    & (outbox.c.kind == bindparam("what"))
    & (outbox.c.subject == bindparam("about"))
)
_HAS_PENDING = select(exists().where(_IS_PENDING_FOR_PERSON))
_SUPPRESS = (
    update(outbox).where(_IS_PENDING_FOR_PERSON).values(state="suppressed", reason="answered", changed_at=_at)
)
# Only due notices can be too late, because no notice ends before it starts, so the index skips all others.
# A notice postponed past its end, because Slack asked for a pause, expires when that pause is over.
_EXPIRE = (
    update(outbox)
    .where(_IS_DUE, outbox.c.not_after < bindparam("now"))
    .values(state="expired", reason="too_late", changed_at=bindparam("now"))
)

UnsentState = Literal["suppressed", "expired", "failed"]


@dataclass(frozen=True)
class DueNotice:
    """A due notice and its recipient, both locked until the transaction ends."""

    notice: Notice
    person: Person | None


@dataclass(frozen=True)
class NoticeAttempt:
    """A notice that was sent, or may have been, and when."""

    kind: str
    occurrence: str
    attempted_at: datetime


@dataclass(frozen=True)
class Claim:
    """A claim on a notice: its secret token, the worker, the lease, and the calendar time of the claim."""

    token: str
    worker: str
    lease: timedelta
    claimed_at: datetime


async def add_notices(
    connection: AsyncConnection, team_id: str, planned: Collection[PlannedNotice], at: datetime
) -> None:
    """Add these notices to the outbox, skipping facts that are already in it."""
    rows = [new_outbox_row(team_id, one, at) for one in planned]
    if rows:
        await connection.execute(_ADD, rows)


def new_outbox_row(team_id: str, planned: PlannedNotice, at: datetime) -> dict[str, object]:
    """Return the outbox row of a planned notice."""
    return {
        **values_of(planned),
        "team_id": team_id,
        "key": secrets.token_hex(16),
        "state": "pending",
        "attempts": 0,
        "misses": 0,
        "planned_at": at,
        "changed_at": at,
    }


async def has_due_notices(connection: AsyncConnection, team_id: str, now: datetime) -> bool:
    """Return whether anything is due; a read, so that an idle tick writes nothing."""
    return bool((await connection.execute(_ANY_DUE, {"team": team_id, "now": now})).scalar_one())


async def list_due_user_ids(
    connection: AsyncConnection, team_id: str, now: datetime, *, limit: int
) -> tuple[str, ...]:
    """Return the people with due notices, those waiting longest first."""
    rows = await connection.execute(_DUE_PEOPLE, {"team": team_id, "now": now, "most": limit})
    return tuple(dict.fromkeys(row.user_id for row in rows))


async def lock_next_due_notice(connection: AsyncConnection, team_id: str, now: datetime) -> DueNotice | None:
    """Return and lock the notice due for longest, skipping notices and people that others have locked."""
    key = {"team": team_id, "now": now}
    row = (await connection.execute(_LOCK_DUE_FOR_CHANNEL, key)).one_or_none()
    if row is not None:
        return DueNotice(Notice(*row), None)
    row = (await connection.execute(_LOCK_DUE_FOR_PERSON, key)).one_or_none()
    if row is None:
        return None
    notice_width = len(_COLUMNS)
    return DueNotice(Notice(*row[:notice_width]), Person(*row[notice_width:]))


async def claim_notice(connection: AsyncConnection, notice: Notice, claim: Claim) -> Notice | None:
    """Claim a pending notice for sending, with a lease and an attempt; return None if it's no longer pending."""
    until = await database_now(connection) + claim.lease
    values = {"new_token": claim.token, "by": claim.worker, "until": until, "at": claim.claimed_at}
    if (await connection.execute(_CLAIM, {**notice_key(notice), **values})).rowcount == 0:
        return None
    n = notice.attempts + 1
    attempt = {"team_id": notice.team_id, "outbox_id": notice.id, "n": n, "started_at": claim.claimed_at}
    await connection.execute(_ADD_ATTEMPT, attempt)
    return replace(
        notice,
        state="sending",
        token=claim.token,
        lease_until=until,
        attempts=n,
        attempt_started_at=claim.claimed_at,
        misses=0,
        reason=None,
    )


async def list_possible_deliveries(
    connection: AsyncConnection, team_id: str, user_id: str, kinds: Collection[str]
) -> tuple[NoticeAttempt, ...]:
    """Return the person's notices of these kinds that were sent, or may have been."""
    key = {"team": team_id, "user": user_id, "kinds": sorted(kinds)}
    return tuple(NoticeAttempt(*row) for row in await connection.execute(_LIST_ATTEMPTS, key))


async def count_sent_notices(
    connection: AsyncConnection,
    team_id: str,
    kinds: Collection[str],
    since_then: datetime,
    *,
    until_then: datetime,
) -> int:
    """Return the number of notices of these kinds sent between these times."""
    key = {"team": team_id, "kinds": sorted(kinds), "since_then": since_then, "until_then": until_then}
    return int((await connection.execute(_COUNT_SENT, key)).scalar_one())


async def postpone_notice(connection: AsyncConnection, notice: Notice, until: datetime, reason: str) -> None:
    """Postpone a pending notice."""
    await connection.execute(_POSTPONE, {**notice_key(notice), "until": until, "why": reason})


async def end_notice(
    connection: AsyncConnection, notice: Notice, state: UnsentState, reason: str, *, at: datetime
) -> None:
    """End a pending notice without sending it."""
    await connection.execute(_END, {**notice_key(notice), "new_state": state, "why": reason, "at": at})


async def has_pending_notice(
    connection: AsyncConnection, team_id: str, kind: str, subject: str, *, user_id: str
) -> bool:
    """Return whether the person has a pending notice of this kind about the subject."""
    values = {"team": team_id, "what": kind, "about": subject, "user": user_id}
    return bool((await connection.execute(_HAS_PENDING, values)).scalar())


async def suppress_answered_notices(
    connection: AsyncConnection, team_id: str, kind: str, subject: str, *, user_id: str, at: datetime
) -> int:
    """Suppress the person's pending notices of this kind about the subject; return their number."""
    values = {"team": team_id, "what": kind, "about": subject, "user": user_id, "at": at}
    return (await connection.execute(_SUPPRESS, values)).rowcount


async def expire_notices(connection: AsyncConnection, team_id: str, now: datetime) -> int:
    """Expire every pending notice that is too late; return their number."""
    return (await connection.execute(_EXPIRE, {"team": team_id, "now": now})).rowcount


def notice_key(notice: Notice) -> dict[str, object]:
    """Return the parameters by which a statement finds this notice."""
    return {"team": notice.team_id, "notice_id": notice.id}
