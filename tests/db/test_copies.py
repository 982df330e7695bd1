"""The files beside a database: they are for the bot's user alone, and a copy is always a new file."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.engine.copies import copy_before_migration, copy_to_new_file
from db.engine.database import Database
from db.schema.migrate import SCHEMA_REVISION, migrate
from db.schema.upgrade import upgrade_file

ROOT = Path(__file__).parents[2]
FULL_DISK = """
import resource, sys
from pathlib import Path
from db.engine.copies import copy_before_migration
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
copy_before_migration(Path(sys.argv[1]), "next")
"""


def mode_of(path: Path) -> int:
    """Return the mode of a file; of a link, that of what it leads to."""
    return stat.S_IMODE(path.stat().st_mode)


def modes_in(folder: Path) -> set[int]:
    """Return the modes of all files in a folder."""
    return {mode_of(file) for file in folder.iterdir()}


def files_beside(path: Path) -> list[str]:
    """Return the names of what is in the folder beside the file and its lock."""
    return sorted(
        one.name for one in path.parent.iterdir() if one not in (path, path.with_suffix(".db.lock"))
    )


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    """A database's file in a folder of its own, with a thousand rows in it."""
    path = tmp_path / "data" / "hakawati.db"
    path.parent.mkdir()
    path.write_bytes(sqlite_template.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        rows = [("T0QAMAR", f"Ev{n}", "2027-03-01 09:30:00.000000") for n in range(1000)]
        connection.executemany("INSERT INTO receipts VALUES (?, ?, ?)", rows)
        connection.commit()
    return path


def make_readable_by_all(copy: Path, victim: Path) -> None:
    """Let an older copy be there, for all to read."""
    copy.write_bytes(b"older")
    copy.chmod(0o644)


def make_link(copy: Path, victim: Path) -> None:
    """Let somebody have put a link there."""
    copy.symlink_to(victim)


def make_dangling_link(copy: Path, victim: Path) -> None:
    """Let somebody have put a link there to a file that would be made."""
    copy.symlink_to(victim.with_name("made"))


def make_hard_link(copy: Path, victim: Path) -> None:
    """Let somebody have given one of their files this name as well."""
    os.link(victim, copy)


@pytest.mark.parametrize("name", ["hakawati.before-next.db", "hakawati.copying"])
@pytest.mark.parametrize("is_there", [make_readable_by_all, make_link, make_dangling_link, make_hard_link])
def test_copy_is_a_new_file_whatever_has_its_name(
    path: Path, tmp_path: Path, name: str, is_there: Callable[[Path, Path], None]
) -> None:
    # Given something of that name, and a file of somebody's
    victim = tmp_path / "victim"
    victim.write_bytes(b"theirs")
    victim.chmod(0o644)
    is_there(path.with_name(name), victim)
    # When the copy is made
    copy_before_migration(path, "next")
    # Then it is a file of its own for the owner alone, and theirs is as it was
    copy = path.with_name("hakawati.before-next.db")
    assert stat.S_ISREG(copy.lstat().st_mode)
    assert mode_of(copy) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM receipts").fetchone() == (1000,)
    assert (victim.read_bytes(), mode_of(victim)) == (b"theirs", 0o644)
    assert not victim.with_name("made").exists()
    assert not path.with_name("hakawati.copying").is_symlink()
    assert not path.with_name("hakawati.copying").exists()


def test_copy_is_not_written_into_what_appears_in_the_last_moment(path: Path, tmp_path: Path) -> None:
    victim, link = tmp_path / "victim", tmp_path / "link"
    victim.write_bytes(b"theirs")
    link.symlink_to(victim)
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "made")
    for there in (victim, link, dangling):
        with closing(sqlite3.connect(path)) as source, pytest.raises(FileExistsError):
            copy_to_new_file(source, there)
    assert victim.read_bytes() == b"theirs"
    assert not (tmp_path / "made").exists()


def test_half_a_copy_is_not_kept_when_the_disk_is_full(path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert "sqlite3" in ended.stderr.splitlines()[-1]
    assert [name for name in files_beside(path) if "before" in name or "copying" in name] == []


def test_what_a_killed_process_left_of_a_copy_is_removed_before_the_next(path: Path) -> None:
    for suffix in ("", "-journal", "-wal"):
        path.with_name(f"hakawati.copying{suffix}").write_bytes(b"half a copy")

    copy_before_migration(path, "next")

    assert files_beside(path) == ["hakawati.before-next.db"]


def test_log_that_was_left_beside_an_older_copy_is_not_taken_for_that_of_the_new_one(path: Path) -> None:
    path.with_name("hakawati.before-next.db-wal").write_bytes(b"left")

    copy_before_migration(path, "next")

    assert files_beside(path) == ["hakawati.before-next.db"]


def test_name_with_signs_of_a_pattern_has_its_own_copies_only(path: Path) -> None:
    odd = path.with_name("h*[a].db")
    path.rename(odd)
    for number in range(5):
        path.with_name(f"hakawati.before-000{number}.db").touch()

    copy_before_migration(odd, "next")

    assert len(files_beside(odd)) == 6


async def test_files_from_before_are_for_their_owner_alone_from_the_next_start_on(
    path: Path, tmp_path: Path
) -> None:
    # Given a database, what was left of its log, a copy that somebody looked into, all readable for all
    names = ("hakawati.db-wal", "hakawati.before-0001.db", "hakawati.before-0001.db-wal")
    files = [path, *(path.with_name(name) for name in names)]
    # And a link in the place of another copy
    victim = tmp_path / "victim"
    path.with_name("hakawati.before-0002.db").symlink_to(victim)
    for file in (*files, victim):
        file.touch()
        file.chmod(0o644)
    # When the bot starts
    database = await Database.open(f"sqlite:///{path}")
    # Then they are not, and what the link leads to is left alone
    assert [mode_of(file) for file in files] == [0o600] * 4
    assert mode_of(path.with_name("hakawati.db-shm")) == 0o600
    assert mode_of(victim) == 0o644
    await database.close()


async def test_files_from_before_are_for_their_owner_alone_when_they_are_migrated(tmp_path: Path) -> None:
    path, copy = tmp_path / "hakawati.db", tmp_path / "hakawati.before-0001.db"
    for file in (path, copy):
        file.touch()
        file.chmod(0o644)

    await migrate(f"sqlite:///{path}")
    upgrade_file(path, SCHEMA_REVISION)

    assert modes_in(tmp_path) == {0o600}
    assert files_beside(path) == ["hakawati.before-0001.db", f"hakawati.before-{SCHEMA_REVISION}.db"]
