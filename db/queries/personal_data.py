"""Which rows are somebody's: every table that names a person, a draft or a notice, found by walking the tables."""

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
"""The columns by which a row is somebody's."""


def _owner_condition(table: Table) -> ColumnElement[bool] | None:
    """What a row of this table must meet to be the person's; None when the table is about nobody."""
    found = [name for name in _OWNER_CONDITIONS if name in table.c]
    if not found:
        return None
    # A draft's rows carry their person's id as well: what names the person needs no look at the drafts.
    if "user_id" in found and "subject" not in found:
        found = ["user_id"]
    return (table.c.team_id == bindparam("team")) & or_(
        *(_OWNER_CONDITIONS[name](table.c[name]) for name in found)
    )


# In an order in which every row stands after those it refers to. A new table that names a person
# or a draft (or a notice) is exported and erased from the day it exists.
PERSONAL_ROWS: dict[Table, ColumnElement[bool]] = {
    table: theirs for table in metadata.sorted_tables if (theirs := _owner_condition(table)) is not None
}

# Columns that name a person in a row which is not theirs: emptied when all that is kept of them goes because they
# left, and exported to them unless the row is somebody else's.
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
"""The columns of `people` that hold what somebody said, chose or did; the others are Slack's, or say they stopped."""
