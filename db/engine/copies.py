"""Copies of a SQLite file from before a migration: always a new file, for its owner alone, and few of them."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from glob import escape
from pathlib import Path

_MAX_COPIES = 3
_NEW_FILE_FLAGS = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR


def list_copies(path: Path) -> list[Path]:
    """Return the copies of this file, the oldest revision first, with what SQLite may have left beside them."""
    return sorted(path.parent.glob(f"{escape(path.stem)}.before-*.db*"))


def restrict_to_owner(path: Path) -> None:
    """Let only its owner read this file; a link, somebody else's file and a missing one are left alone."""
    with suppress(FileNotFoundError, PermissionError):
        # Never opened: closing a descriptor would release the locks that SQLite holds on the file.
        if stat.S_ISREG(path.lstat().st_mode):
            path.chmod(0o600)


def copy_before_migration(path: Path, revision: str) -> None:
    """Copy the file as it is before the migration to this revision, unless it is new.

    The copy gets its name when it is whole and on the disk. What had the name before is replaced, not written to.
    """
    copy = path.with_name(f"{path.stem}.before-{revision}.db")
    unfinished = path.with_name(f"{path.stem}.copying")
    _remove_database_file(unfinished)  # from a process that was killed here
    # SQLite's own copying also takes what is still in the log beside the file.
    with closing(sqlite3.connect(path)) as source:
        if source.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return
        try:
            copy_to_new_file(source, unfinished)
            _remove_database_file(
                copy
            )  # with a log beside it, which must not be taken for that of the new copy
            os.replace(unfinished, copy)
        except BaseException:
            _remove_database_file(unfinished)
            raise
    _fsync_folder(path.parent)
    _remove_oldest_copies(path)


def copy_to_new_file(source: sqlite3.Connection, to: Path) -> None:
    """Copy the database into a file that must not be there yet, not even as a link."""
    descriptor = os.open(to, _NEW_FILE_FLAGS, 0o600)
    try:
        with closing(sqlite3.connect(to)) as target:
            # Half a copy is thrown away, so it needs no journal beside it.
            target.execute("PRAGMA journal_mode = OFF")
            source.backup(target)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_oldest_copies(path: Path) -> None:
    whole = [file for file in list_copies(path) if file.suffix == ".db"]
    for old in whole[:-_MAX_COPIES]:
        _remove_database_file(old)


def _remove_database_file(file: Path) -> None:
    """Delete a database file with all that SQLite may have left beside it; of a link, only the link."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
