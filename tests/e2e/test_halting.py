"""The stop switch: nothing goes out from the moment it is thrown, and nothing twice or too late afterwards."""

from __future__ import annotations

import pytest

from tests.e2e.inviting import is_silent, runs_programme, starts
from tests.e2e.people import Person
from tests.e2e.stage import Stage
from tests.e2e.test_invitations import FIRST, INVITED, is_invited, times_seen


async def halts(owner: Person) -> None:
    """Throw the switch."""
    await owner.opens_home()
    await owner.sees("Halt everything", where="home")
    await owner.clicks("Halt everything", where="home")
    await owner.sees("*Halted* since", where="home")
    await owner.sees("Halted for now; see below.", where="home")


async def goes_on(owner: Person) -> None:
    """And back."""
    await owner.clicks("Go on", where="home")
    await owner.sees("Everything goes out as planned.", where="home")


@pytest.mark.wide
async def test_nothing_goes_out_while_halted_and_everything_once_afterwards(stage: Stage) -> None:
    # Given a wave that is to open tomorrow, and is halted
    lina, maya, chen = await runs_programme(stage), stage.person("U0MAYA"), stage.person("U0CHEN")
    await starts(stage, lina)
    await stage.time_goes_by(chen, to_next="tuesday 10:05")
    await chen.sees(INVITED)
    await halts(lina)
    # When its hour comes elsewhere, then nothing does
    await stage.time_goes_by(maya, to_next="tuesday 12:00")
    await maya.has_not_seen(INVITED)
    # When it goes on
    await goes_on(lina)
    await stage.time_goes_by(maya, to_next="tuesday 12:30")
    # Then it comes to whom it had not come, and to nobody twice
    await maya.sees(INVITED)
    assert (await times_seen(maya, INVITED), await times_seen(chen, INVITED)) == (1, 1)
    await lina.clicks("What was changed", where="home")
    await lina.sees("halted everything", where="modal")


async def test_what_is_too_late_by_then_never_comes(stage: Stage) -> None:
    # Given an invitation, and a halt as long as the time of its first reminder
    maya, lina = await is_invited(stage), stage.person("U0LINA")
    await halts(lina)
    await stage.time_goes_by(maya, to_next="tuesday 12:00")
    await stage.time_goes_by(maya, to_next="friday 12:00")

    await goes_on(lina)
    await stage.time_goes_by(maya, advance_seconds=3 * 3600)

    assert await times_seen(maya, FIRST) == 0


MANY = ("U0IVAN", "U0SEAN", "U0CHEN", "U0YUSUF", "U0ANIKA")
"""Enough people for everything to halt when they say stop."""


async def test_it_halts_by_itself_when_too_many_stop_and_owners_read_that_but_not_who(stage: Stage) -> None:
    # Given an invitation that has come, and five people who say stop
    await is_invited(stage)
    lina = stage.person("U0LINA")
    await is_silent(stage, *MANY)
    # When the same day goes on, then nothing halts: it would tell who stopped last
    await stage.time_goes_by(lina, advance_seconds=3600)
    await lina.opens_home()
    await lina.sees("What went out", where="home")
    await nothing_is_halted(lina)
    # When the day is over, then it does
    await stage.time_goes_by(lina, to_next="wednesday 14:00")
    await lina.opens_home()
    await lina.sees("*Halted by itself* on", where="home")
    await lina.has_not_seen("U0CHEN", where="home")
    await lina.clicks("What was changed", where="home")
    await lina.sees("by itself, because many asked me to stop: halted everything", where="modal")
    # And when an owner goes on, then the same stops halt it no more, on no day
    await goes_on(lina)
    await stage.time_goes_by(lina, to_next="thursday 14:00")
    await nothing_is_halted(lina)


async def nothing_is_halted(owner: Person) -> None:
    """The page says so, as it is drawn now."""
    await owner.clicks("What went out", where="home")
    await owner.sees("*All is well*", where="modal")
    await owner.closes()


async def test_four_stops_or_many_refusals_halt_nothing(stage: Stage) -> None:
    maya, lina = await is_invited(stage), stage.person("U0LINA")
    await is_silent(stage, *MANY[:4])
    for name in ("U0MAYA", "U0PRIYA", "U0FARID"):
        await stage.person(name).clicks("Not for me")
        await stage.person(name).sees("I won't ask again about this.")

    await stage.time_goes_by(maya, to_next="wednesday 12:00")

    await lina.opens_home()
    await lina.sees("What went out", where="home")
    await nothing_is_halted(lina)


async def test_switch_of_somebody_who_runs_it_no_longer_does_nothing(stage: Stage) -> None:
    await is_invited(stage)
    dana = stage.person("U0DANA")
    await dana.opens_home()
    await dana.sees("إيقاف كل شيء", where="home")
    await dana.does("person", id="U0DANA", is_restricted=True)

    await dana.clicks("إيقاف كل شيء", where="home")
    await stage.quiet()

    lina = stage.person("U0LINA")
    await lina.opens_home()
    await lina.sees("Everything goes out as planned.", where="home")
