"""People's entries in the people list."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import EmployeeRecord
from db.schema.programme import employee_records
from db.schema.row_mapping import columns_of, map_all_in_thread, map_one_or_none, values_of

_FIND = select(*columns_of(EmployeeRecord, employee_records)).where(
    employee_records.c.team_id == bindparam("team"), employee_records.c.user_id == bindparam("user")
)
_LIST = select(*columns_of(EmployeeRecord, employee_records)).where(
    employee_records.c.team_id == bindparam("team")
)
_HAS_STARTERS = select(
    exists().where(
        employee_records.c.team_id == bindparam("team"), employee_records.c.starts_on > bindparam("day")
    )
)
_UPSERT = insert(employee_records)
_UPSERT = _UPSERT.on_conflict_do_update(
    index_elements=["team_id", "user_id"],
    set_={
        name: _UPSERT.excluded[name]
        for name in ("works_in", "starts_on", "country", "week", "recorded_at", "segment")
    },
)


async def find_employee_record(
    connection: AsyncConnection, team_id: str, user_id: str
) -> EmployeeRecord | None:
    """Return the person's entry in the list, if they have one."""
    return map_one_or_none(
        EmployeeRecord, await connection.execute(_FIND, {"team": team_id, "user": user_id})
    )


async def load_employee_records(connection: AsyncConnection, team_id: str) -> dict[str, EmployeeRecord]:
    """Return every entry in the list by user id."""
    rows = await map_all_in_thread(EmployeeRecord, await connection.execute(_LIST, {"team": team_id}))
    return {record.user_id: record for record in rows}


async def has_starters_after(connection: AsyncConnection, team_id: str, day: date) -> bool:
    """Return whether the list has anybody whose first day is after this one."""
    return bool((await connection.execute(_HAS_STARTERS, {"team": team_id, "day": day})).scalar_one())


async def upsert_employee_record(connection: AsyncConnection, record: EmployeeRecord) -> None:
    """Store a person's entry, replacing the one from an earlier list."""
    await connection.execute(_UPSERT, values_of(record))
