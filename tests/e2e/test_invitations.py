"""An invitation arrives once, at an hour of its reader's own, and every way to answer it does what it says."""

from __future__ import annotations

import pytest

from bot.jobs.joiners import invite_joiners
from db.models.programmes import Listing
from db.queries import outbox, waves
from db.queries.employee_records import put_listing
from tests.e2e import screen
from tests.e2e.inviting import dry_run, is_silent, runs_programme, starts
from tests.e2e.people import Person
from tests.e2e.stage import Stage

INVITED = "from Marketing asked me to write to everyone in “Building the product”."
FIRST, SECOND = "asked a few days ago whether", "This is the last time I ask."


async def times_seen(person: Person, words: str) -> int:
    """How many messages say this."""
    return sum(screen.shows(m, words) for m in await person.messages() if m.get("bot_id"))


async def is_invited(stage: Stage, **fields: object) -> Person:
    """Maya, on the Tuesday on which her invitation has come; gives her."""
    lina = await runs_programme(stage)
    await starts(stage, lina, **fields)
    maya = stage.person("U0MAYA")
    await stage.time_goes_by(maya, to_next="tuesday 10:05")
    await maya.sees(INVITED)
    return maya


@pytest.mark.wide
async def test_invitation_comes_once_at_ten_where_its_reader_is(stage: Stage) -> None:
    # Given a wave started on a Monday, which opens on Tuesday
    lina = await runs_programme(stage)
    await starts(stage, lina, greeting="I wrote mine <yesterday>.")
    maya, chen, yusuf, theo = (stage.person(f"U0{name}") for name in ("MAYA", "CHEN", "YUSUF", "THEO"))
    # When it is ten in Singapore, then it is night in Berlin
    await stage.time_goes_by(chen, to_next="tuesday 10:01")
    await chen.sees(INVITED)
    await maya.has_not_seen(INVITED)
    # When it is ten in Berlin
    await stage.time_goes_by(maya, to_next="tuesday 10:01")
    # Then it is there, with the owner's own words, and in Arabic for whoever reads Arabic
    await maya.sees(INVITED)
    await maya.sees("I wrote mine <yesterday>.")
    await maya.sees("It came because you are on the people list of Qamar Labs.")
    await yusuf.sees("بطلب من <@U0LINA> من Marketing")
    # And no guest gets it, and nobody twice
    await stage.time_goes_by(maya, advance_seconds=6 * 3600)
    assert await times_seen(maya, "Marketing asked me") == 1
    assert await theo.messages() == []
    # And the wave cannot be started or changed again
    await lina.clicks("Start")
    await lina.sees("has been changed, started or thrown away since")
    await lina.opens_home()
    await lina.sees("Everything goes out by itself.", where="home")


async def test_lets_start_leads_straight_into_the_story_and_nothing_is_asked_again(stage: Stage) -> None:
    maya = await is_invited(stage)

    await maya.clicks("Let's start")

    await maya.sees("Good. It goes on below.")
    await maya.sees("Tell me more")
    await maya.no_longer_sees(INVITED)
    await stage.time_goes_by(maya, advance_seconds=21 * 86_400)
    assert (await times_seen(maya, FIRST), await times_seen(maya, SECOND)) == (0, 0)


async def test_two_reminders_come_and_no_third(stage: Stage) -> None:
    # Given an invitation on a Tuesday that nobody answers
    maya = await is_invited(stage)
    # When the third working day is a Friday, then it waits for the middle of the week
    await stage.time_goes_by(maya, to_next="monday 12:00")
    await maya.has_not_seen(FIRST)
    await stage.time_goes_by(maya, to_next="tuesday 10:05")
    await maya.sees(FIRST)
    # When the second is due, then it is shorter and the last
    for _ in range(2):
        await stage.time_goes_by(maya, to_next="monday 12:00")
        await stage.time_goes_by(maya, to_next="tuesday 11:00")
    await maya.sees(SECOND)
    await stage.time_goes_by(maya, advance_seconds=40 * 86_400)
    assert (await times_seen(maya, FIRST), await times_seen(maya, SECOND)) == (1, 1)


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Not for me", "I won't ask again about this."),
        ("Stop", "Done. I won't write unless you write to me."),
    ],
)
async def test_nothing_comes_after_a_no(stage: Stage, button: str, said: str) -> None:
    maya = await is_invited(stage)

    await maya.clicks(button)
    await maya.sees(said)
    await stage.time_goes_by(maya, advance_seconds=25 * 86_400)

    assert (await times_seen(maya, FIRST), await times_seen(maya, SECOND)) == (0, 0)


