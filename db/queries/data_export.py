"""The export of everything stored about a person, complete and lossless."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Table, Text, bindparam, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from db.queries.erasure import find_tombstone
from db.queries.personal_data import PERSON_REFERENCE_COLUMNS, PERSONAL_ROWS
from db.schema.core import pending_deletions, people
from db.schema.types import DraftDocument


def _export_columns(table: Table) -> list[Any]:
    """Return the columns as stored: documents in full, including fields that this program doesn't know."""
    return [
        type_coerce(column, Text).label(column.name) if isinstance(column.type, DraftDocument) else column
        for column in table.c
    ]


_SELECT_ROWS = {
    table: select(*_export_columns(table)).where(owner_condition).order_by(*table.primary_key.columns)
    for table, owner_condition in PERSONAL_ROWS.items()
}
_SELECT_ROWS |= {
    table: select(*_export_columns(table))
    .where(
        table.c.team_id == bindparam("team"),
        or_(*(column == bindparam("user") for column in PERSON_REFERENCE_COLUMNS if column.table is table)),
    )
    .order_by(*table.primary_key.columns)
    # A row that belongs to one person isn't exported to others it names: they could see when it's erased.
    for table in {column.table for column in PERSON_REFERENCE_COLUMNS} - PERSONAL_ROWS.keys()
}
_DOCUMENT_COLUMNS = {
    (table.name, column.name)
    for table in PERSONAL_ROWS
    for column in table.c
    if isinstance(column.type, DraftDocument)
}
_SELECT_PENDING_DELETIONS = (
    select(pending_deletions)
    .join(
        people,
        (people.c.team_id == pending_deletions.c.team_id)
        & (people.c.dm_channel == pending_deletions.c.channel),
    )
    .where(people.c.team_id == bindparam("team"), people.c.user_id == bindparam("user"))
    .order_by(pending_deletions.c.ts)
)


async def load_personal_data(
    connection: AsyncConnection, team_id: str, user_id: str
) -> dict[str, list[dict[str, Any]]]:
    """Return every row about the person by table name, ready for JSON."""
    key = {"team": team_id, "user": user_id}
    export = {}
    for table, statement in _SELECT_ROWS.items():
        rows = (await connection.execute(statement, key)).mappings()
        export[table.name] = [
            {name: _to_json_value(table.name, name, value) for name, value in row.items()} for row in rows
        ]
    deletions = (await connection.execute(_SELECT_PENDING_DELETIONS, key)).mappings()
    export["sweeps"] = [
        {name: _to_json_value("sweeps", name, row[name]) for name in row} for row in deletions
    ]
    tombstone = await find_tombstone(connection, team_id, user_id)
    export["tombstones"] = (
        []
        if tombstone is None
        else [
            {
                "at": tombstone.erased_at.isoformat(),
                "stopped": tombstone.stopped,
                "after_leaving": tombstone.after_leaving,
            }
        ]
    )
    return export


def _to_json_value(table: str, column: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if (table, column) in _DOCUMENT_COLUMNS:
        return json.loads(value)
    return value
