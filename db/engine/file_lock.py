"""A lock that lets only one bot use a SQLite file: an OS file lock, released even if the process is killed."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from db.engine.errors import DatabaseInUseError


class FileLock:
    """The lock of a database file, made by `acquire`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, database: Path) -> FileLock:
        """Acquire the lock of this database file, or raise DatabaseInUseError at once."""
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
        """Release the lock; keep the empty file, because a deleted file could be locked twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
