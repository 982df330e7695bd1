"""Waves: kept, shown before anything is sent, and thrown away; by those who run the programme."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotAllowed, NoWave
from bot.rules.audiences import Ground, audience_of
from bot.rules.calendars import calendar_of_programme
from bot.rules.roles import Right
from bot.rules.waves import latest_close
from bot.services import Services, Who
from bot.workflows.programme import change_notices
from bot.workflows.programme.settings import authorised, changing
from db.models import Person
from db.models.notices import Change
from db.models.programmes import AuditLine, Programme, Role
from db.models.waves import Member, StoredWave
from db.queries import audit, employee_records, people, programmes, roles, waves

KEPT, DROPPED, TAKEN_OFF = "wave-kept", "wave-dropped", "wave-off"


@dataclass(frozen=True)
class Wish:
    """What an owner asks for in the form."""

    name: str
    opens_on: date
    greeting: str = ""
    segments: Collection[str] = ()
    teams: Collection[str] = ()
    executives: bool = False
    chosen: Collection[str] = ()
    chosen_out: Collection[str] = ()
    channel: str | None = None


async def runs(services: Services, who: Who) -> tuple[Person, Programme]:
    """Whoever runs a programme that is set up, and the programme; NotAllowed for everybody else."""
    person, right = await authorised(services, who)
    async with services.database.reading() as connection:
        programme = await programmes.find_programme(connection, who.team)
    if right is not Right.RUN or programme is None:
        raise NotAllowed
    return person, programme


async def ground_of(connection: AsyncConnection, programme: Programme, wave: StoredWave) -> Ground:
    """Return Slack's directory with what the employee list says of everybody, and the people this wave means.

    Nothing that anybody said or did is read for it: so a list made of it can't tell of that.
    """
    team = programme.team_id
    everybody = {person.user_id: person for person in await people.list_directory(connection, team)}
    holders = await roles.list_holders(connection, team)
    executives = frozenset(holder.user_id for holder in holders if holder.role is Role.EXECUTIVE)
    return Ground(
        programme,
        audience_of(wave, await waves.list_members(connection, team, wave.id), executives),
        everybody,
        await employee_records.list_listings(connection, team),
    )


def first_day(services: Services, programme: Programme) -> date:
    """The first day on which a wave kept now may open."""
    return calendar_of_programme(programme).date_of(services.clock.now()) + timedelta(days=1)


async def keep(services: Services, who: Who, wish: Wish, *, before: str, version: str = "") -> StoredWave:
    """Keep a new wave, or another wish for one that has not started; NoWave when that cannot be."""
    now = services.clock.now()
    async with running(services, who) as (connection, programme):
        old = await same_wave(connection, who, before, version) if before else None
        kept = StoredWave(
            who.team,
            before or secrets.token_hex(6),
            wish.name,
            wish.opens_on,
            latest_close(wish.opens_on, calendar_of_programme(programme)),
            wish.greeting,
            old.at if old else now,
            version=old.version + 1 if old else 1,
            segments=" ".join(sorted(wish.segments)),
            teams="\n".join(sorted(wish.teams)),
            executives=wish.executives,
            channel=wish.channel,
            asked_by=who.user,
            greeted_by=old.greeted_by if old and old.greeting == wish.greeting else who.user,
        )
        if not await waves.put_wave(connection, kept):
            raise NoWave
        await waves.put_members(connection, who.team, kept.id, _members(wish))
        await audit.add_line(connection, AuditLine(who.team, who.user, KEPT, None, kept.name, now))
    return kept


def _members(wish: Wish) -> list[Member]:
    """Everybody named once; who is left out is left out, also when chosen."""
    out = set(wish.chosen_out)
    chosen = [Member(user, "chosen") for user in sorted(set(wish.chosen) - out)]
    return [*chosen, *(Member(user, "chosen_out") for user in sorted(out))]


async def drop(services: Services, who: Who, wave_id: str, *, version: str) -> None:
    """Throw away a wave that has not started."""
    async with running(services, who) as (connection, _):
        wave = await same_wave(connection, who, wave_id, version)
        if not await waves.drop_wave(connection, who.team, wave.id):
            raise NoWave
        line = AuditLine(who.team, who.user, DROPPED, None, wave.name, services.clock.now())
        await audit.add_line(connection, line)


async def take_off(services: Services, who: Who, wave_id: str, users: Collection[str]) -> StoredWave:
    """Nothing more of a wave reaches these people, and who stood on its roll is told; NoWave when it is not open.

    Whoever is not on the roll yet will not come onto it. What somebody did with it makes no difference.
    """
    now = services.clock.now()
    async with running(services, who) as (connection, programme):
        wave = await waves.find_wave(connection, who.team, wave_id)
        today = calendar_of_programme(programme).date_of(now)
        if wave is None or wave.started_at is None or wave.closes_on < today:
            raise NoWave
        off = await waves.mark_off(connection, who.team, wave.id, users, at=now)
        out = [Member(user, "chosen_out") for user in sorted(users)]
        await waves.add_members(connection, who.team, wave.id, out)
        for user in off:
            await change_notices.note(connection, Change(who.team, user, "wave", wave.id, "", who.user, now))
        await audit.add_line(connection, AuditLine(who.team, who.user, TAKEN_OFF, None, wave.name, now))
    return wave


async def same_wave(connection: AsyncConnection, who: Who, wave_id: str, version: str) -> StoredWave:
    """The wave as it was when it was shown; NoWave when it is another one by now."""
    wave = await waves.find_wave(connection, who.team, wave_id)
    if wave is None or str(wave.version) != version:
        raise NoWave
    return wave


@asynccontextmanager
async def running(services: Services, who: Who) -> AsyncIterator[tuple[AsyncConnection, Programme]]:
    """A transaction in which this person changes the waves of a programme that is set up."""
    async with changing(services, who) as connection:
        programme = await programmes.find_programme(connection, who.team)
        if programme is None:
            raise NotAllowed
        yield connection, programme
