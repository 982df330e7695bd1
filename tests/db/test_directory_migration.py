"""The upgrade that separates the employee list from people's choices, applied to an existing company."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.engine.database import Database
from db.models.waves import WaveMember
from db.queries.employee_records import load_employee_records
from db.queries.participation_figures import count_already_counted_by_wave
from db.queries.people import find_person, list_directory
from db.queries.waves import find_wave, list_members_including_excluded
from db.schema.alembic_upgrade import MIGRATIONS_FOLDER, upgrade, upgrade_file
from db.schema.migrate import migrate
from tests.db.samples import MAYA, OMAR, TEAM
from tests.postgres import PostgresServer

AT = "2027-03-01 09:30:00+00"
BEFORE = (
    f"INSERT INTO programmes VALUES ('{TEAM}', 'Qamar', '', NULL, NULL, NULL, NULL, NULL, NULL, 'mon', '10:00',"
    f" '16:00', NULL, 'UTC', 'en', '{AT}', NULL, NULL, NULL)",
    f"INSERT INTO passes VALUES ('{TEAM}', '{AT}', '{AT}', '{AT}', 2, NULL)",
    *(
        "INSERT INTO people (team_id, user_id, name, real_name, is_guest, is_stranger, is_bot, deleted, is_admin,"
        f" fetched_at, segment, segment_from) VALUES ('{TEAM}', '{user}', 'x', 'X', false, false, false, false,"
        f" false, '{AT}', '{segment}', '{said}')"
        for user, segment, said in ((MAYA, "tech", "list"), (OMAR, "gtm", "person"))
    ),
    *(
        f"INSERT INTO listings VALUES ('{TEAM}', '{user}', 'Routes', NULL, NULL, NULL, '{AT}')"
        for user in (MAYA, OMAR)
    ),
    *(
        "INSERT INTO waves (team_id, id, name, version, segments, teams, executives, opens_on, closes_on, greeting,"
        f" channel, asked_by, at, started_at) VALUES ('{TEAM}', '{wave}', '{wave}', 1, '', '', false, '2027-03-02',"
        f" '2027-04-01', 'Hello', NULL, '{MAYA}', '{AT}', '2027-03-0{day} 10:00:00+00')"
        for wave, day in (("w2", 2), ("w1", 1))
    ),
    *(
        "INSERT INTO wave_people (team_id, wave_id, member, part, segment) VALUES"
        f" ('{TEAM}', '{wave}', {member}, 'invited', 'tech')"
        for wave, member in (("w2", f"'{MAYA}'"), ("w2", f"'{OMAR}'"), ("w2", "NULL"), ("w1", f"'{MAYA}'"))
    ),
)
"""A company as stored before 0014: a list of two people, one of them with a chosen segment, and two invitations."""


def migrations_up_to_0013(folder: Path) -> Path:
    """Return a copy of the migrations up to 0013."""
    earlier = folder / "earlier"
    shutil.copytree(MIGRATIONS_FOLDER, earlier)
    for later in (earlier / "versions").glob("0*.py"):
        if later.name >= "0014":
            later.unlink()
    return earlier


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An upgraded database with an existing company."""
    earlier = migrations_up_to_0013(tmp_path)
    if request.param == "sqlite":
        path = tmp_path / "hakawati.db"
        upgrade_file(path, "0013_files", earlier)
        url = f"sqlite+aiosqlite:///{path}"
        await _insert_rows_and_upgrade(url, None)
        await migrate(url)
        database = await Database.open(url)
        yield database
        await database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    async with server.empty_database() as url:
        await _insert_rows_and_upgrade(url, earlier)
        await migrate(url)
        database = await Database.open(url)
        yield database
        await database.close()


async def _insert_rows_and_upgrade(url: str, earlier: Path | None) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        if earlier is not None:
            await connection.run_sync(upgrade, earlier)
        for statement in BEFORE:
            await connection.execute(text(statement))
    await engine.dispose()


async def test_nobody_has_a_segment_before_the_list_is_uploaded_again(upgraded: Database) -> None:
    async with upgraded.read_transaction() as connection:
        records = await load_employee_records(connection, TEAM)
        maya, omar = [await find_person(connection, TEAM, user) for user in (MAYA, OMAR)]
    assert {user: (one.works_in, one.segment) for user, one in records.items()} == {
        MAYA: ("Routes", None),
        OMAR: ("Routes", None),
    }
    assert maya is not None
    assert omar is not None
    assert (maya.segment, omar.segment) == (None, "gtm")


async def test_everybody_who_was_read_from_slack_is_in_the_directory(upgraded: Database) -> None:
    async with upgraded.read_transaction() as connection:
        found = await list_directory(connection, TEAM)
    assert sorted(person.user_id for person in found) == [MAYA, OMAR]
    assert all(person.met_at is not None for person in found)


async def test_everybody_is_counted_in_the_wave_that_started_first(upgraded: Database) -> None:
    async with upgraded.read_transaction() as connection:
        first, second = [
            await list_members_including_excluded(connection, TEAM, wave) for wave in ("w1", "w2")
        ]
        wave = await find_wave(connection, TEAM, "w1")
        elsewhere = await count_already_counted_by_wave(connection, TEAM, "w2")
    assert first == (WaveMember(MAYA, "invited", "tech"),)
    assert second == (
        WaveMember(MAYA, "invited", "tech", is_counted=False),
        WaveMember(OMAR, "invited", "tech"),
        WaveMember(None, "invited", "tech"),
    )
    assert elsewhere == (("w1", 1),)
    assert wave is not None
    assert wave.greeted_by == MAYA
