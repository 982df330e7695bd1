"""What the command line does beside the bot: each errand says in a few lines what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from bot.errors import BotError
from bot.i18n import Texts
from bot.rules.people_csv import Unreadable, read_list
from bot.services import Services, Who
from bot.views.directory.people_list import named_line
from bot.workflows.directory.people_list import LISTED, segment_names, take_lines
from bot.workflows.directory.sync import Told, read_everybody
from bot.workflows.people.members import keep_known, refuse_outsiders
from bot.workflows.programme import settings
from db.models import Person
from db.models.programmes import AuditLine, Role
from db.queries import audit, programmes, roles

AT_EASE = 1.2
"""Seconds between two lines of a list: Slack allows some fifty questions a minute."""
Errand = Callable[[Services], AsyncIterator[str]]


class CannotDoError(Exception):
    """An errand that cannot be done, and why, in one sentence."""


async def add_owner(services: Services, address: str) -> AsyncIterator[str]:
    """Make the person with this address an owner."""
    now = services.clock.now()
    try:
        person = await settings.found_by_address(services, address)
        refuse_outsiders(person)
    except BotError as problem:
        raise CannotDoError(str(problem.__doc__)) from problem
    await keep_known(services, [person.user_id])
    async with services.transaction() as connection:
        await programmes.lock_programme(connection, services.team)
        given = await settings.give(connection, _who(person), Role.OWNER, now, by=None)
    yield f"{_named(person)} {'is an owner now' if given else 'was an owner already'}."


async def remove_owner(services: Services, address: str) -> AsyncIterator[str]:
    """Let the person with this address be an owner no longer."""
    now = services.clock.now()
    try:
        person = await settings.found_by_address(services, address)
        await keep_known(services, [person.user_id])
        async with services.transaction() as connection:
            await programmes.lock_programme(connection, services.team)
            taken = await settings.take(connection, _who(person), Role.OWNER, now, by=None)
    except BotError as problem:
        raise CannotDoError(str(problem.__doc__)) from problem
    yield f"{_named(person)} {'is an owner no longer' if taken else 'was no owner'}."


async def list_owners(services: Services) -> AsyncIterator[str]:
    """Say who the owners are, and which of them have left."""
    async with services.database.reading() as connection:
        held = await roles.list_holders(connection, services.team)
        active = await roles.list_active(connection, services.team, (Role.OWNER,))
    holders = [holder for holder in held if holder.role is Role.OWNER]
    for holder in holders:
        left = "" if holder.user_id in active else ", has left"
        person = await settings.described(services, holder.user_id)
        yield f"{_named(person)}, since {holder.at:%Y-%m-%d}{left}"
    if not active:
        yield "Nobody who works here runs the programme: an admin of the workspace is offered it on the Home tab."


async def read_people(services: Services, told: Told) -> AsyncIterator[str]:
    """Read everybody from Slack, telling how many have come so far."""
    count = await read_everybody(services, told=told)
    if count is None:
        raise CannotDoError("They are being read at this moment, by the bot or another command.")
    yield f"{count} accounts read from Slack, guests, bots and people who left among them."


async def import_people(
    services: Services, content: bytes, told: Callable[..., None], pause: float = AT_EASE
) -> AsyncIterator[str]:
    """Take in a people list, and name the lines that could not be taken."""
    try:
        lines = read_list(content, await segment_names(services))
    except Unreadable as problem:
        raise CannotDoError(str(problem.__doc__)) from problem
    told(total=len(lines))
    taken, problems = await take_lines(services, lines, None, pause=pause, told=lambda n: told(completed=n))
    async with services.transaction() as connection:
        now = services.clock.now()
        await audit.add_line(connection, AuditLine(services.team, None, LISTED, None, str(taken), now))
    yield f"{taken} of {len(lines)} lines were taken."
    for left in problems:
        yield named_line(left, Texts("en")).translate(dict.fromkeys((0x2068, 0x2069)))


def _who(person: Person) -> Who:
    return Who(person.team_id, person.user_id)


def _named(person: Person) -> str:
    return f"{person.real_name or person.name} ({person.user_id})"
