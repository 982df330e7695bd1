"""The floor for planning a wave: read every person into memory, insert a notice for each, nothing else."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from bench.child_server import ServerHandle

_INSERT_NOTICE = """
    INSERT INTO outbox (team_id, recipient, user_id, key, kind, occurrence, subject, policy, state,
                        not_before, not_after, planned_at, changed_at, attempts, misses)
    VALUES (?, ?, ?, ?, 'invitation', 'wave', 'wave', 'once', 'pending',
            '2026-12-01 09:00:00.000000', '2026-12-31 09:00:00.000000',
            '2026-11-18 11:00:00.000000', '2026-11-18 11:00:00.000000', 0, 0)
"""


@asynccontextmanager
async def serve_copy(file: str) -> AsyncIterator[ServerHandle]:
    """Answer `plan` by copying people to the outbox in this SQLite file; the answer is the seconds it took."""

    async def plan() -> float:
        before = time.perf_counter()
        _copy_people_to_outbox(file)
        return time.perf_counter() - before

    yield ServerHandle(queries={"plan": plan})


def _copy_people_to_outbox(file: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        everybody = connection.execute("SELECT * FROM people").fetchall()
        rows = [(team, user, user, secrets.token_hex(16)) for team, user, *_ in everybody]
        connection.executemany(_INSERT_NOTICE, rows)
        connection.commit()
