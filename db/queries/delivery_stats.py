"""Statistics of proactive messages, by channel and never by person."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.notices import ChannelPost, DeliveryRefusal
from db.schema.outbox import HAS_ENDED, IS_PENDING, IS_WORKSPACE_OFF, outbox, refused_reasons
from db.schema.row_mapping import map_all
from db.schema.types import UTCDateTime

_IN_TEAM = outbox.c.team_id == bindparam("team")
_OLDEST_DUE = select(func.min(outbox.c.not_before)).where(
    _IN_TEAM, IS_PENDING, outbox.c.not_before <= bindparam("now")
)
_IS_WORKSPACE_OFF = select(exists().where(_IN_TEAM, IS_WORKSPACE_OFF))
_since = bindparam("since_then", type_=UTCDateTime)
_HAS_ENDED_SINCE = _IN_TEAM & HAS_ENDED & (outbox.c.changed_at > _since)

_POSTED = (
    select(
        outbox.c.kind,
        outbox.c.recipient,
        outbox.c.subject,
        outbox.c.state,
        outbox.c.reason,
        outbox.c.not_before,
        outbox.c.changed_at,
    )
    .where(
        _IN_TEAM,
        outbox.c.user_id.is_(None),
        or_(outbox.c.state.in_(["pending", "sending"]), outbox.c.changed_at >= _since),
    )
    .order_by(outbox.c.not_before, outbox.c.id)
)
_REFUSED = (
    select(outbox.c.recipient, outbox.c.reason)
    .where(_HAS_ENDED_SINCE, outbox.c.state == "failed", outbox.c.user_id.is_(None))
    .group_by(outbox.c.recipient, outbox.c.reason)
    .having(func.max(outbox.c.changed_at) > bindparam("newer_than", type_=UTCDateTime))
    .order_by(outbox.c.recipient, outbox.c.reason)
)
_REFUSED_PEOPLE = (
    select(outbox.c.reason, outbox.c.user_id, func.max(outbox.c.changed_at).label("refused_at"))
    .where(_HAS_ENDED_SINCE, outbox.c.state == "failed", outbox.c.user_id.is_not(None))
    .group_by(outbox.c.reason, outbox.c.user_id)
)
_REASONS = (
    select(refused_reasons.c.reason, refused_reasons.c.noted_at)
    .where(refused_reasons.c.team_id == bindparam("team"), refused_reasons.c.noted_at > _since)
    .order_by(refused_reasons.c.reason)
)
_UPSERT_REASON = insert(refused_reasons)
_UPSERT_REASON = _UPSERT_REASON.on_conflict_do_update(
    index_elements=["team_id", "reason"], set_={"noted_at": _UPSERT_REASON.excluded.noted_at}
)
_LAST_NOTICE_TIME = select(func.max(outbox.c.attempt_started_at)).where(
    _IN_TEAM,
    outbox.c.user_id == bindparam("user"),
    outbox.c.kind == bindparam("what"),
    outbox.c.state.in_(["sending", "unknown", "sent"]),
)


async def find_oldest_due_time(connection: AsyncConnection, team_id: str, now: datetime) -> datetime | None:
    """Return since when the oldest due notice has been due, or None if none is due."""
    found: datetime | None = (
        await connection.execute(_OLDEST_DUE, {"team": team_id, "now": now})
    ).scalar_one()
    return found


async def has_notice_awaiting_workspace(connection: AsyncConnection, team_id: str) -> bool:
    """Return whether a notice waits because Slack no longer accepts the token or knows the workspace."""
    return bool((await connection.execute(_IS_WORKSPACE_OFF, {"team": team_id})).scalar_one())


async def list_pending_or_recent_posts(
    connection: AsyncConnection, team_id: str, since_then: datetime
) -> tuple[ChannelPost, ...]:
    """Return pending channel posts, and those that have ended since then."""
    return map_all(
        ChannelPost, await connection.execute(_POSTED, {"team": team_id, "since_then": since_then})
    )


async def list_permanent_refusal_reasons(
    connection: AsyncConnection, team_id: str, since_then: datetime, *, notified_at: datetime | None = None
) -> tuple[DeliveryRefusal, ...]:
    """Return permanent refusals since then: each reason once per channel, and the reasons noted for people.

    With `notified_at`, return only refusals that are newer than that notification.
    """
    newer_than = max(notified_at, since_then) if notified_at else since_then
    key = {"team": team_id, "since_then": since_then, "newer_than": newer_than}
    to_people = await connection.execute(_REASONS, {"team": team_id, "since_then": newer_than})
    return (
        *map_all(DeliveryRefusal, await connection.execute(_REFUSED, key)),
        *(DeliveryRefusal(None, str(row.reason)) for row in to_people),
    )


async def note_widespread_refusal_reasons(
    connection: AsyncConnection, team_id: str, since_then: datetime, *, min_people: int, at: datetime
) -> None:
    """Note the reasons for which Slack refused at least this many people since then, and again for as many more.

    A noted reason stays when one of them is erased, and one more person doesn't renew it: either would expose them.
    """
    key = {"team": team_id, "since_then": since_then}
    noted = {row.reason: row.noted_at for row in await connection.execute(_REASONS, key)}
    refused = await connection.execute(_REFUSED_PEOPLE, key)
    people = Counter(
        row.reason for row in refused if row.reason not in noted or row.refused_at > noted[row.reason]
    )
    for reason in sorted(reason for reason, n in people.items() if n >= min_people):
        await connection.execute(_UPSERT_REASON, {"team_id": team_id, "reason": reason, "noted_at": at})


async def find_last_notice_time(
    connection: AsyncConnection, team_id: str, user_id: str, kind: str
) -> datetime | None:
    """Return when the person last got, or may have got, a notice of this kind."""
    key = {"team": team_id, "user": user_id, "what": kind}
    found: datetime | None = (await connection.execute(_LAST_NOTICE_TIME, key)).scalar_one()
    return found
