"""A SQLite built without secure delete, to see that deleted words go because the program asks for it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def plain_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every connection begin as in a build without secure delete.

    Some systems compile SQLite with secure delete on, and some do not; that cannot be chosen while a test runs.
    So the standard library's `connect` is wrapped: our own settings, which come after it, have to turn it on.
    """
    usual = sqlite3.connect

    def connect(*given: Any, **more: Any) -> sqlite3.Connection:
        connection = usual(*given, **more)
        connection.execute("PRAGMA secure_delete = OFF")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect)


def database_bytes(file: Path) -> bytes:
    """Return all bytes of a database: of its file and of its log, but not of copies from before a migration."""
    beside = (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm"))
    return b"".join(part.read_bytes() for part in beside if part.exists())
