"""Database faults: unreadable rows, a full disk, a long lock, broken connections."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import make_url, text

from tests.faults.harness import THREE_USERS, TWENTY_USERS, FaultHarness, has_faults_used_up, has_posted
from tests.faults.invariants import assert_nothing_twice, check_invariants

LOCK_SECONDS = 6.0
"""Seconds for which the database is locked: longer than the bot's timeout and its lease."""
CUTS = 5
NO_ROOM = (
    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END$$",
    "CREATE TRIGGER no_room BEFORE UPDATE ON outbox"
    " FOR EACH ROW WHEN (OLD.state = 'sending') EXECUTE FUNCTION no_room()",
)


async def rows_are_unreadable(harness: FaultHarness) -> None:
    """Check that rows that are unreadable in different ways hold up nobody else."""
    newer, unwritten, _, strange = TWENTY_USERS[3:7]
    await harness.plan_notices([newer], kind="from_a_newer_version")
    await harness.plan_notices([unwritten, strange, *THREE_USERS])
    ours = "team_id = 'T0QAMAR' AND"
    async with harness.open_database() as database, database.write_transaction() as connection:
        if harness.replicas == 1:
            await connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        else:
            await connection.execute(text("ALTER TABLE outbox DROP CONSTRAINT ck_outbox_state"))
        for change in (
            f"UPDATE drafts SET draft = '{{' WHERE {ours} user_id = '{unwritten}'",
            f"UPDATE outbox SET state = 'pondering' WHERE {ours} user_id = '{strange}'",
            f"UPDATE people SET tz = 'Mars/Olympus' WHERE {ours} user_id = 'U0CHEN'",
        ):
            await connection.execute(text(change))
    async with harness.run_bots(harness.replicas):
        await harness.wait_until(lambda: has_posted(harness, len(THREE_USERS)))
    notices = {one.recipient: one for one in await harness.list_notices()}
    assert_nothing_twice(harness, tuple(notices.values()))
    odd = {user: (notices[user].state, notices[user].reason) for user in (newer, unwritten, strange)}
    unreadable = ("pending", "unreadable")
    assert odd == {newer: unreadable, unwritten: unreadable, strange: ("pondering", None)}


async def disk_is_full(harness: FaultHarness) -> None:
    """Fill the disk so that a send can't be recorded; once there's room, it's found and not repeated."""
    await harness.plan_notices(THREE_USERS)
    await harness.script_faults({"kind": "slow", "ms": 700, "count": 1})
    if harness.replicas > 1:
        await _execute(harness, *NO_ROOM)
    async with harness.run_bots() as (bot,):
        await harness.wait_until(lambda: has_faults_used_up(harness))
        async with _full_disk(harness, bot.pid):
            await harness.wait_until(lambda: has_failed_job(harness))
        await harness.wait_until_ended()
    # The two claimed meanwhile may not have been sent, which nobody could record: they end as unknown, visibly.
    await check_invariants(harness, lost=2)


@asynccontextmanager
async def _full_disk(harness: FaultHarness, pid: int) -> AsyncIterator[None]:
    """Refuse the bot's writes for lack of space; PostgreSQL refuses from the start."""
    if harness.replicas > 1:
        yield
        await _execute(harness, "DROP TRIGGER no_room ON outbox")
        return
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (_log_size(harness), most))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


async def _execute(harness: FaultHarness, *statements: str) -> None:
    async with harness.open_database() as database, database.write_transaction() as connection:
        for statement in statements:
            await connection.execute(text(statement))


def _log_size(harness: FaultHarness) -> int:
    return Path(f"{_database_file(harness)}-wal").stat().st_size


def _database_file(harness: FaultHarness) -> str:
    return make_url(harness.app.database_url).database or ""


async def has_failed_job(harness: FaultHarness) -> bool:
    """Return whether a job failed."""
    return any('"job.failed"' in log for _, log in harness.read_logs())


async def database_is_locked(harness: FaultHarness) -> None:
    """Lock the database for longer than anybody waits while Slack accepts a post."""
    await harness.plan_notices(THREE_USERS)
    await harness.script_faults({"kind": "slow", "ms": 700, "count": 1})
    async with harness.run_bots():
        await harness.wait_until(lambda: has_faults_used_up(harness))
        async with _locked_database(harness):
            await asyncio.sleep(LOCK_SECONDS)  # the faulty connection is the point of the case
        await harness.wait_until_ended()
    await check_invariants(harness)


@asynccontextmanager
async def _locked_database(harness: FaultHarness) -> AsyncIterator[None]:
    if harness.replicas > 1:
        async with harness.open_database() as database, database.write_transaction() as connection:
            await connection.execute(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
            yield
        return
    with closing(sqlite3.connect(_database_file(harness), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


async def connections_are_lost(harness: FaultHarness) -> None:
    """Cut all PostgreSQL connections again and again; sends in flight may end as unknown."""
    await harness.plan_notices(TWENTY_USERS, each=3)
    await harness.script_faults({"kind": "slow", "ms": 50, "count": -1})
    async with harness.run_bots(harness.replicas):
        for n in range(CUTS):
            await harness.wait_until(lambda n=n: has_posted(harness, 5 * n + 1))  # type: ignore[misc]
            await _terminate_connections(harness)
        ended = await harness.wait_until_ended()
    await check_invariants(harness, lost=CUTS)
    assert sum(one.state == "sent" for one in ended) >= len(ended) - CUTS


async def _terminate_connections(harness: FaultHarness) -> None:
    hang_up = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await _execute(harness, hang_up)
