"""Who may run the programme: asked anew for every action, by what Slack says of the person now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotAllowedError
from bot.rules.roles import ProgrammeRight, programme_right
from bot.services import Services, UserRef
from bot.workflows.people.members import add_if_new, fetch_member, merge_with_stored
from db.models import Person
from db.models.programmes import Programme, Role
from db.queries import programmes, roles


async def load_right(connection: AsyncConnection, person: Person) -> ProgrammeRight:
    """Return what this person may do with the programme, by the roles stored now."""
    held = await roles.list_roles_of_person(connection, person.team_id, person.user_id)
    owners = await roles.list_active_holder_ids(connection, person.team_id, (Role.OWNER,))
    return programme_right(person, held, owners)


async def require_run_or_setup_right(services: Services, who: UserRef) -> tuple[Person, Programme | None]:
    """Return the person and the programme; raise NotAllowedError for somebody who may neither run nor set it up."""
    described = await fetch_member(services, who)
    async with services.database.read_transaction() as connection:
        person = await merge_with_stored(connection, described)
        if await load_right(connection, person) is ProgrammeRight.NONE:
            raise NotAllowedError
        return person, await programmes.find_programme(connection, who.team)


async def require_run_right(services: Services, who: UserRef) -> tuple[Person, Programme]:
    """Return the person and the programme they run; raise NotAllowedError for everybody else."""
    described = await fetch_member(services, who)
    async with services.database.read_transaction() as connection:
        person = await merge_with_stored(connection, described)
        right = await load_right(connection, person)
        programme = await programmes.find_programme(connection, who.team)
    if right is not ProgrammeRight.RUN or programme is None:
        raise NotAllowedError
    return person, programme


@asynccontextmanager
async def programme_setup_transaction(
    services: Services, who: UserRef
) -> AsyncIterator[tuple[AsyncConnection, Person, Programme | None]]:
    """Open a transaction in which this person may set the programme up or change it, and nobody else does."""
    async with _authorised_transaction(services, who) as (connection, person, _, programme):
        yield connection, person, programme


@asynccontextmanager
async def programme_change_transaction(
    services: Services, who: UserRef
) -> AsyncIterator[tuple[AsyncConnection, Person, Programme]]:
    """Open a transaction in which this person changes the programme that they run, and nobody else does."""
    async with _authorised_transaction(services, who) as (connection, person, right, programme):
        if programme is None or right is not ProgrammeRight.RUN:
            raise NotAllowedError
        yield connection, person, programme


@asynccontextmanager
async def _authorised_transaction(
    services: Services, who: UserRef
) -> AsyncIterator[tuple[AsyncConnection, Person, ProgrammeRight, Programme | None]]:
    """Ask Slack first, outside the transaction; then lock the programme and judge the person by its roles."""
    described = await fetch_member(services, who)
    async with services.person_transaction(who) as connection:
        programme = await programmes.lock_programme(connection, who.team)
        person = await add_if_new(connection, described)
        right = await load_right(connection, person)
        if right is ProgrammeRight.NONE:
            raise NotAllowedError
        yield connection, person, right, programme
