"""Databases with a full outbox, due later or at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.bolt import TEAM
from bench.people import draft_for, person_for, writer
from bot.notices.paused import PAUSED_KIND
from db.engine.database import Database
from db.models import ShownDraft
from db.models.drafts import DraftStatus
from db.models.notices import PlannedNotice
from db.queries import drafts, outbox, people

WORKDAY = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
"""A Wednesday at noon, local time of these people: no hour is better for messages."""
MONTH = timedelta(days=30)

# Ten times as fast as planning each notice; the rows are the same.
_INSERT_WAITING = text("""
    INSERT INTO outbox (team_id, key, kind, recipient, user_id, occurrence, subject, policy, state,
                        not_before, not_after, planned_at, attempts, misses, changed_at)
    WITH RECURSIVE numbers(n) AS (SELECT 0 WHERE 0 < :count UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT :team, printf('%032x', n), :kind, printf('U0BENCH%07d', n), printf('U0BENCH%07d', n),
           printf('draft%011x', n), printf('draft%011x', n), 'once', 'pending',
           :not_before, :not_after, :planned_at, 0, 0, :planned_at
    FROM numbers
""")
SQLITE_MOMENT_FORMAT = "%Y-%m-%d %H:%M:%S.%f"
"""SQLite's format of a stored datetime."""


async def fill_later_notices(database: Database, count: int) -> None:
    """Add `count` notices that are due in a month."""
    moments = {"planned_at": WORKDAY, "not_before": WORKDAY + MONTH, "not_after": WORKDAY + 2 * MONTH}
    stored = {name: moment.strftime(SQLITE_MOMENT_FORMAT) for name, moment in moments.items()}
    async with database.write_transaction() as connection:
        await connection.execute(
            _INSERT_WAITING, {"team": TEAM, "kind": PAUSED_KIND.name, "count": count, **stored}
        )


async def fill_due_notices(database: Database, count: int) -> None:
    """Add `count` people with a paused draft, each with a reminder that is due now."""
    async with database.write_transaction() as connection:
        for number in range(count):
            await _add_paused_draft(connection, number)
        await outbox.add_notices(connection, TEAM, [_reminder(number) for number in range(count)], WORKDAY)


async def _add_paused_draft(connection: AsyncConnection, number: int) -> None:
    author, paused_at = writer(number), WORKDAY - MONTH
    await people.upsert_person_profile(connection, person_for(author, paused_at))
    await people.set_dm_channel(connection, TEAM, author.user, author.channel)
    paused_draft = replace(draft_for(author, number), status=DraftStatus.PAUSED)
    await drafts.add_draft(connection, TEAM, author.user, paused_draft, at=paused_at)
    await drafts.mark_draft_shown(
        connection, TEAM, author.draft, ShownDraft(1, author.channel, author.ts, f"{author.draft}.1.q")
    )


def _reminder(number: int) -> PlannedNotice:
    author = writer(number)
    return PlannedNotice(
        PAUSED_KIND.name,
        author.user,
        f"{author.draft}:{(WORKDAY - MONTH).date()}",
        WORKDAY,
        WORKDAY + MONTH,
        user_id=author.user,
        subject=author.draft,
    )
