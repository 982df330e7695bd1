"""Copies of a SQLite file from before a migration: always a new file, readable only by its owner, and few."""

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
    """Return the copies of this file, oldest revision first, with any files SQLite left next to them."""
    return sorted(path.parent.glob(f"{escape(path.stem)}.before-*.db*"))


def make_file_private(path: Path) -> None:
    """Make this file readable only by its owner; skip links, other users' files and missing files."""
    with suppress(FileNotFoundError, PermissionError):
        # Never opened: closing a descriptor would release the locks that SQLite holds on the file.
        if stat.S_ISREG(path.lstat().st_mode):
            path.chmod(0o600)


def copy_before_migration(path: Path, revision: str) -> None:
    """Copy the file before its migration to this revision, unless it's new.

    The copy gets its name once it's complete and on disk. A file that already had the name is replaced, not written to.
    """
    copy = path.with_name(f"{path.stem}.before-{revision}.db")
    unfinished = path.with_name(f"{path.stem}.copying")
    _remove_database_file(unfinished)  # from a process that was killed here
    # SQLite's backup also copies what's still in the log next to the file.
    with closing(sqlite3.connect(path)) as source:
        if source.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return
        try:
            copy_to_new_file(source, unfinished)
            # An old log must not be mistaken for the new copy's.
            _remove_database_file(copy)
            os.replace(unfinished, copy)
        except BaseException:
            _remove_database_file(unfinished)
            raise
    _fsync_folder(path.parent)
    _remove_oldest_copies(path)


def copy_to_new_file(source: sqlite3.Connection, to: Path) -> None:
    """Copy the database into a file that must not exist yet, not even as a link."""
    descriptor = os.open(to, _NEW_FILE_FLAGS, 0o600)
    try:
        with closing(sqlite3.connect(to)) as target:
            # An unfinished copy is discarded, so it needs no journal.
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
    complete = [file for file in list_copies(path) if file.suffix == ".db"]
    for old in complete[:-_MAX_COPIES]:
        _remove_database_file(old)


def _remove_database_file(file: Path) -> None:
    """Delete a database file and any files SQLite left next to it; for a link, delete only the link."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
