"""The Home tab, from the first visit to a change of mind."""

from __future__ import annotations

import json

import pytest

from bot.workflows.people.members import find_person
from db.models import CardChoice, CardExposure, Consent
from db.queries import consents, drafts, people
from db.schema.core import card_choices, card_exposures
from tests.db.stored_rows import rows_of_draft
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_seeder import STORY_TEXT, StorySeeder, finished_draft
from tests.e2e.story_steps import begin_story


def story_seeder(app: AppUnderTest, user: str = "U0MAYA") -> StorySeeder:
    """Return a seeder for this person's stored data."""
    assert app.bot is not None
    return StorySeeder(app.bot.services, user)


async def latest_consents(app: AppUnderTest, user: str = "U0MAYA") -> dict[str, Consent]:
    """Return the latest consent or refusal for each use."""
    seeder = story_seeder(app, user)
    async with seeder.services.database.read_transaction() as connection:
        return await consents.load_latest_consents_by_use(connection, seeder.services.team, user)


@pytest.mark.wide
async def test_home_of_a_newcomer_offers_a_start_and_stores_nothing(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await maya.opens_home()

    await maya.sees("I help you write a short, honest career story", where="home")
    assert await maya.labels("home") == ["Write my story", "What happens to my words?", "العربية"]
    seeder = story_seeder(app)
    assert await find_person(seeder.services, seeder.who) is None


async def test_story_starts_from_home(maya: SlackUser) -> None:
    await maya.opens_home()
    await maya.sees("I help you write", where="home")

    await maya.clicks("Write my story", where="home")

    await maya.sees("Shall we?")


async def test_home_shows_the_progress_of_the_story_and_resumes_it(maya: SlackUser) -> None:
    await begin_story(maya)

    await maya.opens_home()
    await maya.sees("You were at the warm-up", where="home")
    before = await maya.last_message()
    await maya.clicks("Go on", where="home")

    await maya.sees("Pick whichever is easiest", after=before)


async def test_guest_and_stranger_are_refused_kindly_and_nothing_is_stored(app: AppUnderTest) -> None:
    theo = app.person("U0THEO")
    await theo.opens_home()

    await theo.sees("so I can't start one with a guest account", where="home")
    assert await theo.labels("home") == []
    seeder = story_seeder(app, "U0THEO")
    assert await find_person(seeder.services, seeder.who) is None


async def test_use_of_words_is_explained_before_anything_starts(maya: SlackUser) -> None:
    await maya.opens_home()
    await maya.sees("I help you write", where="home")

    await maya.clicks("What happens to my words?", where="home")

    await maya.sees("whoever runs my database at Qamar Labs", where="modal")
    await maya.sees("Slack's own export", where="modal")


async def test_language_of_home_follows_the_persons_choice_and_not_the_story(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await story_seeder(app).add_story(finished_draft(), STORY_TEXT)
    await maya.opens_home()
    await maya.sees("Finished", where="home")

    await maya.clicks("العربية", where="home")

    await maya.sees("قصص مكتملة", where="home")
    await maya.sees(STORY_TEXT, where="home")
    await maya.clicks("English", where="home")
    await maya.sees("What you agreed to", where="home")


# --- reading ---------------------------------------------------------------------------------------


async def test_finished_story_is_read_in_full_with_its_share(app: AppUnderTest, maya: SlackUser) -> None:
    text = f"{STORY_TEXT} I keep the lights on.\n\n<!channel> & *more*"
    await story_seeder(app).add_story(finished_draft(text=text), text)
    await maya.opens_home()
    await maya.sees("On Sundays", where="home")

    await maya.clicks("Read", where="home")

    modal = await maya.sees("% of the words are your own", where="modal")
    assert text in json.dumps(modal, ensure_ascii=False).replace("\\n", "\n")


async def test_every_version_is_there_newest_first(app: AppUnderTest, maya: SlackUser) -> None:
    await story_seeder(app).add_story(finished_draft(text="gamma"), "alpha", "beta", "gamma")
    await maya.opens_home()
    await maya.sees("gamma", where="home")

    await maya.clicks("Earlier versions", where="home")

    modal = json.dumps(await maya.sees("As it stands", where="modal"))
    assert 0 < modal.index("gamma") < modal.index("beta") < modal.index("alpha")


async def test_landing_is_asked_once_and_can_change(app: AppUnderTest, maya: SlackUser) -> None:
    seeder = story_seeder(app)
    await seeder.add_story(finished_draft(), STORY_TEXT)
    await maya.opens_home()
    await maya.sees("make it onto your profile?", where="home")

    await maya.clicks("Not yet", where="home")
    await maya.no_longer_sees("make it onto your profile?", where="home")
    await maya.clicks("Read", where="home")
    await maya.sees("Not on your profile yet, you said", where="modal")
    await maya.clicks("It's up")
    await maya.sees("It's on your profile, you said", where="modal")

    async with seeder.services.database.read_transaction() as connection:
        stored = await drafts.find_draft(connection, seeder.services.team, "U0MAYA", "d1")
        assert stored is not None
        assert stored.landed == "up"


async def test_story_of_somebody_else_is_not_read_with_a_forged_button(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await story_seeder(app).add_story(finished_draft(text="Maya's own words."), "Maya's own words.")
    omar = app.person("U0OMAR")
    await story_seeder(app, "U0OMAR").add_story(
        finished_draft("d2", text="Omar's own words."), "Omar's own words."
    )
    await omar.opens_home()
    await omar.sees("Omar's own words.", where="home")

    await omar.clicks("Read", where="home", value="d1~~~")
    await omar.sees("no longer here")

    assert await omar.modal() is None


# --- agreeing --------------------------------------------------------------------------------------


@pytest.mark.wide
async def test_each_consent_is_given_and_taken_back_in_one_tap_with_its_wording(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await story_seeder(app).add_story(finished_draft(), STORY_TEXT)
    await maya.opens_home()
    await maya.sees("May we show your story to everyone", where="home")

    await maya.clicks("Yes", where="home", nth=1)
    await maya.sees("Take it back", where="home")
    given = (await latest_consents(app))["highlight"]
    await maya.clicks("Take it back", where="home")
    await maya.no_longer_sees("Take it back", where="home")
    taken = (await latest_consents(app))["highlight"]

    assert given.given
    assert given.wording.startswith("May we show your story to everyone some week?")
    assert given.wording.endswith("[Yes]")
    assert given.locale == "en"
    assert not taken.given
    assert taken.wording.endswith("[Take it back]")


async def test_twenty_taps_at_once_are_one_answer(app: AppUnderTest, maya: SlackUser) -> None:
    seeder = story_seeder(app)
    await seeder.add_story(finished_draft(), STORY_TEXT)
    await maya.opens_home()
    await maya.sees("May we show your story", where="home")

    for _ in range(20):
        await maya.clicks("Yes", where="home", nth=1, value="~~yes~highlight")
        await maya.sees("May we show your story", where="home")

    async with seeder.services.database.read_transaction() as connection:
        kept = await consents.list_consents(connection, seeder.services.team, "U0MAYA")
    assert [(c.use, c.given) for c in kept] == [("highlight", True)]


async def test_taking_counting_back_takes_what_was_counted_out(app: AppUnderTest, maya: SlackUser) -> None:
    seeder = story_seeder(app)
    await seeder.add_story(finished_draft(), STORY_TEXT)
    await seeder.add_card_statistics("d1")
    await maya.opens_home()
    await maya.sees("for the lines you are shown from then on", where="home")

    await maya.clicks("Take it back", where="home")
    await maya.sees("Nothing of yours is in the count any more", where="home")

    async with seeder.services.database.read_transaction() as connection:
        team = seeder.services.team
        assert await rows_of_draft(connection, CardExposure, card_exposures, "d1") == ()
        assert await rows_of_draft(connection, CardChoice, card_choices, "d1") == ()
        stored = await drafts.find_draft(connection, team, "U0MAYA", "d1")
        assert stored is not None
        assert stored.draft.counted is False
        assert stored.shown_version == stored.draft.version
    assert STORY_TEXT in json.dumps(await maya.home(), ensure_ascii=False)


async def test_changing_home_sends_no_message_again(app: AppUnderTest, maya: SlackUser) -> None:
    await begin_story(maya)
    count = len(await maya.messages())
    await maya.opens_home()
    await maya.sees("Nearer to your work", where="home")

    await maya.clicks("Working with customers", where="home")
    await maya.sees("working with customers", where="home")
    await maya.clicks("Take it back", where="home")
    await maya.sees("Nothing of yours is in the count", where="home")
    assert app.bot is not None
    await app.wait_until_idle()

    assert len(await maya.messages()) == count
    seeder = story_seeder(app)
    async with seeder.services.database.read_transaction() as connection:
        now = await drafts.find_current_draft(connection, seeder.services.team, "U0MAYA")
        assert await drafts.list_unshown_drafts(connection, seeder.services.team, 10) == ()
    assert now is not None
    assert now.draft.segment == "gtm"
    assert now.draft.counted is False


async def test_only_the_explicit_button_revokes_an_opt_out(app: AppUnderTest, maya: SlackUser) -> None:
    await begin_story(maya)
    await maya.says("stop")
    await maya.sees("No more messages about this")
    await maya.says("hi")
    seeder = story_seeder(app)
    await maya.opens_home()
    await maya.sees("I may write to you first: *no*, since", where="home")

    await maya.clicks("You may write to me first", where="home")

    await maya.sees("I may write to you first: *yes*", where="home")
    async with seeder.services.database.read_transaction() as connection:
        person = await people.find_person(connection, seeder.services.team, "U0MAYA")
    assert person is not None
    assert person.welcome_back_at is not None
    assert not person.is_stopped
    await maya.clicks("Please don't write first", where="home")
    await maya.sees("I may write to you first: *no*, since", where="home")


async def test_neither_is_as_good_as_any_word_on_what_is_nearer_to_their_work(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who said on Home that they work with customers
    await maya.says("hi")
    await maya.sees("Shall we?")
    await maya.opens_home()
    await maya.sees("Working with customers", where="home")
    await maya.clicks("Working with customers", where="home")
    await maya.sees("*working with customers*", where="home")
    # When their story asks them, and they would rather not say
    await maya.clicks("Let's start")
    await maya.sees("Three things first")
    await maya.clicks("Start, and count mine")
    await maya.sees("Which is nearer to your work?")
    await maya.clicks("Neither, or rather not say")
    await maya.sees("Which language feels more like you")
    # Then that is what Home says
    await maya.opens_home()
    await maya.sees("*neither, or rather not said*", where="home")
