"""Running the programme: who may, asked anew for every action, and every change with its line in the audit."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LastOwnerError, NotAllowedError, PersonNotFoundError
from bot.rules.calendars import usual_week
from bot.rules.countries import country_of_zone
from bot.rules.roles import ProgrammeRight, is_employee, is_last_owner, programme_right
from bot.services import Services, UserRef
from bot.slack import error_codes
from bot.slack.errors import RefusedCallError, has_code
from bot.workflows.people.members import ensure_known, find_person, person_from, refresh_member
from bot.workflows.programme import change_notices
from db.models import Person
from db.models.notices import PersonChange
from db.models.programmes import AuditEntry, Programme, Role
from db.queries import audit, people, programmes, roles

MEMBER_ID_PATTERN = re.compile(r"[UW][A-Z0-9]+")
ROLE_GRANTED, ROLE_REVOKED = "role-given", "role-taken"
SETTINGS_CHANGED = "settings"


async def load_right(connection: AsyncConnection, person: Person) -> ProgrammeRight:
    """What this person may do with the programme, by what is stored at this moment."""
    held = await roles.list_roles(connection, person.team_id, person.user_id)
    owners = await roles.list_active_holder_ids(connection, person.team_id, (Role.OWNER,))
    return programme_right(person, held, owners)


async def require_right(services: Services, who: UserRef) -> tuple[Person, ProgrammeRight]:
    """The person, as Slack describes them now, with what they may do; NotAllowed where that is nothing."""
    person = await refresh_member(services, who)
    async with services.database.read_transaction() as connection:
        found = await load_right(connection, person)
    if found is ProgrammeRight.NONE:
        raise NotAllowedError
    return person, found


@asynccontextmanager
async def authorised_transaction(services: Services, who: UserRef) -> AsyncIterator[AsyncConnection]:
    """A transaction in which this person may change the programme; nobody else changes it meanwhile."""
    await refresh_member(services, who)
    async with services.person_transaction(who) as connection:
        await programmes.lock_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if person is None or await load_right(connection, person) is ProgrammeRight.NONE:
            raise NotAllowedError
        yield connection


async def refresh_programme(services: Services) -> None:
    """Take in what is set, by this process or another."""
    async with services.database.read_transaction() as connection:
        services.programme = await programmes.find_programme(connection, services.team)


def first_settings(services: Services, person: Person | None) -> Programme:
    """What a programme begins with: the workspace's name, and what is usual where the person lives."""
    zone = person.tz if person else None
    country = country_of_zone(zone)
    return Programme(
        services.team,
        services.workspace.name,
        services.clock.now(),
        week=str(usual_week(country)),
        country=country,
        tz=zone or "UTC",
    )


async def set_settings(services: Services, who: UserRef, form: str, settings: Mapping[str, Any]) -> Programme:
    """Set these fields of the programme, which is made if there is none; the audit names form and fields."""
    now = services.clock.now()
    async with authorised_transaction(services, who) as connection:
        before = await programmes.find_programme(connection, who.team)
        present = before or first_settings(services, await people.find_person(connection, who.team, who.user))
        after = replace(present, **settings)
        changed = [name for name in settings if before is None or getattr(before, name) != settings[name]]
        await programmes.upsert_programme(connection, after)
        if changed:
            about = " ".join((form, *changed))
            await audit.add_audit_entry(
                connection, AuditEntry(who.team, who.user, SETTINGS_CHANGED, None, about, now)
            )
    services.programme = after
    return after


async def set_holders(services: Services, who: UserRef, wanted: Mapping[Role, Collection[str]]) -> None:
    """Let these people hold these roles, and nobody else; LastOwner when no owner would be left."""
    now = services.clock.now()
    async with services.database.read_transaction() as connection:
        holding = {holder.user_id for holder in await roles.list_role_holders(connection, who.team)}
    await ensure_known(services, holding.union(*wanted.values()))
    async with authorised_transaction(services, who) as connection:
        present = {
            (holder.role, holder.user_id) for holder in await roles.list_role_holders(connection, who.team)
        }
        after = {(role, user) for role, users in wanted.items() for user in users}
        for role, user in sorted(after - present):
            await grant_role(connection, UserRef(who.team, user), role, now, by=who.user)
        for role, user in sorted(one for one in present - after if one[0] in wanted):
            await revoke_role(connection, UserRef(who.team, user), role, now, by=who.user)


async def grant_role(
    connection: AsyncConnection, holder: UserRef, role: Role, at: datetime, *, by: str | None
) -> bool:
    """Give a role, with its line in the audit, and let them be told; False when they had it."""
    given = await roles.add_role(connection, holder.team, holder.user, role, at=at)
    if given:
        await change_notices.record_change(
            connection, PersonChange(holder.team, holder.user, "role", "", role.value, by, at)
        )
        await audit.add_audit_entry(
            connection, AuditEntry(holder.team, by, ROLE_GRANTED, holder.user, role.value, at)
        )
    return given


async def revoke_role(
    connection: AsyncConnection, holder: UserRef, role: Role, at: datetime, *, by: str | None
) -> bool:
    """Take a role in the same way; False when they did not have it, LastOwner for the last one."""
    owners = await roles.list_active_holder_ids(connection, holder.team, (Role.OWNER,))
    if role is Role.OWNER and holder.user in owners and is_last_owner(owners, holder.user):
        raise LastOwnerError
    taken = await roles.delete_role(connection, holder.team, holder.user, role)
    if taken:
        await change_notices.record_change(
            connection, PersonChange(holder.team, holder.user, "role", role.value, "", by, at)
        )
        await audit.add_audit_entry(
            connection, AuditEntry(holder.team, by, ROLE_REVOKED, holder.user, role.value, at)
        )
    return taken


async def outsiders(services: Services, users: Iterable[str]) -> dict[str, str]:
    """Those of these people who are not of the company, and so cannot hold a role, with their names."""
    found = await asyncio.gather(*(find_or_fetch_person(services, user) for user in users))
    return {person.user_id: person.name for person in found if not is_employee(person)}


async def find_or_fetch_person(services: Services, user: str) -> Person:
    """Somebody as the database knows them, or else Slack."""
    who = UserRef(services.team, user)
    person = await find_person(services, who)
    if person is not None:
        return person
    answer = await services.messenger.call_once("users.info", user=user)
    return person_from(services, who, dict(answer["user"]))


async def look_up_person(services: Services, address: str) -> Person:
    """Whoever has this address, which is forgotten at once, or this member ID; NobodyThere when nobody has.

    Guests and strangers are found too: what follows may be for them or not. Those who left are only found by ID.
    """
    try:
        if MEMBER_ID_PATTERN.fullmatch(address):
            return await find_or_fetch_person(services, address)
        answer = await services.messenger.call_with_retries("users.lookupByEmail", email=address)
    except RefusedCallError as problem:
        if has_code(problem, error_codes.UNKNOWN_ADDRESS):
            raise PersonNotFoundError from problem
        raise
    user = dict(answer["user"])
    return person_from(services, UserRef(services.team, str(user["id"])), user)
