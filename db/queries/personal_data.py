"""A person's rows: every table with a person, a draft or a notice, found by walking the metadata."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, bindparam, or_, select

from db.schema.columns import PERSON_REFERENCE, metadata
from db.schema.core import drafts
from db.schema.outbox import outbox

_DRAFTS_OF_PERSON = select(drafts.c.id).where(
    drafts.c.team_id == bindparam("team"), drafts.c.user_id == bindparam("user")
)


_NOTICES_OF_PERSON = select(outbox.c.id).where(
    outbox.c.team_id == bindparam("team"),
    (outbox.c.user_id == bindparam("user")) | outbox.c.subject.in_(_DRAFTS_OF_PERSON),
)
_OWNER_CONDITIONS: dict[str, Callable[[ColumnElement[Any]], ColumnElement[bool]]] = {
    "user_id": lambda column: column == bindparam("user"),
    "recipient": lambda column: column == bindparam("user"),
    "draft_id": lambda column: column.in_(_DRAFTS_OF_PERSON),
    "subject": lambda column: column.in_(_DRAFTS_OF_PERSON),
    "outbox_id": lambda column: column.in_(_NOTICES_OF_PERSON),
}
"""The columns that make a row belong to a person."""


def _owner_condition(table: Table) -> ColumnElement[bool] | None:
    """Return the condition for rows that belong to the person, or None if the table is about nobody."""
    found = [name for name in _OWNER_CONDITIONS if name in table.c]
    if not found:
        return None
    # Rows of a draft carry the person's id too: with it, no lookup of drafts is needed.
    if "user_id" in found and "subject" not in found:
        found = ["user_id"]
    return (table.c.team_id == bindparam("team")) & or_(
        *(_OWNER_CONDITIONS[name](table.c[name]) for name in found)
    )


# In an order in which every row comes after those it refers to. A new table with a person, a draft
# or a notice is exported and erased from the day it exists.
PERSONAL_ROWS: dict[Table, ColumnElement[bool]] = {
    table: condition for table in metadata.sorted_tables if (condition := _owner_condition(table)) is not None
}

# Columns that name a person in a row that belongs to somebody else or to nobody: set to NULL when the person is
# erased for leaving, and exported to them unless the row belongs to somebody else.
PERSON_REFERENCE_COLUMNS: tuple[Column[str | None], ...] = tuple(
    column for table in metadata.sorted_tables for column in table.c if column.info.get(PERSON_REFERENCE)
)

PERSONAL_COLUMNS = (
    "locale_choice",
    "segment",
    "welcome_back_at",
    "dm_channel",
    "fewer_at",
    "paused_until",
    "preferences_set_at",
    "met_at",
)
"""The columns of `people` with what a person said, chose or did; the others are Slack's or record a stop."""
