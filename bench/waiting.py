"""Outboxes: what waits to be said, to many people, later or at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.bolt import TEAM
from bench.people import draft_of, person_of, writer
from bot.notices.paused import PAUSED
from db.engine.database import Database
from db.models import Shown
from db.models.drafts import Status
from db.models.notices import Planned
from db.queries import drafts, outbox, people

WORKDAY = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
"""A Wednesday at noon, where these people live: no hour is better for being written to."""
MONTH = timedelta(days=30)

# Ten times as fast as planning each by itself; what stands there is the same.
_WAITING = text("""
    INSERT INTO outbox (team_id, key, kind, recipient, user_id, occurrence, subject, policy, state,
                        not_before, not_after, planned_at, attempts, misses, changed_at)
    WITH RECURSIVE numbers(n) AS (SELECT 0 WHERE 0 < :count UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT :team, printf('%032x', n), :kind, printf('U0BENCH%07d', n), printf('U0BENCH%07d', n),
           printf('draft%011x', n), printf('draft%011x', n), 'once', 'pending',
           :not_before, :not_after, :planned_at, 0, 0, :planned_at
    FROM numbers
""")
STORED = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLite keeps a moment."""


async def fill_for_later(database: Database, count: int) -> None:
    """So many notices that are due in a month."""
    moments = {"planned_at": WORKDAY, "not_before": WORKDAY + MONTH, "not_after": WORKDAY + 2 * MONTH}
    stored = {name: moment.strftime(STORED) for name, moment in moments.items()}
    async with database.writing() as connection:
        await connection.execute(_WAITING, {"team": TEAM, "kind": PAUSED.name, "count": count, **stored})


async def fill_for_now(database: Database, count: int) -> None:
    """So many people with a paused draft, who are all to be reminded of it now."""
    async with database.writing() as connection:
        for number in range(count):
            await _rest(connection, number)
        await outbox.add_notices(connection, TEAM, [_reminder(number) for number in range(count)], WORKDAY)


async def _rest(connection: AsyncConnection, number: int) -> None:
    one, at = writer(number), WORKDAY - MONTH
    await people.put_person(connection, person_of(one, at))
    await people.set_dm_channel(connection, TEAM, one.user, one.channel)
    resting = replace(draft_of(one, number), status=Status.PAUSED)
    await drafts.add_draft(connection, TEAM, one.user, resting, at=at)
    await drafts.mark_shown(connection, TEAM, one.draft, Shown(1, one.channel, one.ts, f"{one.draft}.1.q"))


def _reminder(number: int) -> Planned:
    one = writer(number)
    return Planned(
        PAUSED.name,
        one.user,
        f"{one.draft}:{(WORKDAY - MONTH).date()}",
        WORKDAY,
        WORKDAY + MONTH,
        user_id=one.user,
        subject=one.draft,
    )
