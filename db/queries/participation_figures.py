"""Published figures: the participation that owners may read, as last published."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from db.models.waves import PublishedFigure
from db.schema.row_mapping import columns_of, map_all, values_of
from db.schema.waves import published_figures, wave_people, waves

_OF_WAVE = (published_figures.c.team_id == bindparam("team")) & (
    published_figures.c.wave_id == bindparam("wave")
)
_LIST = (
    select(*columns_of(PublishedFigure, published_figures))
    .where(_OF_WAVE)
    .order_by(published_figures.c.segment, published_figures.c.step)
)
_CLEAR = delete(published_figures).where(_OF_WAVE)
_ADD = insert(published_figures)
_other_wave_people = wave_people.alias("elsewhere")
_COUNT_BY_EARLIER_WAVE = (
    select(waves.c.name, func.count().label("people"))
    .select_from(wave_people)
    .join(
        _other_wave_people,
        (_other_wave_people.c.team_id == wave_people.c.team_id)
        & (_other_wave_people.c.member == wave_people.c.member),
    )
    .join(
        waves,
        (waves.c.team_id == _other_wave_people.c.team_id) & (waves.c.id == _other_wave_people.c.wave_id),
    )
    .where(
        wave_people.c.team_id == bindparam("team"),
        wave_people.c.wave_id == bindparam("wave"),
        wave_people.c.part == "invited",
        wave_people.c.is_counted.is_(False),
        _other_wave_people.c.part == "invited",
        _other_wave_people.c.is_counted.is_(True),
    )
    .group_by(waves.c.id, waves.c.name, waves.c.started_at)
    .order_by(waves.c.started_at, waves.c.id)
)


async def list_figures(
    connection: AsyncConnection, team_id: str, wave_id: str
) -> tuple[PublishedFigure, ...]:
    """Return the published figures of a wave."""
    return map_all(PublishedFigure, await connection.execute(_LIST, {"team": team_id, "wave": wave_id}))


async def replace_figures(
    connection: AsyncConnection, team_id: str, wave_id: str, figures: Iterable[PublishedFigure]
) -> None:
    """Publish these figures of a wave, replacing those published before."""
    await connection.execute(_CLEAR, {"team": team_id, "wave": wave_id})
    rows = [{**values_of(figure), "team_id": team_id, "wave_id": wave_id} for figure in figures]
    if rows:
        await connection.execute(_ADD, rows)


async def count_already_counted_by_wave(
    connection: AsyncConnection, team_id: str, wave_id: str
) -> tuple[tuple[str, int], ...]:
    """Return how many people on the list of a wave are counted in which earlier wave, by its name."""
    rows = await connection.execute(_COUNT_BY_EARLIER_WAVE, {"team": team_id, "wave": wave_id})
    return tuple((row.name, row.people) for row in rows)
