"""Published figures: what owners may read of people taking part, as it was last published."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.waves import Figure
from db.schema.row_mapping import all_of, columns_of, values_of
from db.schema.waves import published_figures, wave_people, waves

_OF_WAVE = (published_figures.c.team_id == bindparam("team")) & (
    published_figures.c.wave_id == bindparam("wave")
)
_LIST = (
    select(*columns_of(Figure, published_figures))
    .where(_OF_WAVE)
    .order_by(published_figures.c.segment, published_figures.c.step)
)
_CLEAR = delete(published_figures).where(_OF_WAVE)
_ADD = insert(published_figures)
_elsewhere = wave_people.alias("elsewhere")
_COUNT_ELSEWHERE = (
    select(waves.c.name, func.count())
    .select_from(wave_people)
    .join(
        _elsewhere,
        (_elsewhere.c.team_id == wave_people.c.team_id) & (_elsewhere.c.member == wave_people.c.member),
    )
    .join(waves, (waves.c.team_id == _elsewhere.c.team_id) & (waves.c.id == _elsewhere.c.wave_id))
    .where(
        wave_people.c.team_id == bindparam("team"),
        wave_people.c.wave_id == bindparam("wave"),
        wave_people.c.part == "invited",
        wave_people.c.is_counted.is_(False),
        _elsewhere.c.part == "invited",
        _elsewhere.c.is_counted.is_(True),
    )
    .group_by(waves.c.id, waves.c.name, waves.c.started_at)
    .order_by(waves.c.started_at, waves.c.id)
)


async def list_figures(connection: AsyncConnection, team_id: str, wave_id: str) -> tuple[Figure, ...]:
    """Return the figures published of a wave."""
    return all_of(Figure, await connection.execute(_LIST, {"team": team_id, "wave": wave_id}))


async def put_figures(
    connection: AsyncConnection, team_id: str, wave_id: str, figures: Iterable[Figure]
) -> None:
    """Publish these figures of a wave in place of those published before."""
    await connection.execute(_CLEAR, {"team": team_id, "wave": wave_id})
    rows = [{**values_of(figure), "team_id": team_id, "wave_id": wave_id} for figure in figures]
    if rows:
        await connection.execute(_ADD, rows)


async def count_elsewhere(
    connection: AsyncConnection, team_id: str, wave_id: str
) -> tuple[tuple[str, int], ...]:
    """Return how many people on the list of a wave are counted in which earlier wave, by its name."""
    rows = await connection.execute(_COUNT_ELSEWHERE, {"team": team_id, "wave": wave_id})
    return tuple((row[0], row[1]) for row in rows)
