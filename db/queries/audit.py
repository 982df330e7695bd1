"""The audit: changes to the programme with their authors; append-only."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import AuditEntry
from db.schema.programme import audit
from db.schema.row_mapping import columns_of, map_all, values_of

_ADD = insert(audit)
_LIST = (
    select(*columns_of(AuditEntry, audit))
    .where(audit.c.team_id == bindparam("team"))
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)


async def add_audit_entry(connection: AsyncConnection, entry: AuditEntry) -> None:
    """Record an action."""
    await connection.execute(_ADD, values_of(entry))


async def list_audit_entries(connection: AsyncConnection, team_id: str, limit: int) -> tuple[AuditEntry, ...]:
    """Return the last actions, the latest first."""
    return map_all(AuditEntry, await connection.execute(_LIST, {"team": team_id, "most": limit}))
