"""Waves as they are stored: changed until they start, with a list of people from which names can be taken."""

from __future__ import annotations

from dataclasses import replace

from db.drafts import add_draft, list_authors
from db.engine import Database
from db.erasures import erase_person
from db.listings import list_listings, put_listing
from db.models.programmes import Listing
from db.models.waves import Member
from db.people import list_everybody, put_person
from db.waves import drop_wave, find_wave, list_members, list_waves, put_members, put_wave
from db.workspaces import put_workspace
from tests.db.samples import MAYA, NOW, OMAR, TEAM, draft, person, wave, workspace


async def test_wave_is_changed_until_it_starts(database: Database) -> None:
    async with database.writing() as session:
        assert await put_wave(session, wave())
        assert await put_wave(session, wave(version=2, name="Summer", started_at=NOW))
        assert not await put_wave(session, wave(version=3, name="Autumn"))
        assert not await drop_wave(session, TEAM, "w1")
        assert [w.name for w in await list_waves(session, TEAM)] == ["Summer"]


async def test_thrown_away_wave_leaves_nothing(database: Database) -> None:
    async with database.writing() as session:
        await put_wave(session, wave())
        await put_members(session, TEAM, "w1", [Member(MAYA, "chosen"), Member(OMAR, "chosen_out")])
        assert await drop_wave(session, TEAM, "w1")
        assert not await drop_wave(session, TEAM, "w1")
        assert await find_wave(session, TEAM, "w1") is None
        assert await list_members(session, TEAM, "w1") == ()


async def test_erasure_takes_the_name_off_the_list_and_leaves_the_row(database: Database) -> None:
    members = (Member(MAYA, "invited", "tech"), Member(OMAR, "invited", "gtm"))
    async with database.writing() as session:
        await put_workspace(session, workspace())
        await put_person(session, person())
        await put_wave(session, wave(asked_by=MAYA))
        await put_members(session, TEAM, "w1", members)
        assert await list_members(session, TEAM, "w1") == members
        await erase_person(session, TEAM, MAYA, NOW)

        assert await list_members(session, TEAM, "w1") == (replace(members[0], member=None), members[1])
        found = await find_wave(session, TEAM, "w1")
    assert found is not None
    assert found.asked_by is None


async def test_everybody_their_listings_and_who_writes_are_found_at_once(database: Database) -> None:
    listing = Listing(TEAM, OMAR, "Routes", None, None, None, NOW)
    async with database.writing() as session:
        for user, name in ((MAYA, "Maya"), (OMAR, "Omar")):
            await put_person(session, person(user_id=user, real_name=name))
        await put_listing(session, listing)
        await add_draft(session, TEAM, MAYA, draft(), at=NOW)

        assert [p.user_id for p in await list_everybody(session, TEAM)] == [MAYA, OMAR]
        assert await list_listings(session, TEAM) == {OMAR: listing}
        assert await list_authors(session, TEAM) == {MAYA}
