"""A SQLite built without secure delete, to test that the program turns it on."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def plain_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection start as in a build without secure delete.

    Some systems compile SQLite with secure delete on and some don't, and a running test can't choose. So this wraps
    the standard library's `connect`: the program's pragmas, which run after it, must turn secure delete on.
    """
    original_connect = sqlite3.connect

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = original_connect(*args, **options)
        connection.execute("PRAGMA secure_delete = OFF")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect)


def database_bytes(file: Path) -> bytes:
    """Return all bytes of a database, in its file and its log but not in copies from before a migration."""
    parts = (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm"))
    return b"".join(part.read_bytes() for part in parts if part.exists())
