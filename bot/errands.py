"""What the command line does beside the bot: each errand says in a few lines what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from bot.errors import BotError
from bot.services import Services, Who
from bot.workflows import running
from bot.workflows.everybody import Told, read_everybody
from bot.workflows.people import refuse_outsiders
from db import programmes, roles
from db.models import Person
from db.models.programmes import Role

Errand = Callable[[Services], AsyncIterator[str]]


class CannotDoError(Exception):
    """An errand that cannot be done, and why, in one sentence."""


async def add_owner(services: Services, address: str) -> AsyncIterator[str]:
    """Make the person with this address an owner."""
    now = services.clock.now()
    try:
        person = await running.found_by_address(services, address)
        refuse_outsiders(person)
    except BotError as problem:
        raise CannotDoError(str(problem.__doc__)) from problem
    async with services.transaction() as session:
        await programmes.lock_programme(session, services.team)
        given = await running.give(session, _who(person), Role.OWNER, now, by=None)
    yield f"{_named(person)} {'is an owner now' if given else 'was an owner already'}."


async def remove_owner(services: Services, address: str) -> AsyncIterator[str]:
    """Let the person with this address be an owner no longer."""
    now = services.clock.now()
    try:
        person = await running.found_by_address(services, address)
        async with services.transaction() as session:
            await programmes.lock_programme(session, services.team)
            taken = await running.take(session, _who(person), Role.OWNER, now, by=None)
    except BotError as problem:
        raise CannotDoError(str(problem.__doc__)) from problem
    yield f"{_named(person)} {'is an owner no longer' if taken else 'was no owner'}."


async def list_owners(services: Services) -> AsyncIterator[str]:
    """Say who the owners are, and which of them have left."""
    async with services.database.reading() as session:
        held = await roles.list_holders(session, services.team)
        active = await roles.list_active(session, services.team, (Role.OWNER,))
    holders = [holder for holder in held if holder.role is Role.OWNER]
    for holder in holders:
        left = "" if holder.user_id in active else ", has left"
        person = await running.described(services, holder.user_id)
        yield f"{_named(person)}, since {holder.at:%Y-%m-%d}{left}"
    if not active:
        yield "Nobody who works here runs the programme: an admin of the workspace is offered it on the Home tab."


async def read_people(services: Services, told: Told) -> AsyncIterator[str]:
    """Read everybody from Slack, telling how many have come so far."""
    count = await read_everybody(services, told=told)
    if count is None:
        raise CannotDoError("They are being read at this moment, by the bot or another command.")
    yield f"{count} accounts read from Slack, guests, bots and people who left among them."


def _who(person: Person) -> Who:
    return Who(person.team_id, person.user_id)


def _named(person: Person) -> str:
    return f"{person.real_name or person.name} ({person.user_id})"
