"""One bot for one SQLite file: a lock of the operating system's, which even a killed process gives free."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from db.engine.errors import DatabaseInUseError


class FileLock:
    """The lock beside a database file. Made by `take`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, database: Path) -> FileLock:
        """Take the lock of this database file, or raise DatabaseInUse at once."""
        path = database.with_name(database.name + ".lock")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise DatabaseInUseError(
                f"Another bot is already running on {database}; stop it first, or use PostgreSQL for several."
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        """Give the lock free; the empty file stays, for a file taken away could be locked twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
