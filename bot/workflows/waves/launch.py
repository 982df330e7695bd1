"""Starting a wave: its roll is written down and every invitation planned; joiners follow when their day comes."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NoWave, WaveLate
from bot.notices.announcements import ANNOUNCEMENT
from bot.notices.invitations import planned_alike
from bot.rules.audiences import Ground, roll_of, times_of
from bot.rules.calendars import calendar_of_programme
from bot.rules.hours import posting_hours
from bot.rules.schedule import Due
from bot.rules.waves import announced_between
from bot.services import Services, Who
from bot.workflows.waves.waves import first_day, ground_of, running, same_wave
from db.models import Person
from db.models.notices import Planned
from db.models.programmes import AuditLine, Programme
from db.models.waves import StoredWave
from db.queries import audit, bulk, employee_records, outbox, programmes, waves

log = structlog.get_logger(__name__)

STARTED = "wave-started"
BEGINNING = timedelta(days=366)
"""In so long everybody has had ten working days: who began earlier is no joiner, and need not be read for it."""


async def start(services: Services, who: Who, wave_id: str, *, version: str) -> StoredWave:
    """Start the wave that was shown; WaveLate when its day has come meanwhile, for then it would come too thick.

    Whom it invites is read and worked out first, on one moment, while everybody else goes on writing.
    """
    now = services.clock.now()
    invited = await _invited(services, who.team, wave_id)
    async with running(services, who) as (connection, programme):
        wave = await same_wave(connection, who, wave_id, version)
        if wave.started_at is not None:
            raise NoWave
        if wave.opens_on < first_day(services, programme):
            raise WaveLate
        started = replace(wave, started_at=now)
        await waves.put_wave(connection, started)
        await _invite(connection, started, invited, at=now)
        await outbox.add_notices(connection, who.team, _announcement(started, programme), now)
        await audit.add_line(connection, AuditLine(who.team, who.user, STARTED, None, wave.name, now))
    log.info("wave.started", wave=wave.id, people=len(invited))
    return started


@dataclass
class _Invited:
    """Whom a wave invites: their ids by segment, for the roll, and by when it is due, for the outbox."""

    segments: defaultdict[str | None, list[str]] = field(default_factory=lambda: defaultdict(list))
    dues: defaultdict[Due, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Person, segment: str | None, due: Due) -> None:
        """One more person, in their segment on the employee list, with when it is due for them."""
        self.segments[segment].append(person.user_id)
        self.dues[due].append(person.user_id)

    def __len__(self) -> int:
        return sum(map(len, self.dues.values()))


async def _invited(services: Services, team: str, wave_id: str) -> _Invited:
    """Whom this wave invites from its first day on, by what stands in the database at one moment."""
    async with services.database.reading() as connection:
        wave = await waves.find_wave(connection, team, wave_id)
        programme = await programmes.find_programme(connection, team)
        if wave is None or programme is None:
            return _Invited()
        ground = await ground_of(connection, programme, wave)
    return await asyncio.to_thread(_regular, wave, ground)


def _regular(wave: StoredWave, ground: Ground) -> _Invited:
    """Everybody on the roll for whom it does not close too soon, but for those who joined lately."""
    found = _Invited()
    for person, when in times_of(wave, roll_of(ground).listed, ground):
        if when.joins_on is None and when.due is not None:
            found.add(person, ground.segment_of(person.user_id), when.due)
    return found


async def invite_joiners(services: Services, now: datetime) -> int:
    """Put those on the roll of an open wave whose tenth working day has come; how many.

    Who joins is looked for by reading: nearly always it is nobody, and everybody else is not kept waiting.
    """
    invited = 0
    async with services.database.reading() as connection:
        found = [
            wave for wave in await waves.list_waves(connection, services.team) if _may_be_open(wave, now)
        ]
        joining = [(wave, await _joining(connection, wave, now)) for wave in found]
    for wave, them in joining:
        if them:
            async with services.transaction() as connection:
                # Whoever takes people off it has to wait.
                await programmes.lock_programme(connection, services.team)
                await _invite(connection, wave, them, at=now)
            invited += len(them)
    return invited


def _may_be_open(wave: StoredWave, now: datetime) -> bool:
    """Whether the wave has been started, and its last day is not over yet wherever people are."""
    return wave.started_at is not None and now.date() <= wave.closes_on + timedelta(days=1)


async def _joining(connection: AsyncConnection, wave: StoredWave, now: datetime) -> _Invited:
    """Who is to be put on the roll of this wave now."""
    programme = await programmes.find_programme(connection, wave.team_id)
    lately = wave.opens_on - BEGINNING
    if programme is None or not await employee_records.has_beginners(connection, wave.team_id, lately):
        return _Invited()
    ground = await ground_of(connection, programme, wave)
    members = await waves.list_members(connection, wave.team_id, wave.id)
    listed = {m.member for m in members if m.part == "invited"}
    return await asyncio.to_thread(_joiners, wave, ground, listed, now=now)


def _joiners(
    wave: StoredWave, ground: Ground, on_the_list: Collection[str | None], *, now: datetime
) -> _Invited:
    """Everybody on the roll who joined lately, and whose day has come."""
    found = _Invited()
    for person, when in times_of(wave, roll_of(ground).listed, ground):
        if when.joins_on is None or when.due is None or person.user_id in on_the_list:
            continue
        if when.joins_on <= when.calendar.date_of(now) <= wave.closes_on:
            found.add(person, ground.segment_of(person.user_id), when.due)
    return found


def _announcement(wave: StoredWave, programme: Programme) -> tuple[Planned, ...]:
    """The word in a channel, the working day before; not after the invitations have begun to come."""
    if wave.channel is None:
        return ()
    calendar, hours = calendar_of_programme(programme), posting_hours(programme)
    from_then, until = announced_between(wave.opens_on, calendar, hours)
    return (Planned(ANNOUNCEMENT.name, wave.channel, wave.id, from_then, until, subject=wave.id),)


async def _invite(connection: AsyncConnection, wave: StoredWave, invited: _Invited, *, at: datetime) -> None:
    """Write these people down on the roll and plan their invitations; who wants none is asked about at its hour.

    Everybody on the roll is planned for alike: what is waiting must not tell of anybody either.
    """
    for segment, users in invited.segments.items():
        await bulk.add_to_roll(connection, wave.team_id, wave.id, users, segment=segment)
    for due, users in invited.dues.items():
        await bulk.plan_alike(connection, wave.team_id, planned_alike(wave.id, due), users, at=at)
