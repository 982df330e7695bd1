"""Processed events, recorded so that a repeat has no effect."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.schema.core import processed_events

_ADD = insert(processed_events).on_conflict_do_nothing()
_HAS = select(
    exists().where(
        processed_events.c.team_id == bindparam("team"), processed_events.c.event_id == bindparam("event_id")
    )
)
_PRUNE = delete(processed_events).where(
    processed_events.c.team_id == bindparam("team"), processed_events.c.processed_at < bindparam("before")
)


async def add_processed_event(connection: AsyncConnection, team_id: str, event_id: str, at: datetime) -> bool:
    """Record that the event is being processed; return False if it was recorded before.

    An incoming `client_msg_id` serves as a second id, because one gesture can arrive as two events.
    """
    added = await connection.execute(_ADD, {"team_id": team_id, "event_id": event_id, "processed_at": at})
    return added.rowcount == 1


async def has_processed_event(connection: AsyncConnection, team_id: str, event_id: str) -> bool:
    """Return whether the event has been processed."""
    found = await connection.execute(_HAS, {"team": team_id, "event_id": event_id})
    return bool(found.scalar_one())


async def prune_processed_events(connection: AsyncConnection, team_id: str, before: datetime) -> int:
    """Delete events too old for Slack to repeat; return their number."""
    return (await connection.execute(_PRUNE, {"team": team_id, "before": before})).rowcount
