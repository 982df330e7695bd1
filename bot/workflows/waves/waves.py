"""Waves: kept, shown before anything is sent, and thrown away; by those who run the programme."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotAllowedError, WaveNotFoundError
from bot.rules.audiences import AudienceContext, wave_audience
from bot.rules.calendars import programme_calendar
from bot.rules.roles import ProgrammeRight
from bot.rules.waves import latest_closing_date
from bot.services import Services, UserRef
from bot.workflows.programme import change_notices
from bot.workflows.programme.settings import authorised_transaction, require_right
from db.models import Person
from db.models.notices import PersonChange
from db.models.programmes import AuditEntry, Programme, Role
from db.models.waves import StoredWave, WaveMember
from db.queries import audit, employee_records, people, programmes, roles, waves

WAVE_SAVED, WAVE_DELETED, WAVE_PEOPLE_REMOVED = "wave-kept", "wave-dropped", "wave-off"


@dataclass(frozen=True)
class WaveForm:
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


async def require_run_right(services: Services, who: UserRef) -> tuple[Person, Programme]:
    """Whoever runs a programme that is set up, and the programme; NotAllowed for everybody else."""
    person, right = await require_right(services, who)
    async with services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, who.team)
    if right is not ProgrammeRight.RUN or programme is None:
        raise NotAllowedError
    return person, programme


async def load_audience_context(
    connection: AsyncConnection, programme: Programme, wave: StoredWave
) -> AudienceContext:
    """Return Slack's directory with what the employee list says of everybody, and the people this wave means.

    Nothing that anybody said or did is read for it: so a list made of it can't tell of that.
    """
    team = programme.team_id
    everybody = {person.user_id: person for person in await people.list_directory(connection, team)}
    holders = await roles.list_role_holders(connection, team)
    executives = frozenset(holder.user_id for holder in holders if holder.role is Role.EXECUTIVE)
    return AudienceContext(
        programme,
        wave_audience(wave, await waves.list_members(connection, team, wave.id), executives),
        everybody,
        await employee_records.load_employee_records(connection, team),
    )


def earliest_opening_day(services: Services, programme: Programme) -> date:
    """The first day on which a wave kept now may open."""
    return programme_calendar(programme).local_date(services.clock.now()) + timedelta(days=1)


async def save_wave(
    services: Services, who: UserRef, form: WaveForm, *, wave_id: str, version: str = ""
) -> StoredWave:
    """Keep a new wave, or another wish for one that has not started; NoWave when that cannot be."""
    now = services.clock.now()
    async with programme_transaction(services, who) as (connection, programme):
        old = await load_unchanged_wave(connection, who, wave_id, version) if wave_id else None
        kept = StoredWave(
            who.team,
            wave_id or secrets.token_hex(6),
            form.name,
            form.opens_on,
            latest_closing_date(form.opens_on, programme_calendar(programme)),
            form.greeting,
            old.created_at if old else now,
            version=old.version + 1 if old else 1,
            segments=" ".join(sorted(form.segments)),
            teams="\n".join(sorted(form.teams)),
            executives=form.executives,
            channel=form.channel,
            asked_by=who.user,
            greeted_by=old.greeted_by if old and old.greeting == form.greeting else who.user,
        )
        if not await waves.upsert_wave(connection, kept):
            raise WaveNotFoundError
        await waves.replace_members(connection, who.team, kept.id, _members(form))
        await audit.add_audit_entry(
            connection, AuditEntry(who.team, who.user, WAVE_SAVED, None, kept.name, now)
        )
    return kept


def _members(form: WaveForm) -> list[WaveMember]:
    """Everybody named once; who is left out is left out, also when chosen."""
    out = set(form.chosen_out)
    chosen = [WaveMember(user, "chosen") for user in sorted(set(form.chosen) - out)]
    return [*chosen, *(WaveMember(user, "chosen_out") for user in sorted(out))]


async def delete_wave(services: Services, who: UserRef, wave_id: str, *, version: str) -> None:
    """Throw away a wave that has not started."""
    async with programme_transaction(services, who) as (connection, _):
        wave = await load_unchanged_wave(connection, who, wave_id, version)
        if not await waves.delete_wave(connection, who.team, wave.id):
            raise WaveNotFoundError
        line = AuditEntry(who.team, who.user, WAVE_DELETED, None, wave.name, services.clock.now())
        await audit.add_audit_entry(connection, line)


async def remove_from_wave(
    services: Services, who: UserRef, wave_id: str, users: Collection[str]
) -> StoredWave:
    """Nothing more of a wave reaches these people, and who stood on its roll is told; NoWave when it is not open.

    Whoever is not on the roll yet will not come onto it. What somebody did with it makes no difference.
    """
    now = services.clock.now()
    async with programme_transaction(services, who) as (connection, programme):
        wave = await waves.find_wave(connection, who.team, wave_id)
        today = programme_calendar(programme).local_date(now)
        if wave is None or wave.started_at is None or wave.closes_on < today:
            raise WaveNotFoundError
        off = await waves.mark_members_removed(connection, who.team, wave.id, users, at=now)
        out = [WaveMember(user, "chosen_out") for user in sorted(users)]
        await waves.upsert_members(connection, who.team, wave.id, out)
        for user in off:
            await change_notices.record_change(
                connection, PersonChange(who.team, user, "wave", wave.id, "", who.user, now)
            )
        await audit.add_audit_entry(
            connection, AuditEntry(who.team, who.user, WAVE_PEOPLE_REMOVED, None, wave.name, now)
        )
    return wave


async def load_unchanged_wave(
    connection: AsyncConnection, who: UserRef, wave_id: str, version: str
) -> StoredWave:
    """The wave as it was when it was shown; NoWave when it is another one by now."""
    wave = await waves.find_wave(connection, who.team, wave_id)
    if wave is None or str(wave.version) != version:
        raise WaveNotFoundError
    return wave


@asynccontextmanager
async def programme_transaction(
    services: Services, who: UserRef
) -> AsyncIterator[tuple[AsyncConnection, Programme]]:
    """A transaction in which this person changes the waves of a programme that is set up."""
    async with authorised_transaction(services, who) as connection:
        programme = await programmes.find_programme(connection, who.team)
        if programme is None:
            raise NotAllowedError
        yield connection, programme
