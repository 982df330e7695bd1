"""Starting a wave: its roll is written down and every invitation planned; joiners follow when their day comes."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import WaveNotFoundError, WaveTooLateError
from bot.notices.announcements import ANNOUNCEMENT_KIND
from bot.notices.invitations import plan_bulk_invitation
from bot.rules.audiences import AudienceContext, audience_invitation_list, invitation_times
from bot.rules.calendars import programme_calendar
from bot.rules.hours import posting_hours
from bot.rules.schedule import ScheduledNotice
from bot.rules.waves import announcement_window
from bot.services import Services, UserRef
from bot.workflows.waves.waves import (
    earliest_opening_day,
    load_audience_context,
    load_unchanged_wave,
    programme_transaction,
)
from db.models import Person
from db.models.notices import PlannedNotice
from db.models.programmes import AuditEntry, Programme
from db.models.waves import StoredWave
from db.queries import audit, bulk, employee_records, outbox, programmes, waves

log = structlog.get_logger(__name__)

WAVE_STARTED = "wave-started"
JOINER_LOOKBACK = timedelta(days=366)
"""In so long everybody has had ten working days: who began earlier is no joiner, and need not be read for it."""


async def start(services: Services, who: UserRef, wave_id: str, *, version: str) -> StoredWave:
    """Start the wave that was shown; WaveLate when its day has come meanwhile, for then it would come too thick.

    Whom it invites is read and worked out first, on one moment, while everybody else goes on writing.
    """
    now = services.clock.now()
    invited = await _load_invitees(services, who.team, wave_id)
    async with programme_transaction(services, who) as (connection, programme):
        wave = await load_unchanged_wave(connection, who, wave_id, version)
        if wave.started_at is not None:
            raise WaveNotFoundError
        if wave.opens_on < earliest_opening_day(services, programme):
            raise WaveTooLateError
        started = replace(wave, started_at=now)
        await waves.upsert_wave(connection, started)
        await _invite(connection, started, invited, at=now)
        await outbox.add_notices(connection, who.team, _announcement(started, programme), now)
        await audit.add_audit_entry(
            connection, AuditEntry(who.team, who.user, WAVE_STARTED, None, wave.name, now)
        )
    log.info("wave.started", wave=wave.id, people=len(invited))
    return started


@dataclass
class _Invitees:
    """Whom a wave invites: their ids by segment, for the roll, and by when it is due, for the outbox."""

    by_segment: defaultdict[str | None, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_due: defaultdict[ScheduledNotice, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Person, segment: str | None, due: ScheduledNotice) -> None:
        """One more person, in their segment on the employee list, with when it is due for them."""
        self.by_segment[segment].append(person.user_id)
        self.by_due[due].append(person.user_id)

    def __len__(self) -> int:
        return sum(map(len, self.by_due.values()))


async def _load_invitees(services: Services, team: str, wave_id: str) -> _Invitees:
    """Whom this wave invites from its first day on, by what stands in the database at one moment."""
    async with services.database.read_transaction() as connection:
        wave = await waves.find_wave(connection, team, wave_id)
        programme = await programmes.find_programme(connection, team)
        if wave is None or programme is None:
            return _Invitees()
        ground = await load_audience_context(connection, programme, wave)
    return await asyncio.to_thread(_initial_invitees, wave, ground)


def _initial_invitees(wave: StoredWave, ground: AudienceContext) -> _Invitees:
    """Everybody on the roll for whom it does not close too soon, but for those who joined lately."""
    found = _Invitees()
    for person, when in invitation_times(wave, audience_invitation_list(ground).invitees, ground):
        if when.offered_on is None and when.due is not None:
            found.add(person, ground.segment_of(person.user_id), when.due)
    return found


async def invite_joiners(services: Services, now: datetime) -> int:
    """Put those on the roll of an open wave whose tenth working day has come; how many.

    Who joins is looked for by reading: nearly always it is nobody, and everybody else is not kept waiting.
    """
    invited = 0
    async with services.database.read_transaction() as connection:
        found = [
            wave for wave in await waves.list_waves(connection, services.team) if _may_be_open(wave, now)
        ]
        joining = [(wave, await _load_joiners(connection, wave, now)) for wave in found]
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


async def _load_joiners(connection: AsyncConnection, wave: StoredWave, now: datetime) -> _Invitees:
    """Who is to be put on the roll of this wave now."""
    programme = await programmes.find_programme(connection, wave.team_id)
    lately = wave.opens_on - JOINER_LOOKBACK
    if programme is None or not await employee_records.has_starters_after(connection, wave.team_id, lately):
        return _Invitees()
    ground = await load_audience_context(connection, programme, wave)
    members = await waves.list_members(connection, wave.team_id, wave.id)
    listed = {m.member for m in members if m.part == "invited"}
    return await asyncio.to_thread(_due_joiners, wave, ground, listed, now=now)


def _due_joiners(
    wave: StoredWave, ground: AudienceContext, already_invited: Collection[str | None], *, now: datetime
) -> _Invitees:
    """Everybody on the roll who joined lately, and whose day has come."""
    found = _Invitees()
    for person, when in invitation_times(wave, audience_invitation_list(ground).invitees, ground):
        if when.offered_on is None or when.due is None or person.user_id in already_invited:
            continue
        if when.offered_on <= when.calendar.local_date(now) <= wave.closes_on:
            found.add(person, ground.segment_of(person.user_id), when.due)
    return found


def _announcement(wave: StoredWave, programme: Programme) -> tuple[PlannedNotice, ...]:
    """The word in a channel, the working day before; not after the invitations have begun to come."""
    if wave.channel is None:
        return ()
    calendar, hours = programme_calendar(programme), posting_hours(programme)
    from_then, until = announcement_window(wave.opens_on, calendar, hours)
    return (PlannedNotice(ANNOUNCEMENT_KIND.name, wave.channel, wave.id, from_then, until, subject=wave.id),)


async def _invite(connection: AsyncConnection, wave: StoredWave, invited: _Invitees, *, at: datetime) -> None:
    """Write these people down on the roll and plan their invitations; who wants none is asked about at its hour.

    Everybody on the roll is planned for alike: what is waiting must not tell of anybody either.
    """
    for segment, users in invited.by_segment.items():
        await bulk.add_invited_members(connection, wave.team_id, wave.id, users, segment=segment)
    for due, users in invited.by_due.items():
        await bulk.add_bulk_notices(
            connection, wave.team_id, plan_bulk_invitation(wave.id, due), users, at=at
        )
