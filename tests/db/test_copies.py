"""The files next to a database are readable only by the bot's user, and a copy is always a new file."""

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
from db.schema.alembic_upgrade import upgrade_file
from db.schema.migrate import SCHEMA_REVISION, migrate

ROOT = Path(__file__).parents[2]
FULL_DISK = """
import resource, sys
from pathlib import Path
from db.engine.copies import copy_before_migration
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
copy_before_migration(Path(sys.argv[1]), "next")
"""


def mode_of(path: Path) -> int:
    """Return the mode of a file, or of a link's target."""
    return stat.S_IMODE(path.stat().st_mode)


def modes_in(folder: Path) -> set[int]:
    """Return the modes of all files in a folder."""
    return {mode_of(file) for file in folder.iterdir()}


def other_files(path: Path) -> list[str]:
    """Return the names of the other files in the folder, without the lock."""
    return sorted(
        one.name for one in path.parent.iterdir() if one not in (path, path.with_suffix(".db.lock"))
    )


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    """A database file in an empty folder, with a thousand rows."""
    path = tmp_path / "data" / "hakawati.db"
    path.parent.mkdir()
    path.write_bytes(sqlite_template.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        rows = [("T0QAMAR", f"Ev{n}", "2027-03-01 09:30:00.000000") for n in range(1000)]
        connection.executemany("INSERT INTO receipts VALUES (?, ?, ?)", rows)
        connection.commit()
    return path


def make_readable_by_all(copy: Path, victim: Path) -> None:
    """Create an older copy that everybody can read."""
    copy.write_bytes(b"older")
    copy.chmod(0o644)


def make_link(copy: Path, victim: Path) -> None:
    """Create a link to another user's file."""
    copy.symlink_to(victim)


def make_dangling_link(copy: Path, victim: Path) -> None:
    """Create a link to a file that doesn't exist."""
    copy.symlink_to(victim.with_name("made"))


def make_hard_link(copy: Path, victim: Path) -> None:
    """Create a hard link to another user's file."""
    os.link(victim, copy)


@pytest.mark.parametrize("name", ["hakawati.before-next.db", "hakawati.copying"])
@pytest.mark.parametrize("is_there", [make_readable_by_all, make_link, make_dangling_link, make_hard_link])
def test_copy_is_a_new_file_whatever_has_its_name(
    path: Path, tmp_path: Path, name: str, is_there: Callable[[Path, Path], None]
) -> None:
    # Given something with that name, and another user's file
    victim = tmp_path / "victim"
    victim.write_bytes(b"private")
    victim.chmod(0o644)
    is_there(path.with_name(name), victim)
    # When the copy is made
    copy_before_migration(path, "next")
    # Then it's a separate file for its owner only, and the other file is unchanged
    copy = path.with_name("hakawati.before-next.db")
    assert stat.S_ISREG(copy.lstat().st_mode)
    assert mode_of(copy) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM receipts").fetchone() == (1000,)
    assert (victim.read_bytes(), mode_of(victim)) == (b"private", 0o644)
    assert not victim.with_name("made").exists()
    assert not path.with_name("hakawati.copying").is_symlink()
    assert not path.with_name("hakawati.copying").exists()


def test_copy_is_not_written_into_a_file_that_appears_at_the_last_moment(path: Path, tmp_path: Path) -> None:
    victim, link = tmp_path / "victim", tmp_path / "link"
    victim.write_bytes(b"private")
    link.symlink_to(victim)
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "made")
    for existing in (victim, link, dangling):
        with closing(sqlite3.connect(path)) as source, pytest.raises(FileExistsError):
            copy_to_new_file(source, existing)
    assert victim.read_bytes() == b"private"
    assert not (tmp_path / "made").exists()


def test_half_a_copy_is_not_kept_when_the_disk_is_full(path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert "sqlite3" in ended.stderr.splitlines()[-1]
    assert [name for name in other_files(path) if "before" in name or "copying" in name] == []


def test_unfinished_copy_of_a_killed_process_is_removed_before_the_next(path: Path) -> None:
    for suffix in ("", "-journal", "-wal"):
        path.with_name(f"hakawati.copying{suffix}").write_bytes(b"half a copy")

    copy_before_migration(path, "next")

    assert other_files(path) == ["hakawati.before-next.db"]


def test_log_of_an_older_copy_is_not_mistaken_for_the_new_ones(path: Path) -> None:
    path.with_name("hakawati.before-next.db-wal").write_bytes(b"left")

    copy_before_migration(path, "next")

    assert other_files(path) == ["hakawati.before-next.db"]


def test_name_with_pattern_characters_matches_only_its_copies(path: Path) -> None:
    odd = path.with_name("h*[a].db")
    path.rename(odd)
    for number in range(5):
        path.with_name(f"hakawati.before-000{number}.db").touch()

    copy_before_migration(odd, "next")

    assert len(other_files(odd)) == 6


async def test_older_files_are_restricted_to_their_owner_at_the_next_start(
    path: Path, tmp_path: Path
) -> None:
    # Given a database, a leftover log and a copy with a log, all readable by everybody
    names = ("hakawati.db-wal", "hakawati.before-0001.db", "hakawati.before-0001.db-wal")
    files = [path, *(path.with_name(name) for name in names)]
    # And a link in place of another copy
    victim = tmp_path / "victim"
    path.with_name("hakawati.before-0002.db").symlink_to(victim)
    for file in (*files, victim):
        file.touch()
        file.chmod(0o644)
    # When the bot starts
    database = await Database.open(f"sqlite:///{path}")
    # Then only the owner can read them, and the link's target is unchanged
    assert [mode_of(file) for file in files] == [0o600] * 4
    assert mode_of(path.with_name("hakawati.db-shm")) == 0o600
    assert mode_of(victim) == 0o644
    await database.close()


async def test_older_files_are_restricted_to_their_owner_by_a_migration(tmp_path: Path) -> None:
    path, copy = tmp_path / "hakawati.db", tmp_path / "hakawati.before-0001.db"
    for file in (path, copy):
        file.touch()
        file.chmod(0o644)

    await migrate(f"sqlite:///{path}")
    upgrade_file(path, SCHEMA_REVISION)

    assert modes_in(tmp_path) == {0o600}
    assert other_files(path) == ["hakawati.before-0001.db", f"hakawati.before-{SCHEMA_REVISION}.db"]
