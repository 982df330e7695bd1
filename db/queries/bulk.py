"""Bulk inserts for thousands of people, in chunks of 100, yielding to the event loop between them."""

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

from db.models.notices import BulkNotice
from db.schema.core import people
from db.schema.outbox import outbox
from db.schema.row_mapping import values_of
from db.schema.types import UTCDateTime
from db.schema.waves import wave_people

CHUNK_SIZE = 100
"""The number of people per statement, which then takes a few milliseconds."""


class _EachOf(GenericFunction[str]):
    """The texts in a JSON list as rows, so that any number of them is one parameter."""

    name = "each_of"
    inherit_cache = True


class _RandomKey(FunctionElement[str]):
    """A random key of 32 hexadecimal digits, different in each row."""

    type = Text()
    inherit_cache = True


@compiles(_EachOf, "sqlite")
def _compile_each_of_for_sqlite(element: _EachOf, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_EachOf, "postgresql")
def _compile_each_of_for_postgresql(element: _EachOf, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS json))"


@compiles(_RandomKey, "sqlite")
def _compile_key_for_sqlite(element: _RandomKey, compiler: Any, **options: Any) -> str:
    return "lower(hex(randomblob(16)))"


@compiles(_RandomKey, "postgresql")
def _compile_key_for_postgresql(element: _RandomKey, compiler: Any, **options: Any) -> str:
    return "replace(CAST(gen_random_uuid() AS text), '-', '')"


_each = func.each_of(bindparam("users", type_=Text)).table_valued(column("value", Text)).alias("each_of_them")
_user = _each.c.value
_team = bindparam("team", type_=Text)
# People who were erased since they were listed aren't inserted again. With a scalar subquery,
# PostgreSQL looks each of them up; with EXISTS it reads the whole table for each statement.
_IS_KNOWN_PERSON = (
    select(people.c.user_id)
    .where(people.c.team_id == _team, people.c.user_id == _user)
    .scalar_subquery()
    .is_not(None)
)

# Everybody is counted in the first wave that lists them, even after it has closed.
_other_wave_people = wave_people.alias("elsewhere")
_IS_FIRST_WAVE = (
    select(_other_wave_people.c.id)
    .where(
        _other_wave_people.c.team_id == _team,
        _other_wave_people.c.member == _user,
        _other_wave_people.c.part == "invited",
    )
    .limit(1)
    .scalar_subquery()
    .is_(None)
)

_UPSERT_INVITED = insert(wave_people).from_select(
    ["team_id", "wave_id", "member", "part", "segment", "is_counted"],
    select(
        _team,
        bindparam("wave", type_=Text),
        _user,
        literal("invited"),
        bindparam("of_segment", type_=Text),
        _IS_FIRST_WAVE,
    ).where(_IS_KNOWN_PERSON),
)
# People named by the owner become invited in their existing row; all other rows stay as they are.
_UPSERT_INVITED = _UPSERT_INVITED.on_conflict_do_update(
    index_elements=["team_id", "wave_id", "member"],
    set_={name: _UPSERT_INVITED.excluded[name] for name in ("part", "segment", "is_counted")},
    where=wave_people.c.part == "chosen",
)
_NOTICE_COLUMNS = ("kind", "occurrence", "subject", "policy", "not_before", "not_after", "due_on")
_at = bindparam("at", type_=UTCDateTime)
_ADD_NOTICES = (
    insert(outbox)
    .from_select(
        [
            *("team_id", "key", "recipient", "user_id", *_NOTICE_COLUMNS),
            *("state", "attempts", "misses", "planned_at", "changed_at"),
        ],
        select(
            _team,
            _RandomKey(),
            _user,
            _user,
            *(bindparam(name, type_=outbox.c[name].type) for name in _NOTICE_COLUMNS),
            literal("pending"),
            literal(0),
            literal(0),
            _at,
            _at,
        ).where(_IS_KNOWN_PERSON),
    )
    .on_conflict_do_nothing()
)


async def upsert_invited_members(
    connection: AsyncConnection, team_id: str, wave_id: str, users: Sequence[str], *, segment: str | None
) -> None:
    """Invite these people of a segment to a wave; of the people already listed, only those named by the owner."""
    async for chunk in _json_chunks(users):
        values = {"team": team_id, "wave": wave_id, "of_segment": segment, "users": chunk}
        await connection.execute(_UPSERT_INVITED, values)


async def add_notice_for_many(
    connection: AsyncConnection, team_id: str, notice: BulkNotice, users: Sequence[str], *, at: datetime
) -> None:
    """Add the same notice to the outbox for each of these people, skipping those who already have it."""
    async for chunk in _json_chunks(users):
        await connection.execute(
            _ADD_NOTICES, {**values_of(notice), "team": team_id, "at": at, "users": chunk}
        )


async def _json_chunks(users: Sequence[str]) -> AsyncIterator[str]:
    """Yield these people as JSON lists of 100; SQLite writes in the event loop, so let other tasks run between them."""
    for first in range(0, len(users), CHUNK_SIZE):
        yield json.dumps(users[first : first + CHUNK_SIZE])
        await asyncio.sleep(0)
