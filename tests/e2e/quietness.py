"""What people in the dialogues do about messages that come unasked: pick a date, travel, look for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.e2e import screen
from tests.e2e.inviting import runs_programme, starts
from tests.e2e.people import Person
from tests.e2e.stage import Stage

INVITED = "from Marketing asked me to write to everyone in “Building the product”."
FIRST, SECOND = "asked a few days ago whether", "This is the last time I ask."
AGAIN = "Here I am again, as you asked."
PUT_OFF = "I'll come back to it on"


async def is_invited(stage: Stage, user: str = "U0MAYA") -> Person:
    """Somebody, on the Tuesday on which their invitation has come; gives them."""
    lina = await runs_programme(stage)
    await starts(stage, lina)
    person = stage.person(user)
    await stage.time_goes_by(person, to_next="tuesday 10:05")
    await person.sees(INVITED if user == "U0MAYA" else "بطلب من <@U0LINA> من Marketing")
    return person


def unpaced(stage: Stage) -> None:
    """Days go by within the second for which a channel is left alone after each message."""
    assert stage.bot is not None
    services = stage.bot.services
    services.timings = replace(services.timings, channel_gap=timedelta(0), workspace_gap=timedelta(0))


async def when_it_is(stage: Stage, person: Person, day: str, zone: str = "") -> None:
    """That moment, and a minute later: whose row is just being written is passed over until the next tick."""
    await stage.time_goes_by(person, to_next=day, zone=zone)
    await stage.time_goes_by(person, advance_seconds=60)


def in_days(stage: Stage, n: int) -> date:
    """The date so many days from now."""
    assert stage.bot is not None
    return stage.bot.services.clock.now().date() + timedelta(days=n)


async def picks(person: Person, label: str, day: date, *, where: str = "") -> None:
    """Pick a date where this is written."""
    await person.clicks(label, value=day.isoformat(), where=where)


async def travels(stage: Stage, person: Person, tz: str) -> None:
    """Be in another time zone, and let the bot hear of it."""
    await person.does("person", id=person.id, tz=tz)
    await stage.workspace.world.delivery.idle()


async def times_seen(person: Person, words: str) -> int:
    """How many messages of the bot's say this."""
    return sum(screen.shows(m, words) for m in await person.messages() if m.get("bot_id"))
