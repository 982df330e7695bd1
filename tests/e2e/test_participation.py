"""Participation figures for owners: of five people or more, once a day, and without names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services import UserRef
from bot.workflows.privacy.erasure import erase_person_and_confirm
from db.models.drafts import Draft, DraftStatus, DraftStep, Question
from db.queries.drafts import add_draft, update_draft
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.wave_steps import set_up_programme, show_dry_run, start_wave

BUILDER_NAMES = ("MAYA", "IVAN", "YUSUF", "CHEN", "ANIKA", "DIEGO", "LAYLA", "SEAN")
PILOT = (*BUILDER_NAMES, "FARID", "HANNA", "JUN", "RUTH")
READERS_OF_ENGLISH = ("MAYA", "IVAN", "CHEN", "ANIKA", "DIEGO")
STORY = "I mend radios. They sing again."


async def add_stories(
    app: AppUnderTest, names: tuple[str, ...], text: str = STORY, *, finished: bool = True
) -> None:
    """Store a story with this text for each of these people, finished or not."""
    assert app.bot is not None
    services = app.bot.services
    now = services.clock.now()
    async with services.transaction() as connection:
        for name in names:
            draft = Draft(f"d-{name}", Question(DraftStep.DONE), DraftStatus.OPEN, 1, "en", edited=text)
            await add_draft(connection, services.team, f"U0{name}", draft, at=now)
            if finished:
                done = replace(draft, version=2, status=DraftStatus.FINISHED)
                await update_draft(connection, services.team, f"U0{name}", done, at=now)


async def open_figures(owner: SlackUser, nth: int = 0) -> None:
    """Open the figures of the latest wave, or of an earlier one, from Home."""
    await owner.opens_home()
    await owner.sees(phrase("desk-part"), where="home")
    await owner.clicks(phrase("desk-part"), where="home", nth=nth)
    await owner.sees("Nobody is named.", where="modal")


async def choose_customer_segment(person: SlackUser) -> None:
    """Choose the segment “Working with customers” on Home."""
    await person.opens_home()
    await person.sees(phrase("choice-gtm"), where="home")
    await person.clicks(phrase("choice-gtm"), where="home")
    await person.sees("*working with customers*", where="home")


async def test_figures_begin_with_the_day_it_opens_and_with_five_people(app: AppUnderTest) -> None:
    # Given a wave to everybody: five have started, and four of these finished
    lina = await set_up_programme(app)
    await start_wave(app, lina, whom=["tech", "gtm"])
    await add_stories(app, BUILDER_NAMES[:4])
    await add_stories(app, BUILDER_NAMES[4:5], finished=False)
    # Then there is nothing to read before it opens
    await open_figures(lina)
    await lina.sees("The figures begin on", where="modal")
    await lina.closes()
    # When it has opened, then five are shown, four are not, and no segment is
    await app.advance_clock(lina, to_next="tuesday 12:00")
    await open_figures(lina)
    await lina.sees(phrase("part-invited", n=32), where="modal")
    await lina.sees("5 started (16%)", where="modal")
    await lina.sees("Finished: hidden until ten people have started", where="modal")
    await lina.sees("Started: hidden until it can be shown for every segment", where="modal")


async def test_figure_is_of_a_day_changes_in_fives_and_stays_when_somebody_deletes_everything(
    app: AppUnderTest,
) -> None:
    # Given a wave with five people who have finished by the day it opens
    lina = await set_up_programme(app)
    await start_wave(app, lina, whom=["tech", "gtm"])
    await add_stories(app, BUILDER_NAMES[:5])
    await app.advance_clock(lina, to_next="tuesday 12:00")
    # When five more do, then the figure stays the same for the day, and is ten on the next
    await add_stories(app, (*BUILDER_NAMES[5:], "SALMA", "JACK"))
    await app.advance_clock(lina, to_next="tuesday 13:00")
    await open_figures(lina)
    await lina.sees("5 started (16%)", where="modal")
    await lina.sees("Finished: hidden until ten people have started", where="modal")
    await lina.closes()
    await app.advance_clock(lina, to_next="wednesday 12:00")
    await open_figures(lina)
    await lina.sees("10 started (31%)", where="modal")
    await lina.sees("Finished: everyone or nearly everyone who started", where="modal")
    await lina.closes()
    # When five more do, but one of the first deletes everything, then it stays for want of five more
    assert app.bot is not None
    await erase_person_and_confirm(app.bot.services, UserRef(app.bot.services.team, "U0MAYA"))
    await add_stories(app, ("ELENA", "ZOE", "KOFI", "BEN", "MIRA"))
    await app.advance_clock(lina, to_next="thursday 12:00")
    await open_figures(lina)
    await lina.sees(phrase("part-invited", n=32), where="modal")
    await lina.sees("10 started (31%)", where="modal")


async def test_segments_are_shown_separately_once_each_has_five(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    await start_wave(app, lina, whom=["tech", "gtm"])
    await add_stories(app, BUILDER_NAMES[:6])
    await add_stories(app, ("SALMA", "JACK", "ELENA", "ZOE", "KOFI"))

    await app.advance_clock(lina, to_next="tuesday 12:00")
    await open_figures(lina)

    await lina.sees("6 started (35%)", where="modal")
    await lina.sees("5 started (33%)", where="modal")
    await lina.sees("11 started (34%)", where="modal")


async def test_everybody_is_counted_in_the_first_wave_that_listed_them(app: AppUnderTest) -> None:
    # Given a pilot of twelve, and a wave to everybody
    lina = await set_up_programme(app)
    await start_wave(app, lina, name="Pilot", whom=[], chosen=[f"U0{name}" for name in PILOT])
    await show_dry_run(lina, name="Spring", whom=["tech", "gtm"])
    shown = await lina.sees("Dry run: Spring")
    await lina.clicks(phrase("dry-start"), in_message=shown)
    await lina.sees("The first messages go out on", after=shown)
    await add_stories(app, PILOT)
    await app.advance_clock(lina, to_next="tuesday 12:00")
    # Then each is counted once
    await open_figures(lina)
    await lina.sees(phrase("part-invited", n=20), where="modal")
    await lina.sees("12 more people are counted in “Pilot”, which listed them first.", where="modal")
    await lina.sees("Started: too few people for a figure", where="modal")
    await lina.sees("Started: hidden until five people have started", where="modal")
    await lina.closes()
    await open_figures(lina, nth=1)
    await lina.sees(phrase("part-invited", n=12), where="modal")
    await lina.sees("Finished: everyone or nearly everyone", where="modal")


@pytest.mark.parametrize("chosen", [["U0MAYA"], [f"U0{name}" for name in (*BUILDER_NAMES, "SALMA")]])
async def test_few_may_be_invited_alone_and_then_there_are_no_figures(
    app: AppUnderTest, chosen: list[str]
) -> None:
    lina = await set_up_programme(app)
    await start_wave(app, lina, whom=[], chosen=chosen)
    await add_stories(app, (*BUILDER_NAMES, "SALMA"))

    await app.advance_clock(lina, to_next="tuesday 12:00")
    await open_figures(lina)

    await lina.sees(phrase("part-too-few"), where="modal")


async def test_one_sentence_is_no_story(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    await start_wave(app, lina)
    await add_stories(app, BUILDER_NAMES, "I mend radios.")

    await app.advance_clock(lina, to_next="tuesday 12:00")
    await open_figures(lina)

    await lina.sees("8 started (47%)", where="modal")
    await lina.sees("Finished: hidden until ten people have started", where="modal")


async def test_segment_of_the_list_counts_and_not_the_persons_own_word(app: AppUnderTest) -> None:
    # Given people on the list as building it, who say that they work with customers
    lina = await set_up_programme(app)
    for name in READERS_OF_ENGLISH:
        await choose_customer_segment(app.person(f"U0{name}"))
    # When all who build it are invited, and these write
    await start_wave(app, lina)
    await add_stories(app, READERS_OF_ENGLISH)
    await app.advance_clock(lina, to_next="tuesday 12:00")
    # Then they are counted with those who build it
    await open_figures(lina)
    await lina.sees(phrase("choice-tech"), where="modal")
    await lina.sees(phrase("part-invited", n=17), where="modal")
    await lina.sees("5 started (29%)", where="modal")
