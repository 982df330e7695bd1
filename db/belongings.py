"""Which rows are somebody's: every table that names a person or a draft, found by walking the tables."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Table, bindparam, select

from db.columns import MENTION, metadata
from db.tables import drafts

_THEIR_DRAFTS = select(drafts.c.id).where(
    drafts.c.team_id == bindparam("team"), drafts.c.user_id == bindparam("user")
)


def _theirs(table: Table) -> ColumnElement[bool] | None:
    """What a row of this table must meet to be the person's; None when the table is about nobody."""
    of_team = table.c.team_id == bindparam("team")
    if "user_id" in table.c:
        return of_team & (table.c.user_id == bindparam("user"))
    if "draft_id" in table.c:
        return of_team & table.c.draft_id.in_(_THEIR_DRAFTS)
    return None


# In an order in which every row stands after those it refers to. A new table that names a person
# or a draft is exported and erased from the day it exists.
BELONGINGS: dict[Table, ColumnElement[bool]] = {
    table: theirs for table in metadata.sorted_tables if (theirs := _theirs(table)) is not None
}

# Columns that name a person in a row which is not theirs: exported to them, and emptied when they are erased.
MENTIONS: tuple[Column[str | None], ...] = tuple(
    column for table in metadata.sorted_tables for column in table.c if column.info.get(MENTION)
)
