"""People lists that were given: how far each has been read."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.programmes import PeopleList
from db.schema.programme import lists
from db.schema.row_mapping import all_of, columns_of, values_of

_ADD = insert(lists).on_conflict_do_nothing()
_WAITING = (
    select(*columns_of(PeopleList, lists))
    .where(lists.c.team_id == bindparam("team"), lists.c.done_at.is_(None))
    .order_by(lists.c.at, lists.c.id)
    .limit(bindparam("most"))
)
_MARK = (
    update(lists)
    .where(
        lists.c.team_id == bindparam("team"),
        lists.c.id == bindparam("file"),
        lists.c.line == bindparam("before_line"),
        lists.c.done_at.is_(None),
    )
    .values(
        line=bindparam("new_line"),
        taken=bindparam("new_taken"),
        problems=bindparam("new_problems"),
        done_at=bindparam("end"),
    )
)


async def add_list(connection: AsyncConnection, people_list: PeopleList) -> bool:
    """Note that a list is to be read; False when it has been given before."""
    return (await connection.execute(_ADD, values_of(people_list))).rowcount == 1


async def list_waiting(connection: AsyncConnection, team_id: str, limit: int) -> tuple[PeopleList, ...]:
    """The lists that are not read to their end, the oldest first."""
    return all_of(PeopleList, await connection.execute(_WAITING, {"team": team_id, "most": limit}))


async def mark_line(connection: AsyncConnection, team_id: str, people_list: PeopleList, since: int) -> bool:
    """The list has been read from line `since` on to its present one; False when somebody else had done that."""
    values = {
        "team": team_id,
        "file": people_list.id,
        "before_line": since,
        "new_line": people_list.line,
        "new_taken": people_list.taken,
        "new_problems": people_list.problems,
        "end": people_list.done_at,
    }
    return (await connection.execute(_MARK, values)).rowcount == 1
