"""Deliveries: how it went with what is said unasked, by channel and never by person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Integer, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.notices import Posted, Refused
from db.outbox_tables import IS_OFF, IS_OVER, IS_PENDING, outbox, refused_reasons
from db.rows import all_of
from db.types import UTCDateTime

_IN_TEAM = outbox.c.team_id == bindparam("team")
_OLDEST_DUE = select(func.min(outbox.c.not_before)).where(
    _IN_TEAM, IS_PENDING, outbox.c.not_before <= bindparam("now")
)
_ANY_OFF = select(exists().where(_IN_TEAM, IS_OFF))
_since = bindparam("since_then", type_=UTCDateTime)
_IS_LATE = _IN_TEAM & IS_OVER & (outbox.c.changed_at > _since)

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
_CHANNEL = case((outbox.c.user_id.is_(None), outbox.c.recipient))
_told = bindparam("told", type_=UTCDateTime)
_how_many = func.count(outbox.c.user_id.distinct())
_how_many_told = func.count(case((outbox.c.changed_at <= _told, outbox.c.user_id)).distinct())
_how_many_new = func.count(case((outbox.c.changed_at > _told, outbox.c.user_id)).distinct())
_fewest = bindparam("fewest", type_=Integer)
_REFUSED = (
    select(_CHANNEL.label("place"), outbox.c.reason)
    .where(_IS_LATE, outbox.c.state == "failed", outbox.c.kind.not_in(bindparam("kinds", expanding=True)))
    .group_by("place", outbox.c.reason)
    .having(
        or_(
            and_(func.max(outbox.c.user_id).is_(None), func.max(outbox.c.changed_at) > _told),
            and_(_how_many >= _fewest, or_(_how_many_told < _fewest, _how_many_new >= _fewest)),
        )
    )
    .order_by("place", outbox.c.reason)
)
_NOTE_REFUSED = insert(refused_reasons).from_select(
    ["team_id", "reason", "at"],
    select(outbox.c.team_id, outbox.c.reason, bindparam("this_moment", type_=UTCDateTime))
    .where(_IS_LATE, outbox.c.state == "failed", outbox.c.user_id.is_not(None))
    .group_by(outbox.c.team_id, outbox.c.reason)
    .having(_how_many >= _fewest),
)
_NOTE_REFUSED = _NOTE_REFUSED.on_conflict_do_update(
    index_elements=["team_id", "reason"],
    set_={"at": _NOTE_REFUSED.excluded.at},
    where=refused_reasons.c.at < _since,
)
_REFUSED_TO_PEOPLE = (
    select(refused_reasons.c.reason)
    .where(refused_reasons.c.team_id == bindparam("team"), refused_reasons.c.at >= _since)
    .order_by(refused_reasons.c.reason)
)
_TOLD = select(func.max(outbox.c.attempt_started_at)).where(
    _IN_TEAM,
    outbox.c.user_id == bindparam("user"),
    outbox.c.kind == bindparam("what"),
    outbox.c.state.in_(["sending", "unknown", "sent"]),
)


async def find_oldest_due(session: AsyncConnection, team_id: str, now: datetime) -> datetime | None:
    """Since when the oldest of what is due has been due; None when nothing is."""
    found: datetime | None = (await session.execute(_OLDEST_DUE, {"team": team_id, "now": now})).scalar_one()
    return found


async def is_off(session: AsyncConnection, team_id: str) -> bool:
    """Whether something waits because Slack knows neither the token nor the workspace any more."""
    return bool((await session.execute(_ANY_OFF, {"team": team_id})).scalar_one())


async def list_posted(session: AsyncConnection, team_id: str, since_then: datetime) -> tuple[Posted, ...]:
    """What is still to be said in channels, and what has ended since then."""
    return all_of(Posted, await session.execute(_POSTED, {"team": team_id, "since_then": since_then}))


async def list_refused(
    session: AsyncConnection,
    team_id: str,
    kinds: Collection[str],
    since_then: datetime,
    *,
    fewest: int,
    told: datetime | None = None,
) -> tuple[Refused, ...]:
    """What Slack has refused for good since then, each reason once for each channel; these kinds left out.

    What it refused to people is among it when they are so many at least: of a few it would tell who was written to.
    Whoever was `told` at a moment reads only what is new to them: a channel that refused since, a reason that has
    come to so many people since. One person more is not: that would tell of the one.
    """
    key = {"team": team_id, "kinds": sorted(kinds), "fewest": fewest}
    key |= {"since_then": since_then, "told": told or since_then}
    return all_of(Refused, await session.execute(_REFUSED, key))


async def find_told(session: AsyncConnection, team_id: str, user_id: str, kind: str) -> datetime | None:
    """When this person was last told something of this kind, or may have been."""
    key = {"team": team_id, "user": user_id, "what": kind}
    found: datetime | None = (await session.execute(_TOLD, key)).scalar_one()
    return found


async def note_refused(
    session: AsyncConnection, team_id: str, since_then: datetime, *, fewest: int, at: datetime
) -> None:
    """Note why Slack has refused something to at least this many people since then, unless it's noted already."""
    key = {"team": team_id, "since_then": since_then, "fewest": fewest, "this_moment": at}
    await session.execute(_NOTE_REFUSED, key)


async def list_refused_to_people(
    session: AsyncConnection, team_id: str, since_then: datetime
) -> tuple[str, ...]:
    """Return why Slack refused something to many people, as noted since then; an erasure doesn't change it."""
    rows = await session.execute(_REFUSED_TO_PEOPLE, {"team": team_id, "since_then": since_then})
    return tuple(str(row.reason) for row in rows)