async def test_later_comes_back_once_when_it_was_asked_to(stage: Stage) -> None:
    maya = await is_invited(stage)
    await maya.clicks("Later")
    await maya.sees("When shall I ask again?")
    await maya.clicks("Tomorrow")
    await maya.sees("I'll come back to it on")

    await stage.time_goes_by(maya, to_next="wednesday 10:00")
    # Whose row is just being written, as when everybody is read at night, is passed over until the next tick.
    await stage.time_goes_by(maya, advance_seconds=60)

    await maya.sees("Here I am again, as you asked.")
    await stage.time_goes_by(maya, advance_seconds=25 * 86_400)
    assert await times_seen(maya, "Here I am again") == 1
    assert await times_seen(maya, FIRST) == 0


async def test_fewer_means_one_reminder_and_can_be_taken_back(stage: Stage) -> None:
    maya = await is_invited(stage)
    await maya.clicks("Fewer")
    await maya.sees("comes once a week at most from now on")
    await maya.opens_home()
    await maya.sees("You asked for *fewer* messages", where="home")

    await stage.time_goes_by(maya, advance_seconds=8 * 86_400)
    await stage.time_goes_by(maya, advance_seconds=25 * 86_400)

    assert await times_seen(maya, SECOND) == 0
    await maya.opens_home()
    await maya.clicks("As usual again", where="home")
    await maya.no_longer_sees("You asked for *fewer* messages", where="home")


async def test_whoever_wants_nothing_gets_nothing_and_stands_on_the_roll_like_everybody(stage: Stage) -> None:
    lina, maya = await runs_programme(stage), stage.person("U0MAYA")
    await is_silent(stage, "U0MAYA")
    await starts(stage, lina)

    await stage.time_goes_by(maya, to_next="tuesday 12:00")

    await maya.has_not_seen(INVITED)
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        wave = (await waves.list_waves(connection, stage.bot.services.team))[0]
        members = await waves.list_members(connection, wave.team_id, wave.id)
    assert "U0MAYA" in {m.member for m in members}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, INVITED),
        ({"whom": [], "chosen": ["U0MAYA", "U0IVAN"]}, "asked me to write to you and some others."),
    ],
)
async def test_joiner_is_invited_on_the_tenth_working_day(
    stage: Stage, fields: dict[str, object], says: str
) -> None:
    # Given somebody whose first day is the Monday on which a wave is started
    lina, maya = await runs_programme(stage), stage.person("U0MAYA")
    assert stage.bot is not None
    services = stage.bot.services
    now = services.clock.now()
    async with services.transaction() as connection:
        await put_listing(
            connection, Listing(services.team, "U0MAYA", "Routes", now.date(), None, None, now, "tech")
        )
    await starts(stage, lina, **fields)
    # When everybody else is invited, then they are not
    await stage.time_goes_by(maya, to_next="wednesday 12:00")
    await maya.has_not_seen(says)
    # When their tenth working day has come, and with it the middle of a week
    await stage.time_goes_by(maya, advance_seconds=9 * 86_400)
    await stage.time_goes_by(maya, to_next="tuesday 12:00")
    await invite_joiners(services, services.clock.now())
    await stage.time_goes_by(maya, advance_seconds=60)
    # Then they are
    await maya.sees(says)


async def test_wave_whose_day_has_come_before_it_was_started_is_not_started(stage: Stage) -> None:
    lina = await runs_programme(stage)
    shown = await dry_run(lina)
    await stage.time_goes_by(lina, to_next="wednesday 12:00")

    await lina.clicks("Start", in_message=shown)

    await lina.sees("The day on which it was to open has come.")
    assert stage.bot is not None
    async with stage.bot.services.database.reading() as connection:
        tried = await outbox.list_tried(connection, stage.bot.services.team, "U0MAYA", ("invitation",))
    assert tried == ()
