"""Roles in the programme: granted and revoked, each change with an audit entry and a notice to the holder."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import LastOwnerError
from bot.rules.roles import would_leave_no_owner
from bot.services import Services, UserRef
from bot.workflows.people.members import add_if_new, fetch_unknown
from bot.workflows.programme import change_notices
from bot.workflows.programme.access import programme_setup_transaction
from db.models import Person
from db.models.notices import PersonChange
from db.models.programmes import AuditEntry, Role
from db.queries import audit, roles

ROLE_GRANTED, ROLE_REVOKED = "role-given", "role-taken"


async def replace_role_holders(
    services: Services, who: UserRef, wanted: Mapping[Role, Collection[str]]
) -> Person:
    """Let these people hold these roles, and nobody else; raise LastOwnerError when no owner would be left.

    Return who did it.
    """
    now = services.clock.now()
    async with services.database.read_transaction() as connection:
        holding = {holder.user_id for holder in await roles.list_role_holders(connection, who.team)}
    unknown = await fetch_unknown(services, holding.union(*wanted.values()))
    async with programme_setup_transaction(services, who) as (connection, person, _):
        for one in unknown:  # so that they can be notified of their role
            await add_if_new(connection, one)
        held = await roles.list_role_holders(connection, who.team)
        present = {(holder.role, holder.user_id) for holder in held}
        after = {(role, user) for role, users in wanted.items() for user in users}
        for role, user in sorted(after - present):
            await grant_role(connection, UserRef(who.team, user), role, now, by=who.user)
        for role, user in sorted(one for one in present - after if one[0] in wanted):
            await revoke_role(connection, UserRef(who.team, user), role, now, by=who.user)
    return person


async def grant_role(
    connection: AsyncConnection, holder: UserRef, role: Role, at: datetime, *, by: str | None
) -> bool:
    """Grant a role, with an audit entry and a notice to the holder; return False when they had it already."""
    is_new = await roles.add_role(connection, holder.team, holder.user, role, at=at)
    if is_new:
        await change_notices.record_change_and_plan_notice(
            connection, PersonChange(holder.team, holder.user, "role", "", role.value, by, at)
        )
        await audit.add_audit_entry(
            connection, AuditEntry(holder.team, by, ROLE_GRANTED, holder.user, role.value, at)
        )
    return is_new


async def revoke_role(
    connection: AsyncConnection, holder: UserRef, role: Role, at: datetime, *, by: str | None
) -> bool:
    """Revoke a role in the same way; return False when they didn't have it, raise LastOwnerError for the last owner."""
    owners = await roles.list_active_holder_ids(connection, holder.team, (Role.OWNER,))
    if role is Role.OWNER and holder.user in owners and would_leave_no_owner(owners, holder.user):
        raise LastOwnerError
    was_held = await roles.delete_role(connection, holder.team, holder.user, role)
    if was_held:
        await change_notices.record_change_and_plan_notice(
            connection, PersonChange(holder.team, holder.user, "role", role.value, "", by, at)
        )
        await audit.add_audit_entry(
            connection, AuditEntry(holder.team, by, ROLE_REVOKED, holder.user, role.value, at)
        )
    return was_held
