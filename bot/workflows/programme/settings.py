"""Running the programme: who may, asked anew for every action, and every change with its line in the audit."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LastOwner, NobodyThere, NotAllowed
from bot.rules.calendars import usual_week
from bot.rules.countries import country_of
from bot.rules.roles import Right, is_of_the_company, leaves_nobody, right_of
from bot.services import Services, Who
from bot.workflows.people.members import keep_known, known, met_now, person_from
from bot.workflows.programme import change_notices
from db.models import Person
from db.models.notices import Change
from db.models.programmes import AuditLine, Programme, Role
from db.queries import audit, people, programmes, roles

MEMBER_ID = re.compile(r"[UW][A-Z0-9]+")
ROLE_GIVEN, ROLE_TAKEN = "role-given", "role-taken"
SETTINGS = "settings"


async def right(connection: AsyncConnection, person: Person) -> Right:
    """What this person may do with the programme, by what is stored at this moment."""
    held = await roles.list_roles(connection, person.team_id, person.user_id)
    owners = await roles.list_active(connection, person.team_id, (Role.OWNER,))
    return right_of(person, held, owners)


async def authorised(services: Services, who: Who) -> tuple[Person, Right]:
    """The person, as Slack describes them now, with what they may do; NotAllowed where that is nothing."""
    person = await met_now(services, who)
    async with services.database.reading() as connection:
        found = await right(connection, person)
    if found is Right.NONE:
        raise NotAllowed
    return person, found


@asynccontextmanager
async def changing(services: Services, who: Who) -> AsyncIterator[AsyncConnection]:
    """A transaction in which this person may change the programme; nobody else changes it meanwhile."""
    await met_now(services, who)
    async with services.turn(who) as connection:
        await programmes.lock_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if person is None or await right(connection, person) is Right.NONE:
            raise NotAllowed
        yield connection


async def look_up(services: Services) -> None:
    """Take in what is set, by this process or another."""
    async with services.database.reading() as connection:
        services.programme = await programmes.find_programme(connection, services.team)


def first_settings(services: Services, person: Person | None) -> Programme:
    """What a programme begins with: the workspace's name, and what is usual where the person lives."""
    zone = person.tz if person else None
    country = country_of(zone)
    return Programme(
        services.team,
        services.workspace.name,
        services.clock.now(),
        week=str(usual_week(country)),
        country=country,
        tz=zone or "UTC",
    )


async def set_settings(services: Services, who: Who, form: str, settings: Mapping[str, Any]) -> Programme:
    """Set these fields of the programme, which is made if there is none; the audit names form and fields."""
    now = services.clock.now()
    async with changing(services, who) as connection:
        before = await programmes.find_programme(connection, who.team)
        present = before or first_settings(services, await people.find_person(connection, who.team, who.user))
        after = replace(present, **settings)
        changed = [name for name in settings if before is None or getattr(before, name) != settings[name]]
        await programmes.put_programme(connection, after)
        if changed:
            about = " ".join((form, *changed))
            await audit.add_line(connection, AuditLine(who.team, who.user, SETTINGS, None, about, now))
    services.programme = after
    return after


async def set_holders(services: Services, who: Who, wanted: Mapping[Role, Collection[str]]) -> None:
    """Let these people hold these roles, and nobody else; LastOwner when no owner would be left."""
    now = services.clock.now()
    async with services.database.reading() as connection:
        holding = {holder.user_id for holder in await roles.list_holders(connection, who.team)}
    await keep_known(services, holding.union(*wanted.values()))
    async with changing(services, who) as connection:
        present = {(holder.role, holder.user_id) for holder in await roles.list_holders(connection, who.team)}
        after = {(role, user) for role, users in wanted.items() for user in users}
        for role, user in sorted(after - present):
            await give(connection, Who(who.team, user), role, now, by=who.user)
        for role, user in sorted(one for one in present - after if one[0] in wanted):
            await take(connection, Who(who.team, user), role, now, by=who.user)


async def give(connection: AsyncConnection, whom: Who, role: Role, at: datetime, *, by: str | None) -> bool:
    """Give a role, with its line in the audit, and let them be told; False when they had it."""
    given = await roles.add_role(connection, whom.team, whom.user, role, at=at)
    if given:
        await change_notices.note(connection, Change(whom.team, whom.user, "role", "", role.value, by, at))
        await audit.add_line(connection, AuditLine(whom.team, by, ROLE_GIVEN, whom.user, role.value, at))
    return given


async def take(connection: AsyncConnection, whom: Who, role: Role, at: datetime, *, by: str | None) -> bool:
    """Take a role in the same way; False when they did not have it, LastOwner for the last one."""
    owners = await roles.list_active(connection, whom.team, (Role.OWNER,))
    if role is Role.OWNER and whom.user in owners and leaves_nobody(owners, whom.user):
        raise LastOwner
    taken = await roles.remove_role(connection, whom.team, whom.user, role)
    if taken:
        await change_notices.note(connection, Change(whom.team, whom.user, "role", role.value, "", by, at))
        await audit.add_line(connection, AuditLine(whom.team, by, ROLE_TAKEN, whom.user, role.value, at))
    return taken


async def outsiders(services: Services, users: Iterable[str]) -> dict[str, str]:
    """Those of these people who are not of the company, and so cannot hold a role, with their names."""
    found = await asyncio.gather(*(described(services, user) for user in users))
    return {person.user_id: person.name for person in found if not is_of_the_company(person)}


async def described(services: Services, user: str) -> Person:
    """Somebody as the database knows them, or else Slack."""
    who = Who(services.team, user)
    person = await known(services, who)
    if person is not None:
        return person
    answer = await services.messenger.once("users.info", user=user)
    return person_from(services, who, dict(answer["user"]))


async def found_by_address(services: Services, address: str) -> Person:
    """Whoever has this address, which is forgotten at once, or this member ID; NobodyThere when nobody has.

    Guests and strangers are found too: what follows may be for them or not. Those who left are only found by ID.
    """
    try:
        if MEMBER_ID.fullmatch(address):
            return await described(services, address)
        answer = await services.messenger.call("users.lookupByEmail", email=address)
    except SlackApiError as problem:
        if problem.response.get("error") in ("users_not_found", "user_not_found"):
            raise NobodyThere from problem
        raise
    user = dict(answer["user"])
    return person_from(services, Who(services.team, str(user["id"])), user)
