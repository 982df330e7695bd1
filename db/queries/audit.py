"""The audit: what was changed in the programme and by whom; only ever added to."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import AuditLine
from db.schema.programme import audit
from db.schema.row_mapping import all_of, columns_of, values_of

_ADD = insert(audit)
_LIST = (
    select(*columns_of(AuditLine, audit))
    .where(audit.c.team_id == bindparam("team"))
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)


async def add_line(connection: AsyncConnection, line: AuditLine) -> None:
    """Write down what was done."""
    await connection.execute(_ADD, values_of(line))


async def list_lines(connection: AsyncConnection, team_id: str, limit: int) -> tuple[AuditLine, ...]:
    """What was done last, the latest first."""
    return all_of(AuditLine, await connection.execute(_LIST, {"team": team_id, "most": limit}))
