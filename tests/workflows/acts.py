"""What one person of a company may do: talk, write, say no, stop, choose, delete everything, and come back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.services import Services, Who
from bot.workflows.consents import consents
from bot.workflows.home import home
from bot.workflows.people.members import meet
from bot.workflows.preferences import opt_out
from bot.workflows.preferences.quiet_until import be_quiet
from bot.workflows.privacy import erasure
from bot.workflows.stories import start
from bot.workflows.waves import answers
from db.models.drafts import Question, Status, Step
from db.queries import drafts, waves
from tests.workflows.companies import TEAM

ARABIC = ("U0SALMA", "U0TARIQ")
"""The people whose Slack is Arabic."""
Act = Callable[[Services, str], Awaitable[None]]


async def _talks(services: Services, user: str) -> None:
    who = Who(TEAM, user)
    await meet(services, who, at=services.clock.now(), channel=f"D{user[1:]}")
    await start.begin(services, who)


async def _begins(services: Services, user: str) -> None:
    await meet(services, Who(TEAM, user))
    await answers.begin(services, Who(TEAM, user))


async def _finishes(services: Services, user: str) -> None:
    await _begins(services, user)
    async with services.transaction(durable=False) as connection:
        found = await drafts.find_current(connection, TEAM, user)
        if found is None:
            return
        text = "I mend radios. They sing again."
        done = replace(found.draft, status=Status.FINISHED, at=Question(Step.DONE), edited=text)
        done = replace(done, version=done.version + 1)
        await drafts.save_draft(connection, TEAM, user, done, at=services.clock.now())


async def _declines(services: Services, user: str) -> None:
    await meet(services, Who(TEAM, user))
    async with services.database.reading() as connection:
        found = await waves.list_waves(connection, TEAM)
    for wave in found[:1]:
        await answers.note_answer(services, Who(TEAM, user), wave.id, "declined")


async def _stops(services: Services, user: str) -> None:
    await meet(services, Who(TEAM, user))
    await opt_out.stop(services, Who(TEAM, user))


async def _lets_write(services: Services, user: str) -> None:
    await home.set_first(services, Who(TEAM, user), may=True)


async def _wants_fewer(services: Services, user: str) -> None:
    await answers.want_fewer(services, Who(TEAM, user), fewer=True)


async def _is_quiet(services: Services, user: str) -> None:
    await be_quiet(services, Who(TEAM, user), services.clock.now().date() + timedelta(days=9))


async def _speaks_arabic(services: Services, user: str) -> None:
    await home.set_language(services, Who(TEAM, user), "en" if user in ARABIC else "ar")


async def _names_their_work(services: Services, user: str) -> None:
    await meet(services, Who(TEAM, user))
    await consents.set_segment(services, Who(TEAM, user), "gtm" if user.endswith(("1", "A")) else "tech")


async def _names_neither(services: Services, user: str) -> None:
    await meet(services, Who(TEAM, user))
    await consents.set_segment(services, Who(TEAM, user), "neither")


async def _agrees(services: Services, user: str) -> None:
    await meet(services, Who(TEAM, user))
    await consents.set_consent(services, Who(TEAM, user), "counting", True)


async def _erases(services: Services, user: str) -> None:
    await erasure.erase(services, Who(TEAM, user))


async def _does_nothing(services: Services, user: str) -> None:
    """Nothing is something, too."""


ACTS: Mapping[str, Act] = {
    "nothing": _does_nothing,
    "talks": _talks,
    "begins": _begins,
    "finishes": _finishes,
    "declines": _declines,
    "stops": _stops,
    "lets write": _lets_write,
    "wants fewer": _wants_fewer,
    "is quiet": _is_quiet,
    "switches language": _speaks_arabic,
    "names their work": _names_their_work,
    "names neither": _names_neither,
    "agrees": _agrees,
    "erases": _erases,
}
