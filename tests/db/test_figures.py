"""Published figures, and in which wave somebody is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from db.engine.database import Database
from db.models.waves import EVERYONE, Figure, Member
from db.queries.bulk import add_to_roll
from db.queries.figures import count_elsewhere, list_figures, put_figures
from db.queries.people import put_person
from db.queries.waves import list_members, put_members, put_wave
from tests.db.samples import MAYA, NOW, OMAR, OTHER_TEAM, TEAM, person, wave

DAY = timedelta(days=1)
STARTED = Figure("w1", EVERYONE, "started", 7, 20, "exact")
BY_SEGMENT = (
    Figure("w1", "gtm", "started", 6, 20, "exact"),
    Figure("w1", "tech", "started", 7, 20, "exact"),
)


async def invited(connection: AsyncConnection, wave_id: str, *users: str, day: int = 0) -> None:
    """Start a wave that lists these people, on some day."""
    await put_wave(connection, wave(id=wave_id, name=f"Wave {wave_id}", started_at=NOW + day * DAY))
    for user in users:
        await put_person(connection, person(user_id=user))
    await add_to_roll(connection, TEAM, wave_id, users, segment="tech")


async def test_figures_are_published_in_place_of_those_before(database: Database) -> None:
    async with database.writing() as connection:
        await put_figures(connection, TEAM, "w1", [STARTED])
        await put_figures(connection, TEAM, "w2", [STARTED])
        await put_figures(connection, OTHER_TEAM, "w1", [STARTED])
        await put_figures(connection, TEAM, "w1", BY_SEGMENT)

        assert await list_figures(connection, TEAM, "w1") == BY_SEGMENT
        assert await list_figures(connection, OTHER_TEAM, "w1") == (STARTED,)
        assert await list_figures(connection, TEAM, "w2") == (replace(STARTED, wave_id="w2"),)
        assert await list_figures(connection, TEAM, "") == ()


async def test_everybody_is_counted_in_the_first_wave_that_listed_them(database: Database) -> None:
    async with database.writing() as connection:
        await invited(connection, "w1", MAYA)
        await invited(connection, "w2", MAYA, OMAR, day=1)
        await invited(connection, "w3", MAYA, OMAR, day=2)

        members = {one: await list_members(connection, TEAM, one) for one in ("w1", "w2", "w3")}
        assert [(one, m.member) for one, found in members.items() for m in found if m.is_counted] == [
            ("w1", MAYA),
            ("w2", OMAR),
        ]
        assert await count_elsewhere(connection, TEAM, "w1") == ()
        assert await count_elsewhere(connection, TEAM, "w2") == (("Wave w1", 1),)
        assert await count_elsewhere(connection, TEAM, "w3") == (("Wave w1", 1), ("Wave w2", 1))


async def test_somebody_named_by_the_owner_is_counted_once_they_are_invited(database: Database) -> None:
    async with database.writing() as connection:
        # Given two waves that name her, and a third that leaves her out
        for wave_id, part in (("w1", "chosen"), ("w2", "chosen"), ("w3", "chosen_out")):
            await put_wave(connection, wave(id=wave_id))
            await put_members(connection, TEAM, wave_id, [Member(MAYA, part)])
        # When the second is started first
        await invited(connection, "w2", MAYA)
        await invited(connection, "w1", MAYA, day=1)
        await invited(connection, "w3", MAYA, day=2)
        # Then it counts her, and the one that leaves her out does not list her
        found = [(await list_members(connection, TEAM, one))[0] for one in ("w1", "w2", "w3")]
        assert [(one.part, one.is_counted) for one in found] == [
            ("invited", False),
            ("invited", True),
            ("chosen_out", True),
        ]
        assert await count_elsewhere(connection, TEAM, "w3") == ()


async def test_the_same_person_in_another_workspace_is_counted_there(database: Database) -> None:
    async with database.writing() as connection:
        await put_wave(connection, wave(team_id=OTHER_TEAM, started_at=NOW))
        await put_person(connection, person(team_id=OTHER_TEAM))
        await add_to_roll(connection, OTHER_TEAM, "w1", [MAYA], segment="tech")
        await invited(connection, "w1", MAYA, day=1)

        assert [one.is_counted for one in await list_members(connection, TEAM, "w1")] == [True]
