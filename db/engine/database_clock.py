"""The database's clock, which is the same for all replicas and never moved by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from db.schema.types import UTCDateTime


class _DatabaseNow(FunctionElement[datetime]):
    """The current time, also late in a long transaction."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(_DatabaseNow, "sqlite")
def _compile_for_sqlite(element: _DatabaseNow, compiler: Any, **options: Any) -> str:
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@compiles(_DatabaseNow, "postgresql")
def _compile_for_postgresql(element: _DatabaseNow, compiler: Any, **options: Any) -> str:
    return "clock_timestamp()"


DATABASE_NOW = _DatabaseNow()
"""An expression for statements that return the current time with their rows."""

_NOW = select(DATABASE_NOW)


async def database_now(connection: AsyncConnection) -> datetime:
    """Return the database's time, for leases and rate limits; calendar time comes from `bot.clock`."""
    return (await connection.execute(_NOW)).scalar_one()
