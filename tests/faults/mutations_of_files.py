"""Mutations of deletion: erased words in SQLite's files, and the bot's own files."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from bot.jobs import timetable
from bot.slack import client
from bot.workflows.privacy import erasure
from db.engine import copies, sqlite
from db.schema import alembic_upgrade
from db.schema.programme import bot_files


def _clear_log_once() -> None:
    """Clear the log right after an erasure or never."""
    timetable.TIMETABLE = tuple(entry for entry in timetable.TIMETABLE if entry.name != "clear_erased")


def _disable_secure_delete() -> None:
    """Overwrite deleted data only if SQLite was built to do so."""
    sqlite.WRITE_PRAGMAS = tuple(pragma for pragma in sqlite.WRITE_PRAGMAS if "secure_delete" not in pragma)


def _disable_secure_delete_in_migrations() -> None:
    """Overwrite pages freed by a migration only if SQLite was built to do so."""
    alembic_upgrade.MIGRATION_PRAGMAS = tuple(
        pragma for pragma in alembic_upgrade.MIGRATION_PRAGMAS if "secure_delete" not in pragma
    )


def _overwrite_existing_copy() -> None:
    """Write the copy from before a migration into any existing file of that name."""

    def keep_copy(path: Path, revision: str) -> None:
        copy = path.with_name(f"{path.stem}.before-{revision}.db")
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)

    copies.copy_before_migration = keep_copy
    alembic_upgrade.copy_before_migration = keep_copy


def _follow_symlinks() -> None:
    """Take a file that appears at the copy's path in the last moment for a new one."""
    copies._NEW_FILE_FLAGS = os.O_CREAT | os.O_TRUNC | os.O_RDWR


def _keep_files_forever() -> None:
    """Keep the bot's own files with names for ever."""
    timetable.TIMETABLE = tuple(entry for entry in timetable.TIMETABLE if entry.name != "delete_files")


def _erase_file_records() -> None:
    """Erase the deletion dates of an owner's files with the owner's data."""
    usual = erasure.erase_person

    async def erase_person(connection: Any, team_id: str, user_id: str, at: datetime, **more: Any) -> Any:
        erased = await usual(connection, team_id, user_id, at, **more)
        await connection.execute(delete(bot_files).where(bot_files.c.team_id == team_id))
        return erased

    erasure.erase_person = erase_person


def _record_file_after_upload() -> None:
    """Record a file only after Slack has it."""
    usual = client.Messenger.upload_file

    async def upload(self: Any, *given: Any, on_file_id: Any = None, **more: Any) -> str:
        file = await usual(self, *given, **more)
        if on_file_id is not None:
            await on_file_id(file)
        return file

    client.Messenger.upload_file = upload


_CLEARING = "tests/workflows/test_log_clearing.py"
_COPIES = "tests/db/test_copies.py"
_FREE_PAGES = "tests/db/test_free_pages.py"
_FILES = "tests/e2e/test_owner_files.py"

MUTATIONS: dict[str, Callable[[], None]] = {
    "log_cleared_once": _clear_log_once,
    "not_overwritten": _disable_secure_delete,
    "not_overwritten_in_migrations": _disable_secure_delete_in_migrations,
    "copied_into_what_is_there": _overwrite_existing_copy,
    "links_followed": _follow_symlinks,
    "files_stay": _keep_files_forever,
    "files_of_who_goes_stay": _erase_file_records,
    "files_noted_afterwards": _record_file_after_upload,
}

NOTICED_BY: dict[str, str] = {
    "log_cleared_once": f"{_CLEARING}::test_log_is_cleared_when_its_reader_has_gone",
    "not_overwritten": f"{_CLEARING}::test_no_byte_is_left_after_an_erasure",
    "not_overwritten_in_migrations": f"{_FREE_PAGES}::test_text_is_gone_after_its_table_was_rebuilt",
    "copied_into_what_is_there": f"{_COPIES}::test_copy_is_a_new_file_whatever_has_its_name",
    "links_followed": f"{_COPIES}::test_copy_is_not_written_into_a_file_that_appears_at_the_last_moment",
    "files_stay": f"{_FILES}::test_table_of_a_dry_run_is_deleted_after_30_days[http-sqlite-do_nothing]",
    "files_of_who_goes_stay": f"{_FILES}::test_table_of_a_dry_run_is_deleted_after_30_days[http-sqlite-erase_owner]",
    "files_noted_afterwards": f"{_FILES}::test_no_row_is_left_for_ever_when_slack_did_not_take_the_table[http-sqlite]",
}
