"""Launch of a wave: its invitees are stored and every invitation planned; joiners follow when their day comes."""

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
from bot.notices.invitations import planned_bulk_invitation
from bot.rules.audiences import AudienceContext, audience_invitation_list, invitation_times
from bot.rules.calendars import programme_calendar
from bot.rules.hours import posting_hours
from bot.rules.reminder_schedule import ScheduledNotice
from bot.rules.waves import announcement_window
from bot.services import Services, UserRef
from bot.workflows.programme.access import programme_change_transaction
from bot.workflows.waves.waves import (
    earliest_opening_day,
    load_audience_context,
    load_unchanged_wave,
)
from db.models import Person
from db.models.notices import PlannedNotice
from db.models.programmes import AuditEntry, Programme
from db.models.waves import StoredWave
from db.queries import audit, bulk, employee_records, outbox, programmes, waves

log = structlog.get_logger(__name__)

WAVE_STARTED = "wave-started"
JOINER_LOOKBACK = timedelta(days=366)
"""Within this time everybody has had ten working days: somebody who started earlier is no joiner."""


async def start(services: Services, who: UserRef, wave_id: str, *, version: int | None) -> StoredWave:
    """Start the wave that was shown; raise WaveTooLateError when its first day has come meanwhile.

    Its invitees are read and computed first, from one snapshot, while other writers go on.
    """
    now = services.clock.now()
    invited = await _load_invitees(services, who.team, wave_id)
    async with programme_change_transaction(services, who) as (connection, _, programme):
        wave = await load_unchanged_wave(connection, who, wave_id, version)
        if wave.started_at is not None:
            raise WaveNotFoundError
        if wave.opens_on < earliest_opening_day(services, programme):
            raise WaveTooLateError
        started = replace(wave, started_at=now)
        await waves.upsert_unstarted_wave(connection, started)
        await _invite(connection, started, invited, at=now)
        await outbox.add_notices(connection, who.team, _announcement(started, programme), now)
        await audit.add_audit_entry(
            connection, AuditEntry(who.team, who.user, WAVE_STARTED, None, wave.name, now)
        )
    log.info("wave.started", wave=wave.id, people=len(invited))
    return started


@dataclass
class _Invitees:
    """The invitees of a wave: their IDs by segment, for the list, and by due time, for the outbox."""

    by_segment: defaultdict[str | None, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_due: defaultdict[ScheduledNotice, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Person, segment: str | None, due: ScheduledNotice) -> None:
        """Add a person with their segment on the employee list and the due time of their invitation."""
        self.by_segment[segment].append(person.user_id)
        self.by_due[due].append(person.user_id)

    def __len__(self) -> int:
        return sum(map(len, self.by_due.values()))


async def _load_invitees(services: Services, team: str, wave_id: str) -> _Invitees:
    """Load the people invited from the wave's first day on, from one snapshot of the database."""
    async with services.database.read_transaction() as connection:
        wave = await waves.find_wave(connection, team, wave_id)
        programme = await programmes.find_programme(connection, team)
        if wave is None or programme is None:
            return _Invitees()
        audience = await load_audience_context(connection, programme, wave)
    return await asyncio.to_thread(_initial_invitees, wave, audience)


def _initial_invitees(wave: StoredWave, audience: AudienceContext) -> _Invitees:
    """Return everybody on the invitation list who can be invited before it closes, without recent joiners."""
    found = _Invitees()
    for person, when in invitation_times(wave, audience_invitation_list(audience).invitees, audience):
        if when.offered_on is None and when.due is not None:
            found.add(person, audience.segment_of(person.user_id), when.due)
    return found


async def invite_joiners(services: Services, now: datetime) -> int:
    """Invite joiners whose tenth working day has come to the open waves, and return their number.

    They are searched for in a reading transaction: nearly always there is nobody, and no writer is kept waiting.
    """
    invited = 0
    async with services.database.read_transaction() as connection:
        open_waves = [
            wave for wave in await waves.list_waves(connection, services.team) if _may_be_open(wave, now)
        ]
        joining = [(wave, await _load_joiners(connection, wave, now)) for wave in open_waves]
    for wave, joiners in joining:
        if joiners:
            async with services.transaction() as connection:
                # An owner who removes people from the wave must wait.
                await programmes.lock_programme(connection, services.team)
                await _invite(connection, wave, joiners, at=now)
            invited += len(joiners)
    return invited


def _may_be_open(wave: StoredWave, now: datetime) -> bool:
    """Return whether the wave has been started, and its last day isn't over yet in every time zone."""
    return wave.started_at is not None and now.date() <= wave.closes_on + timedelta(days=1)


async def _load_joiners(connection: AsyncConnection, wave: StoredWave, now: datetime) -> _Invitees:
    """Load the joiners to invite to this wave now."""
    programme = await programmes.find_programme(connection, wave.team_id)
    since = wave.opens_on - JOINER_LOOKBACK
    if programme is None or not await employee_records.has_starters_after(connection, wave.team_id, since):
        return _Invitees()
    audience = await load_audience_context(connection, programme, wave)
    members = await waves.list_members_including_excluded(connection, wave.team_id, wave.id)
    invited = {m.member for m in members if m.part == "invited"}
    return await asyncio.to_thread(_due_joiners, wave, audience, invited, now=now)


def _due_joiners(
    wave: StoredWave, audience: AudienceContext, already_invited: Collection[str | None], *, now: datetime
) -> _Invitees:
    """Return the recent joiners on the invitation list whose day has come."""
    found = _Invitees()
    for person, when in invitation_times(wave, audience_invitation_list(audience).invitees, audience):
        if when.offered_on is None or when.due is None or person.user_id in already_invited:
            continue
        if when.offered_on <= when.calendar.local_date(now) <= wave.closes_on:
            found.add(person, audience.segment_of(person.user_id), when.due)
    return found


def _announcement(wave: StoredWave, programme: Programme) -> tuple[PlannedNotice, ...]:
    """Plan the announcement in the channel on the working day before, never after the first invitations."""
    if wave.channel is None:
        return ()
    calendar, hours = programme_calendar(programme), posting_hours(programme)
    not_before, not_after = announcement_window(wave.opens_on, calendar, hours)
    return (
        PlannedNotice(ANNOUNCEMENT_KIND.name, wave.channel, wave.id, not_before, not_after, subject=wave.id),
    )


async def _invite(connection: AsyncConnection, wave: StoredWave, invited: _Invitees, *, at: datetime) -> None:
    """Store these people as invited and plan their invitations; the claim checks later who wants none.

    Every invitee gets a row: the pending rows must reveal nothing about anybody either.
    """
    for segment, users in invited.by_segment.items():
        await bulk.upsert_invited_members(connection, wave.team_id, wave.id, users, segment=segment)
    for due, users in invited.by_due.items():
        await bulk.add_notice_for_many(
            connection, wave.team_id, planned_bulk_invitation(wave.id, due), users, at=at
        )
