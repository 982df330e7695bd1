"""Uploaded people lists, and how far each has been read."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import PeopleListUpload
from db.schema.programme import people_list_uploads
from db.schema.row_mapping import columns_of, map_all, values_of

_ADD = insert(people_list_uploads).on_conflict_do_nothing()
_LIST_UNFINISHED = (
    select(*columns_of(PeopleListUpload, people_list_uploads))
    .where(people_list_uploads.c.team_id == bindparam("team"), people_list_uploads.c.done_at.is_(None))
    .order_by(people_list_uploads.c.uploaded_at, people_list_uploads.c.id)
    .limit(bindparam("most"))
)
_SET_PROGRESS = (
    update(people_list_uploads)
    .where(
        people_list_uploads.c.team_id == bindparam("team"),
        people_list_uploads.c.id == bindparam("file"),
        people_list_uploads.c.line == bindparam("before_line"),
        people_list_uploads.c.done_at.is_(None),
    )
    .values(
        line=bindparam("new_line"),
        taken=bindparam("new_taken"),
        problems=bindparam("new_problems"),
        done_at=bindparam("end"),
    )
)


async def add_people_list_upload(connection: AsyncConnection, people_list: PeopleListUpload) -> bool:
    """Store that a list must be read; return False if it was uploaded before."""
    return (await connection.execute(_ADD, values_of(people_list))).rowcount == 1


async def list_unfinished_uploads(
    connection: AsyncConnection, team_id: str, limit: int
) -> tuple[PeopleListUpload, ...]:
    """Return the lists that haven't been read to the end, oldest first."""
    return map_all(
        PeopleListUpload, await connection.execute(_LIST_UNFINISHED, {"team": team_id, "most": limit})
    )


async def mark_list_reading_progress(
    connection: AsyncConnection, team_id: str, people_list: PeopleListUpload, from_line: int
) -> bool:
    """Store that a list was read from `from_line` to its current line; return False if somebody else did that."""
    values = {
        "team": team_id,
        "file": people_list.id,
        "before_line": from_line,
        "new_line": people_list.line,
        "new_taken": people_list.taken,
        "new_problems": people_list.problems,
        "end": people_list.done_at,
    }
    return (await connection.execute(_SET_PROGRESS, values)).rowcount == 1
