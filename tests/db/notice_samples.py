"""Notices for tests of the outbox: planned, claimed and read back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database import Database
from db.models.notices import Notice, PlannedNotice
from db.queries.outbox import Claim, add_notices, claim_notice, lock_next_due_notice
from db.queries.people import upsert_person_profile
from db.schema.outbox import attempts, outbox
from db.schema.row_mapping import columns_of, map_all
from tests.db.samples import MAYA, NOW, OTHER_TEAM, TEAM, person

DAY = timedelta(days=1)
LEASE = timedelta(seconds=120)
EXPIRED_LEASE = timedelta(seconds=-1)
"""A lease that has expired when it starts."""

SAMPLE_NOTICE = Notice(
    id=1,
    team_id=OTHER_TEAM,
    key="k",
    kind="landed",
    recipient=MAYA,
    user_id=MAYA,
    occurrence="d-maya",
    subject="d-maya",
    policy="once",
    state="sending",
    not_before=NOW,
    not_after=NOW,
    planned_at=NOW,
    attempts=1,
    misses=0,
    attempt_started_at=NOW,
    lease_until=NOW,
    token="token-1",
    channel=None,
    ts=None,
    reason=None,
)
"""The first notice of a database, as a caller in the other workspace would name it."""


def planned_notice(**facts: Any) -> PlannedNotice:
    """Make a question for Maya that's due now and for a day."""
    return replace(PlannedNotice("landed", MAYA, "d1", NOW, NOW + DAY, user_id=MAYA, subject="d1"), **facts)


def sample_claim(**facts: Any) -> Claim:
    """Make the claim of a replica."""
    return replace(Claim("token-1", "replica-1", LEASE, NOW), **facts)


async def plan_notices(
    database: Database, *notices: PlannedNotice, people: tuple[str, ...] = (MAYA,)
) -> None:
    """Store these people and plan these notices."""
    async with database.write_transaction() as connection:
        for user in people:
            await upsert_person_profile(connection, person(user_id=user))
        await add_notices(connection, TEAM, notices, NOW)


async def claim_next(connection: AsyncConnection, by: Claim | None = None) -> Notice | None:
    """Claim the notice due for longest, as a replica does in one transaction."""
    due = await lock_next_due_notice(connection, TEAM, NOW)
    return None if due is None else await claim_notice(connection, due.notice, by or sample_claim())


async def claim_and_commit(database: Database, by: Claim | None = None) -> Notice:
    """Claim the next notice and commit."""
    async with database.write_transaction() as connection:
        notice = await claim_next(connection, by)
    assert notice is not None
    return notice


@asynccontextmanager
async def open_replicas(url: str, count: int) -> AsyncIterator[list[Database]]:
    """Open this number of replicas on PostgreSQL; on SQLite, yield one process that number of times."""
    opened = [await Database.open(url) for _ in range(count if url.startswith("postgresql") else 1)]
    try:
        yield [opened[n % len(opened)] for n in range(count)]
    finally:
        for database in opened:
            await database.close()


async def stored_notices(database: Database) -> tuple[Notice, ...]:
    """Return every stored notice."""
    async with database.read_transaction() as connection:
        return map_all(
            Notice, await connection.execute(select(*columns_of(Notice, outbox)).order_by(outbox.c.id))
        )


async def only_notice(database: Database) -> Notice:
    """Return the only stored notice."""
    (only,) = await stored_notices(database)
    return only


async def list_outcomes(database: Database) -> list[tuple[int, str | None]]:
    """Return the attempts with their outcomes."""
    async with database.read_transaction() as connection:
        rows = await connection.execute(
            select(attempts.c.n, attempts.c.outcome).order_by(attempts.c.outbox_id, attempts.c.n)
        )
        return [(row.n, row.outcome) for row in rows]
