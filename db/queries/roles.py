"""Roles in the programme and their holders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import Role, RoleHolder
from db.schema.core import people
from db.schema.programme import roles
from db.schema.row_mapping import columns_of

_COLUMNS = columns_of(RoleHolder, roles)
_LIST = (
    select(*_COLUMNS)
    .where(roles.c.team_id == bindparam("team"))
    .order_by(roles.c.role, roles.c.granted_at, roles.c.user_id)
)
_LIST_OF_PERSON = select(roles.c.role).where(
    roles.c.team_id == bindparam("team"), roles.c.user_id == bindparam("user")
)
_ADD = insert(roles).on_conflict_do_nothing()
_DELETE = delete(roles).where(
    roles.c.team_id == bindparam("team"),
    roles.c.user_id == bindparam("user"),
    roles.c.role == bindparam("which"),
)
# People who left or were never in the company have no rights, even with a role.
_LIST_ACTIVE = (
    select(roles.c.user_id)
    .distinct()
    .where(
        roles.c.team_id == bindparam("team"),
        roles.c.role.in_(bindparam("which", expanding=True)),
        ~exists().where(
            people.c.team_id == roles.c.team_id,
            people.c.user_id == roles.c.user_id,
            people.c.deleted | people.c.is_guest | people.c.is_stranger | people.c.is_bot,
        ),
    )
    .order_by(roles.c.user_id)
)


async def list_role_holders(connection: AsyncConnection, team_id: str) -> tuple[RoleHolder, ...]:
    """Return every role holder, once per role."""
    rows = await connection.execute(_LIST, {"team": team_id})
    return tuple(RoleHolder(row.team_id, row.user_id, Role(row.role), row.granted_at) for row in rows)


async def list_roles_of_person(connection: AsyncConnection, team_id: str, user_id: str) -> frozenset[Role]:
    """Return the person's roles."""
    rows = await connection.execute(_LIST_OF_PERSON, {"team": team_id, "user": user_id})
    return frozenset(Role(row.role) for row in rows)


async def list_active_holder_ids(
    connection: AsyncConnection, team_id: str, which: Iterable[Role]
) -> tuple[str, ...]:
    """Return the ids of people with one of these roles who, as far as is known, still work here."""
    rows = await connection.execute(_LIST_ACTIVE, {"team": team_id, "which": sorted(which)})
    return tuple(row.user_id for row in rows)


async def add_role(
    connection: AsyncConnection, team_id: str, user_id: str, role: Role, *, at: datetime
) -> bool:
    """Grant somebody a role; return False if they already had it."""
    values = {"team_id": team_id, "user_id": user_id, "role": role.value, "granted_at": at}
    return (await connection.execute(_ADD, values)).rowcount == 1


async def delete_role(connection: AsyncConnection, team_id: str, user_id: str, role: Role) -> bool:
    """Revoke somebody's role; return False if they didn't have it."""
    key = {"team": team_id, "user": user_id, "which": role.value}
    return (await connection.execute(_DELETE, key)).rowcount == 1
