"""Another workspace in the same database, which the bot must neither read nor change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, Table, select, type_coerce, update
from sqlalchemy.types import String

from db.engine.database import Database
from db.models.notices import PlannedNotice
from db.queries.outbox import add_notices
from db.schema.core import drafts, metadata
from db.schema.outbox import outbox
from tests.db.samples import MAYA, OTHER_TEAM, add_person_with_everything

TableRows = dict[str, list[str]]
LONG_AGO, SOME_DAY = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


async def add_other_workspace(database: Database) -> TableRows:
    """Store a person with Maya's id and every kind of data: due, overdue for deletion, and unreadable."""
    due = PlannedNotice("landed", MAYA, "due", LONG_AGO, SOME_DAY, user_id=MAYA, subject="d-other")
    lapsed = update(outbox).where(outbox.c.state == "sending").values(lease_until=LONG_AGO)
    # Reading this draft fails.
    unreadable = update(drafts).values(draft=type_coerce("{", String))
    async with database.write_transaction() as connection:
        await add_person_with_everything(connection, OTHER_TEAM, MAYA, "d-other")
        await add_notices(connection, OTHER_TEAM, [due], LONG_AGO)
        await connection.execute(lapsed)
        await connection.execute(unreadable)
    return await read_rows(database)


async def read_rows(database: Database) -> TableRows:
    """Return every row of the other workspace, by table."""
    async with database.read_transaction() as connection:
        return {
            name: sorted(str(tuple(row)) for row in await connection.execute(_rows_query(table)))
            for name, table in metadata.tables.items()
            if "team_id" in table.c
        }


def _rows_query(table: Table) -> Select[Any]:
    plain = [type_coerce(column, String) if column.name == "draft" else column for column in table.c]
    return select(*plain).where(table.c.team_id == OTHER_TEAM)
