"""A whole story, from hello to the end, as the person lives it."""

from __future__ import annotations

import pytest

from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import answer_card_questions, keep_first_cards, reach_cards


@pytest.mark.wide
async def test_story_is_finished_when_every_question_is_answered(maya: SlackUser) -> None:
    # Given somebody who has started, and kept two lines
    await reach_cards(maya)
    await keep_first_cards(maya, 2)
    await maya.clicks("Go on with these 2")
    await answer_card_questions(maya)
    # When they answer the rest in their own words
    await maya.sees("Now leave work for a second")
    await maya.says("On Sundays I mend old radios with my daughter.")
    await maya.sees("Ask me about")
    await maya.says("Ask me about valve radios.")
    await maya.sees("would make a stranger read on")
    await maya.clicks("Start with 1")
    await maya.sees("Here's your draft")
    await maya.clicks("I like it")
    await maya.sees("the line under your name")
    await maya.says("Keeps clinics' fridges honest")
    await maya.sees("Copy it, open your profile")
    # Then the story is shown, with its opening moved to the front, and the two questions follow
    await maya.sees("On Sundays I mend old radios with my daughter.")
    await maya.clicks("That's it")
    await maya.sees("Some people like doing a bit more")
    await maya.clicks("Nothing for now")
    await maya.sees("May we show yours some week?")
    await maya.clicks("No thanks")
    await maya.sees("Nobody else could have written that one.")
