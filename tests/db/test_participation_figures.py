"""Published figures, and the wave that counts a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database import Database
from db.models.waves import ALL_SEGMENTS, PublishedFigure, WaveMember, WavePart
from db.queries.bulk import upsert_invited_members
from db.queries.participation_figures import count_already_counted_by_wave, list_figures, replace_figures
from db.queries.people import upsert_person_profile
from db.queries.waves import list_members_including_excluded, replace_members, upsert_unstarted_wave
from tests.db.samples import MAYA, NOW, OMAR, OTHER_TEAM, TEAM, person, wave

DAY = timedelta(days=1)
STARTED = PublishedFigure("w1", ALL_SEGMENTS, "started", 7, 20, "exact")
BY_SEGMENT = (
    PublishedFigure("w1", "gtm", "started", 6, 20, "exact"),
    PublishedFigure("w1", "tech", "started", 7, 20, "exact"),
)


async def start_wave(connection: AsyncConnection, wave_id: str, *users: str, day: int = 0) -> None:
    """Start a wave with these members on this day."""
    await upsert_unstarted_wave(
        connection, wave(id=wave_id, name=f"Wave {wave_id}", started_at=NOW + day * DAY)
    )
    for user in users:
        await upsert_person_profile(connection, person(user_id=user))
    await upsert_invited_members(connection, TEAM, wave_id, users, segment="tech")


async def test_published_figures_replace_those_before(database: Database) -> None:
    async with database.write_transaction() as connection:
        await replace_figures(connection, TEAM, "w1", [STARTED])
        await replace_figures(connection, TEAM, "w2", [STARTED])
        await replace_figures(connection, OTHER_TEAM, "w1", [STARTED])
        await replace_figures(connection, TEAM, "w1", BY_SEGMENT)

        assert await list_figures(connection, TEAM, "w1") == BY_SEGMENT
        assert await list_figures(connection, OTHER_TEAM, "w1") == (STARTED,)
        assert await list_figures(connection, TEAM, "w2") == (replace(STARTED, wave_id="w2"),)
        assert await list_figures(connection, TEAM, "") == ()


async def test_everybody_is_counted_in_the_first_wave_that_listed_them(database: Database) -> None:
    async with database.write_transaction() as connection:
        await start_wave(connection, "w1", MAYA)
        await start_wave(connection, "w2", MAYA, OMAR, day=1)
        await start_wave(connection, "w3", MAYA, OMAR, day=2)

        members = {
            one: await list_members_including_excluded(connection, TEAM, one) for one in ("w1", "w2", "w3")
        }
        assert [(one, m.member) for one, found in members.items() for m in found if m.is_counted] == [
            ("w1", MAYA),
            ("w2", OMAR),
        ]
        assert await count_already_counted_by_wave(connection, TEAM, "w1") == ()
        assert await count_already_counted_by_wave(connection, TEAM, "w2") == (("Wave w1", 1),)
        assert await count_already_counted_by_wave(connection, TEAM, "w3") == (("Wave w1", 1), ("Wave w2", 1))


async def test_somebody_named_by_the_owner_is_counted_once_they_are_invited(database: Database) -> None:
    async with database.write_transaction() as connection:
        # Given two waves that name her, and a third that excludes her
        parts: dict[str, WavePart] = {"w1": "chosen", "w2": "chosen", "w3": "chosen_out"}
        for wave_id, part in parts.items():
            await upsert_unstarted_wave(connection, wave(id=wave_id))
            await replace_members(connection, TEAM, wave_id, [WaveMember(MAYA, part)])
        # When the second is started first
        await start_wave(connection, "w2", MAYA)
        await start_wave(connection, "w1", MAYA, day=1)
        await start_wave(connection, "w3", MAYA, day=2)
        # Then it counts her, and the one that excludes her doesn't list her
        found = [
            (await list_members_including_excluded(connection, TEAM, one))[0] for one in ("w1", "w2", "w3")
        ]
        assert [(one.part, one.is_counted) for one in found] == [
            ("invited", False),
            ("invited", True),
            ("chosen_out", True),
        ]
        assert await count_already_counted_by_wave(connection, TEAM, "w3") == ()


async def test_the_same_person_in_another_workspace_is_counted_there(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave(team_id=OTHER_TEAM, started_at=NOW))
        await upsert_person_profile(connection, person(team_id=OTHER_TEAM))
        await upsert_invited_members(connection, OTHER_TEAM, "w1", [MAYA], segment="tech")
        await start_wave(connection, "w1", MAYA, day=1)

        assert [one.is_counted for one in await list_members_including_excluded(connection, TEAM, "w1")] == [
            True
        ]
