"""The database: rows that nobody can read, no room, no answer for a while, connections that break."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import make_url, text

from tests.faults.checker import check, nothing_twice
from tests.faults.harness import THREE, TWENTY, Company, has_said, slack_has_it

LOCKED = 6.0
"""Seconds for which nobody gets at the database: longer than the bot waits for it, and than its lease."""
CUTS = 5
NO_ROOM = (
    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END$$",
    "CREATE TRIGGER no_room BEFORE UPDATE ON outbox"
    " FOR EACH ROW WHEN (OLD.state = 'sending') EXECUTE FUNCTION no_room()",
)


async def odd_rows(company: Company) -> None:
    """Rows that cannot be read, each in its own way, keep nobody waiting but themselves."""
    newer, unwritten, _, strange = TWENTY[3:7]
    await company.owes([newer], kind="from_a_newer_version")
    await company.owes([unwritten, strange, *THREE])
    ours = "team_id = 'T0QAMAR' AND"
    async with company.database() as database, database.writing() as connection:
        if company.replicas == 1:
            await connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        else:
            await connection.execute(text("ALTER TABLE outbox DROP CONSTRAINT ck_outbox_state"))
        for change in (
            f"UPDATE drafts SET draft = '{{' WHERE {ours} user_id = '{unwritten}'",
            f"UPDATE outbox SET state = 'pondering' WHERE {ours} user_id = '{strange}'",
            f"UPDATE people SET tz = 'Mars/Olympus' WHERE {ours} user_id = 'U0CHEN'",
        ):
            await connection.execute(text(change))
    async with company.running(company.replicas):
        await company.sees(lambda: has_said(company, len(THREE)))
    notices = {one.recipient: one for one in await company.notices()}
    nothing_twice(company, tuple(notices.values()))
    odd = {user: (notices[user].state, notices[user].reason) for user in (newer, unwritten, strange)}
    unreadable = ("pending", "unreadable")
    assert odd == {newer: unreadable, unwritten: unreadable, strange: ("pondering", None)}


async def disk_is_full(company: Company) -> None:
    """There is no room to note that something has been said; once there is, it is known, and not said again."""
    await company.owes(THREE)
    await company.misbehaves({"kind": "slow", "ms": 700, "count": 1})
    if company.replicas > 1:
        await _runs(company, *NO_ROOM)
    async with company.running() as (bot,):
        await company.sees(lambda: slack_has_it(company))
        async with _no_room(company, bot.pid):
            await company.sees(lambda: has_failed(company))
        await company.ends()
    await check(company)


@asynccontextmanager
async def _no_room(company: Company, pid: int) -> AsyncIterator[None]:
    """Whatever the bot writes into its file is refused for want of room; PostgreSQL refuses it from the beginning."""
    if company.replicas > 1:
        yield
        await _runs(company, "DROP TRIGGER no_room ON outbox")
        return
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (_size_of_log(company), most))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


async def _runs(company: Company, *statements: str) -> None:
    async with company.database() as database, database.writing() as connection:
        for statement in statements:
            await connection.execute(text(statement))


def _size_of_log(company: Company) -> int:
    return Path(f"{_file(company)}-wal").stat().st_size


def _file(company: Company) -> str:
    return make_url(company.stage.database_url).database or ""


async def has_failed(company: Company) -> bool:
    """Whether a job came to grief."""
    return any('"job.failed"' in log for _, log in company.logs())


async def database_is_locked(company: Company) -> None:
    """Somebody else holds the database, for longer than anybody waits for it, while Slack takes something."""
    await company.owes(THREE)
    await company.misbehaves({"kind": "slow", "ms": 700, "count": 1})
    async with company.running():
        await company.sees(lambda: slack_has_it(company))
        async with _locked(company):
            await asyncio.sleep(LOCKED)  # it is the case
        await company.ends()
    await check(company)


@asynccontextmanager
async def _locked(company: Company) -> AsyncIterator[None]:
    if company.replicas > 1:
        async with company.database() as database, database.writing() as connection:
            await connection.execute(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
            yield
        return
    with closing(sqlite3.connect(_file(company), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


async def connections_are_lost(company: Company) -> None:
    """PostgreSQL hangs up on everybody, again and again. Of what was just begun it may be unknown whether it was."""
    await company.owes(TWENTY, each=3)
    await company.misbehaves({"kind": "slow", "ms": 50, "count": -1})
    async with company.running(company.replicas):
        for n in range(CUTS):
            await company.sees(lambda n=n: has_said(company, 5 * n + 1))  # type: ignore[misc]
            await _hang_up(company)
        ended = await company.ends()
    await check(company, lost=CUTS)
    assert sum(one.state == "sent" for one in ended) >= len(ended) - CUTS


async def _hang_up(company: Company) -> None:
    hang_up = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await _runs(company, hang_up)
