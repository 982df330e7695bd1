"""Starting a wave: its roll is written down and every invitation planned; joiners follow when their day comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NoWave, WaveLate
from bot.notices.announcements import ANNOUNCEMENT
from bot.notices.invitations import INVITATION, planned
from bot.rules.audiences import Ground, due_of, joins_on, roll_of
from bot.rules.calendars import calendar_of_programme
from bot.rules.hours import posting_hours
from bot.rules.waves import announced_between
from bot.services import Services, Who
from bot.workflows.waves import first_day, ground_of, running, same_wave
from db import audit, outbox, programmes, waves
from db.models import Person
from db.models.notices import Planned
from db.models.programmes import AuditLine, Programme
from db.models.waves import Member, StoredWave

log = structlog.get_logger(__name__)

STARTED = "wave-started"


async def start(
    services: Services, who: Who, wave_id: str, *, version: str, home_team: str = ""
) -> StoredWave:
    """Start the wave that was shown; WaveLate when its day has come meanwhile, for then it would come too thick."""
    now = services.clock.now()
    async with running(services, who, home_team) as (session, programme):
        wave = await same_wave(session, who, wave_id, version)
        if wave.started_at is not None:
            raise NoWave
        if wave.opens_on < first_day(services, programme):
            raise WaveLate
        ground = await ground_of(session, programme, wave)
        started = replace(wave, started_at=now)
        await waves.put_wave(session, started)
        regular = [person for person in roll_of(ground).listed if joins_on(wave, person, ground) is None]
        await _invite(session, started, ground, people=regular, at=now)
        await outbox.add_notices(session, who.team, _announcement(started, programme), now)
        await audit.add_line(session, AuditLine(who.team, who.user, STARTED, None, wave.name, now))
    log.info("wave.started", wave=wave.id, people=len(regular))
    return started


async def invite_joiners(services: Services, now: datetime) -> int:
    """Put those on the roll of an open wave whose tenth working day has come; how many.

    Who joins is looked for by reading: nearly always it is nobody, and everybody else is not kept waiting.
    """
    invited = 0
    async with services.database.reading() as session:
        found = [wave for wave in await waves.list_waves(session, services.team) if _may_be_open(wave, now)]
        joined = [wave for wave in found if (await _joiners(session, wave, now))[1]]
    for wave in joined:
        async with services.transaction() as session:
            await programmes.lock_halts(
                session, services.team
            )  # whoever takes people off it waits, or is waited for
            ground, joining = await _joiners(session, wave, now)
            if ground is not None:
                await _invite(session, wave, ground, people=joining, at=now)
        invited += len(joining)
    return invited


def _may_be_open(wave: StoredWave, now: datetime) -> bool:
    """Whether the wave has been started, and its last day is not over yet wherever people are."""
    return wave.started_at is not None and now.date() <= wave.closes_on + timedelta(days=1)


async def _joiners(
    session: AsyncConnection, wave: StoredWave, now: datetime
) -> tuple[Ground | None, list[Person]]:
    """Who is to be put on the roll of this wave now, and what that was decided on."""
    programme = await programmes.find_programme(session, wave.team_id)
    if programme is None:
        return None, []
    ground = await ground_of(session, programme, wave)
    members = await waves.list_members(session, wave.team_id, wave.id)
    listed = {m.member for m in members if m.part == "invited"}
    return ground, [
        person
        for person in roll_of(ground).listed
        if person.user_id not in listed and _joins(wave, person, ground, now)
    ]


def _announcement(wave: StoredWave, programme: Programme) -> tuple[Planned, ...]:
    """The word in a channel, the working day before; not after the invitations have begun to come."""
    if wave.channel is None:
        return ()
    calendar, hours = calendar_of_programme(programme), posting_hours(programme)
    from_then, until = announced_between(wave.opens_on, calendar, hours)
    return (Planned(ANNOUNCEMENT.name, wave.channel, wave.id, from_then, until, subject=wave.id),)


def _joins(wave: StoredWave, person: Person, ground: Ground, now: datetime) -> bool:
    day = joins_on(wave, person, ground)
    return day is not None and day <= ground.calendar_of(person).date_of(now) <= wave.closes_on


async def _invite(
    session: AsyncConnection, wave: StoredWave, ground: Ground, *, people: Iterable[Person], at: datetime
) -> None:
    """Write these people down on the roll and plan their invitations; who wants none is asked about at its hour.

    Everybody on the roll is planned for alike: what is waiting must not tell of anybody either.
    """
    dues = [(person, due) for person in people if (due := due_of(wave, person, ground)) is not None]
    members = [Member(person.user_id, "invited", person.segment) for person, _ in dues]
    await waves.add_members(session, wave.team_id, wave.id, members)
    notices = [planned(INVITATION, wave.id, person, due) for person, due in dues]
    await outbox.add_notices(session, wave.team_id, notices, at)
