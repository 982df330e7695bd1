"""Each deal of cards gets a different number, and exposures and choices are stored once."""

from __future__ import annotations

import asyncio

from db.engine.database import Database
from db.models import CardAssignment, CardChoice, CardExposure, StoryDestination
from db.queries.cards import (
    add_card_assignment,
    add_card_exposures,
    replace_card_choices,
    take_next_assignment_number,
)
from db.queries.counters import increment_counter
from db.queries.drafts import add_draft
from db.queries.story_destinations import add_story_destination
from db.schema.core import card_assignments, card_choices, card_exposures, story_destinations
from tests.db.samples import MAYA, NOW, OTHER_TEAM, TEAM, choice, draft, exposure
from tests.db.stored_rows import counter_value, rows_of_draft


async def test_ten_deals_at_once_get_ten_numbers(database: Database) -> None:
    async def deal() -> int:
        async with database.write_transaction() as connection:
            return await take_next_assignment_number(connection, TEAM, "tech")

    assert sorted(await asyncio.gather(*(deal() for _ in range(10)))) == list(range(10))


async def test_each_segment_and_workspace_is_dealt_from_its_own_list(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await take_next_assignment_number(connection, TEAM, "tech") == 0
        assert await take_next_assignment_number(connection, TEAM, "tech") == 1
        assert await take_next_assignment_number(connection, TEAM, "gtm") == 0
        assert await take_next_assignment_number(connection, TEAM, None) == 0
        assert await take_next_assignment_number(connection, OTHER_TEAM, "tech") == 0


async def test_a_counter_counts_all_concurrent_increments(database: Database) -> None:
    async def one() -> None:
        async with database.write_transaction() as connection:
            await increment_counter(connection, TEAM, "glassdoor")

    await asyncio.gather(*(one() for _ in range(10)))
    async with database.read_transaction() as connection:
        assert await counter_value(connection, "glassdoor") == 10


async def test_a_deal_is_kept_with_what_reproduces_it(database: Database) -> None:
    dealt = CardAssignment(TEAM, "d1", None, 3, 7, 2**62, NOW)
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        await add_card_assignment(connection, dealt)
        assert await rows_of_draft(connection, CardAssignment, card_assignments, "d1") == (dealt,)


async def test_a_card_shown_again_on_the_same_page_was_shown_once(database: Database) -> None:
    first, second = exposure(), exposure(card="te-2", position=2, segment=None, row=None)
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        await add_card_exposures(connection, [])
        await add_card_exposures(connection, [second, first])
        await add_card_exposures(connection, [exposure(position=9)])
        assert await rows_of_draft(connection, CardExposure, card_exposures, "d1") == (first, second)


async def test_choices_follow_the_current_story(database: Database) -> None:
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        await replace_card_choices(connection, TEAM, "d1", [choice(), choice(card="te-2")])
        changed = choice(card="te-2", outcome="adapted", coverage=0.5)
        await replace_card_choices(connection, TEAM, "d1", [changed])
        assert await rows_of_draft(connection, CardChoice, card_choices, "d1") == (changed,)
        await replace_card_choices(connection, TEAM, "d1", [])
        assert await rows_of_draft(connection, CardChoice, card_choices, "d1") == ()


async def test_taking_a_story_to_a_place_twice_is_kept_once(database: Database) -> None:
    destination = StoryDestination(TEAM, MAYA, "d1", "linkedin", NOW)
    async with database.write_transaction() as connection:
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)
        await add_story_destination(connection, destination)
        await add_story_destination(connection, destination)
        assert await rows_of_draft(connection, StoryDestination, story_destinations, "d1") == (destination,)
