"""The database's own clock: all replicas read the same one, and nobody moves it by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from db.schema.types import UTCDateTime


class _ClockTime(FunctionElement[datetime]):
    """What the clock says now, also late in a long transaction."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(_ClockTime, "sqlite")
def _on_sqlite(element: _ClockTime, compiler: Any, **options: Any) -> str:
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@compiles(_ClockTime, "postgresql")
def _on_postgresql(element: _ClockTime, compiler: Any, **options: Any) -> str:
    return "clock_timestamp()"


CLOCK_TIME = _ClockTime()
"""For statements that give the moment beside what they find."""

_NOW = select(CLOCK_TIME)


async def clock_time(connection: AsyncConnection) -> datetime:
    """The moment by the database's clock, for leases and the pace; the calendar's comes from `bot.clock`."""
    return (await connection.execute(_NOW)).scalar_one()
