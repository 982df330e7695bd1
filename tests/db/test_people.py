"""People: refreshing a Slack profile keeps the person's preferences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from db.engine.database import Database
from db.queries.people import (
    find_person,
    load_colleague_names,
    load_display_names,
    lock_person,
    set_dm_channel,
    set_locale_choice,
    set_messages_allowed_at,
    set_segment,
    set_stopped_at,
    upsert_person_profile,
)
from tests.db.samples import MAYA, NOW, OMAR, TEAM, person

LATER = NOW + timedelta(days=3)


async def test_profile_is_refreshed_and_the_persons_choices_stay(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
        await set_locale_choice(connection, TEAM, MAYA, "ar")
        await set_segment(connection, TEAM, MAYA, "tech")
        await set_stopped_at(connection, TEAM, MAYA, NOW)
        await set_messages_allowed_at(connection, TEAM, MAYA, LATER)
        await set_dm_channel(connection, TEAM, MAYA, "D1")
        await upsert_person_profile(connection, person(name="maya.o", deleted=True, fetched_at=LATER))
        found = await lock_person(connection, TEAM, MAYA)
    assert found == person(
        name="maya.o",
        deleted=True,
        fetched_at=LATER,
        locale_choice="ar",
        segment="tech",
        stopped_at=NOW,
        welcome_back_at=LATER,
        dm_channel="D1",
    )


async def test_unknown_people_are_not_found(database: Database) -> None:
    async with database.read_transaction() as connection:
        assert await find_person(connection, TEAM, MAYA) is None
        assert await load_display_names(connection, TEAM, []) == {}


async def test_names_are_found_for_mentions_and_for_checks(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
        await upsert_person_profile(connection, person(user_id=OMAR, name="omar", real_name="Omar Nasser"))
        await upsert_person_profile(
            connection, person(user_id="U0BOT", name="bot", real_name="Bot", is_bot=True)
        )
    async with database.read_transaction() as connection:
        assert await load_display_names(connection, TEAM, [OMAR, "U0NOBODY"]) == {OMAR: "omar"}
        assert await load_colleague_names(connection, TEAM, MAYA) == {"omar", "Omar Nasser"}


def test_stop_holds_until_the_person_says_that_the_bot_may_write_again() -> None:
    stopped = person(stopped_at=NOW)
    assert not person().is_stopped
    assert stopped.is_stopped
    assert not replace(stopped, welcome_back_at=LATER).is_stopped
    assert replace(stopped, welcome_back_at=NOW - timedelta(days=1)).is_stopped
