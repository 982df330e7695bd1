"""The actions of one person: talk, write, decline, stop, choose, delete everything, and come back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.services import Services, UserRef
from bot.workflows.consents import consents
from bot.workflows.people.members import ensure_member
from bot.workflows.preferences import frequency, opt_out, settings
from bot.workflows.preferences.quiet_until import be_quiet
from bot.workflows.privacy import erasure
from bot.workflows.stories import start
from bot.workflows.waves import answers
from db.models.drafts import DraftStatus, DraftStep, Question
from db.queries import drafts, waves
from tests.workflows.recording_services import TEAM

ARABIC_USERS = ("U0SALMA", "U0TARIQ")
"""People whose Slack is in Arabic."""
Action = Callable[[Services, str], Awaitable[None]]


async def _talk(services: Services, user: str) -> None:
    who = UserRef(TEAM, user)
    await ensure_member(services, who, written_at=services.clock.now(), channel=f"D{user[1:]}")
    await start.begin_story(services, who)


async def _begin_story(services: Services, user: str) -> None:
    await ensure_member(services, UserRef(TEAM, user))
    await answers.begin_from_invitation(services, UserRef(TEAM, user))


async def _finish_story(services: Services, user: str) -> None:
    await _begin_story(services, user)
    async with services.transaction(durable=False) as connection:
        found = await drafts.find_current_draft(connection, TEAM, user)
        if found is None:
            return
        text = "I mend radios. They sing again."
        done = replace(found.draft, status=DraftStatus.FINISHED, at=Question(DraftStep.DONE), edited=text)
        done = replace(done, version=done.version + 1)
        await drafts.update_draft(connection, TEAM, user, done, at=services.clock.now())


async def _decline_invitation(services: Services, user: str) -> None:
    await ensure_member(services, UserRef(TEAM, user))
    async with services.database.read_transaction() as connection:
        found = await waves.list_waves(connection, TEAM)
    for wave in found[:1]:
        await answers.record_invitation_answer(services, UserRef(TEAM, user), wave.id, "declined")


async def _opt_out(services: Services, user: str) -> None:
    await ensure_member(services, UserRef(TEAM, user))
    await opt_out.stop(services, UserRef(TEAM, user))


async def _allow_first_message(services: Services, user: str) -> None:
    await settings.set_proactive_messages(services, UserRef(TEAM, user), allowed=True)


async def _ask_for_fewer(services: Services, user: str) -> None:
    await frequency.set_fewer_messages(services, UserRef(TEAM, user), fewer=True)


async def _set_quiet_until(services: Services, user: str) -> None:
    await be_quiet(services, UserRef(TEAM, user), services.clock.now().date() + timedelta(days=9))


async def _switch_language(services: Services, user: str) -> None:
    await settings.set_language(services, UserRef(TEAM, user), "en" if user in ARABIC_USERS else "ar")


async def _choose_segment(services: Services, user: str) -> None:
    await ensure_member(services, UserRef(TEAM, user))
    await consents.set_segment(services, UserRef(TEAM, user), "gtm" if user.endswith(("1", "A")) else "tech")


async def _choose_neither_segment(services: Services, user: str) -> None:
    await ensure_member(services, UserRef(TEAM, user))
    await consents.set_segment(services, UserRef(TEAM, user), "neither")


async def _agree_to_counting(services: Services, user: str) -> None:
    await ensure_member(services, UserRef(TEAM, user))
    await consents.record_consent_choice(services, UserRef(TEAM, user), "counting", True)


async def _erase_everything(services: Services, user: str) -> None:
    await erasure.erase_person_and_confirm(services, UserRef(TEAM, user))


async def _do_nothing(services: Services, user: str) -> None:
    """Do nothing: inaction is an action, too."""


ACTIONS_BY_NAME: Mapping[str, Action] = {
    "nothing": _do_nothing,
    "talks": _talk,
    "begins": _begin_story,
    "finishes": _finish_story,
    "declines": _decline_invitation,
    "stops": _opt_out,
    "lets write": _allow_first_message,
    "wants fewer": _ask_for_fewer,
    "is quiet": _set_quiet_until,
    "switches language": _switch_language,
    "names their work": _choose_segment,
    "names neither": _choose_neither_segment,
    "agrees": _agree_to_counting,
    "erases": _erase_everything,
}
