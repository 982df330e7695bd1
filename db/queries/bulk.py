"""Crowds: the same written down for thousands of people, a few hundred at a time, for others work in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, column, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement, GenericFunction

from db.models.notices import Alike
from db.schema.core import people
from db.schema.outbox import outbox
from db.schema.row_mapping import values_of
from db.schema.types import UTCDateTime
from db.schema.waves import wave_people

AT_ONCE = 100
"""How many people one statement is for: it takes a few milliseconds."""


class _EachOf(GenericFunction[str]):
    """The texts in a JSON list, a row for each: one parameter, however many there are."""

    name = "each_of"
    inherit_cache = True


class _NewKey(FunctionElement[str]):
    """Thirty-two random digits, others for each row."""

    type = Text()
    inherit_cache = True


@compiles(_EachOf, "sqlite")
def _each_on_sqlite(element: _EachOf, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_EachOf, "postgresql")
def _each_on_postgresql(element: _EachOf, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json))"


@compiles(_NewKey, "sqlite")
def _key_on_sqlite(element: _NewKey, compiler: Any, **options: Any) -> str:
    return "lower(hex(randomblob(16)))"


@compiles(_NewKey, "postgresql")
def _key_on_postgresql(element: _NewKey, compiler: Any, **options: Any) -> str:
    return "replace(CAST(gen_random_uuid() AS text), '-', '')"


_each = func.each_of(bindparam("users", type_=Text)).table_valued(column("value", Text)).alias("each_of_them")
_user = _each.c.value
_team = bindparam("team", type_=Text)
# People who were forgotten since they were counted are not written down again. Asked like this,
# PostgreSQL looks each of them up; with EXISTS it reads everybody for each statement.
_IS_THERE = (
    select(people.c.user_id)
    .where(people.c.team_id == _team, people.c.user_id == _user)
    .scalar_subquery()
    .is_not(None)
)

# Everybody is counted in the first wave that lists them, also after it has closed.
_elsewhere = wave_people.alias("elsewhere")
_IS_FIRST = (
    select(_elsewhere.c.id)
    .where(_elsewhere.c.team_id == _team, _elsewhere.c.member == _user, _elsewhere.c.part == "invited")
    .limit(1)
    .scalar_subquery()
    .is_(None)
)

_TO_ROLL = insert(wave_people).from_select(
    ["team_id", "wave_id", "member", "part", "segment", "is_counted"],
    select(
        _team,
        bindparam("wave", type_=Text),
        _user,
        literal("invited"),
        bindparam("of_segment", type_=Text),
        _IS_FIRST,
    ).where(_IS_THERE),
)
# Who was named by the owner comes onto the roll in their own row; all others stay as they stand.
_TO_ROLL = _TO_ROLL.on_conflict_do_update(
    index_elements=["team_id", "wave_id", "member"],
    set_={name: _TO_ROLL.excluded[name] for name in ("part", "segment", "is_counted")},
    where=wave_people.c.part == "chosen",
)
_OF_NOTICE = ("kind", "occurrence", "subject", "policy", "not_before", "not_after", "due_on")
_at = bindparam("at", type_=UTCDateTime)
_PLAN = (
    insert(outbox)
    .from_select(
        [
            *("team_id", "key", "recipient", "user_id", *_OF_NOTICE),
            *("state", "attempts", "misses", "planned_at", "changed_at"),
        ],
        select(
            _team,
            _NewKey(),
            _user,
            _user,
            *(bindparam(name, type_=outbox.c[name].type) for name in _OF_NOTICE),
            literal("pending"),
            literal(0),
            literal(0),
            _at,
            _at,
        ).where(_IS_THERE),
    )
    .on_conflict_do_nothing()
)


async def add_to_roll(
    connection: AsyncConnection, team_id: str, wave_id: str, users: Sequence[str], *, segment: str | None
) -> None:
    """Put these people of a segment on the roll of a wave; of those on its list, only who was named."""
    async for some in _in_parts(users):
        values = {"team": team_id, "wave": wave_id, "of_segment": segment, "users": some}
        await connection.execute(_TO_ROLL, values)


async def plan_alike(
    connection: AsyncConnection, team_id: str, alike: Alike, users: Sequence[str], *, at: datetime
) -> None:
    """Put the same notice into the outbox for each of these people; who has it already is not told twice."""
    async for some in _in_parts(users):
        await connection.execute(_PLAN, {**values_of(alike), "team": team_id, "at": at, "users": some})


async def _in_parts(users: Sequence[str]) -> AsyncIterator[str]:
    """These people as lists of a few hundred. SQLite writes where we stand, so everybody else gets a turn between."""
    for first in range(0, len(users), AT_ONCE):
        yield json.dumps(users[first : first + AT_ONCE])
        await asyncio.sleep(0)
