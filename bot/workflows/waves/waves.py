"""Waves: saved, changed, deleted, and people removed from them, by those who run the programme."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import WaveNotFoundError
from bot.rules.audiences import AudienceContext, wave_audience
from bot.rules.calendars import programme_calendar
from bot.rules.waves import latest_closing_date
from bot.services import Services, UserRef
from bot.views.waves.form_input import WaveForm
from bot.workflows.programme import change_notices
from bot.workflows.programme.access import programme_change_transaction
from db.models.notices import PersonChange
from db.models.programmes import AuditEntry, Programme, Role
from db.models.waves import StoredWave, WaveMember
from db.queries import audit, employee_records, people, roles, waves

WAVE_SAVED, WAVE_DELETED, WAVE_PEOPLE_REMOVED = "wave-kept", "wave-dropped", "wave-off"


async def load_audience_context(
    connection: AsyncConnection, programme: Programme, wave: StoredWave
) -> AudienceContext:
    """Load Slack's directory, the employee list, and the wave's audience.

    Nothing that anybody said or did is read for it: so a list made of it can't reveal that.
    """
    team = programme.team_id
    directory = {person.user_id: person for person in await people.list_directory(connection, team)}
    holders = await roles.list_role_holders(connection, team)
    executives = frozenset(holder.user_id for holder in holders if holder.role is Role.EXECUTIVE)
    return AudienceContext(
        programme,
        wave_audience(
            wave, await waves.list_members_including_excluded(connection, team, wave.id), executives
        ),
        directory,
        await employee_records.load_employee_records(connection, team),
    )


def earliest_opening_day(services: Services, programme: Programme) -> date:
    """Return the first day on which a wave saved now may open."""
    return programme_calendar(programme).local_date(services.clock.now()) + timedelta(days=1)


@dataclass(frozen=True)
class EditedWave:
    """The wave that a form was opened for, in the version that was shown; a new one has neither."""

    id: str = ""
    version: int | None = None


async def save_wave(
    connection: AsyncConnection,
    programme: Programme,
    form: WaveForm,
    edited: EditedWave,
    *,
    by: str,
    at: datetime,
) -> StoredWave:
    """Save a new wave, or another version of one that hasn't started; raise WaveNotFoundError if that can't be."""
    who = UserRef(programme.team_id, by)
    old = await load_unchanged_wave(connection, who, edited.id, edited.version) if edited.id else None
    wave = StoredWave(
        who.team,
        edited.id or secrets.token_hex(6),
        form.name,
        form.opens_on,
        latest_closing_date(form.opens_on, programme_calendar(programme)),
        form.greeting,
        old.created_at if old else at,
        version=old.version + 1 if old else 1,
        segments=" ".join(sorted(form.segments)),
        teams="\n".join(sorted(form.teams)),
        executives=form.executives,
        channel=form.channel,
        asked_by=who.user,
        greeted_by=old.greeted_by if old and old.greeting == form.greeting else who.user,
    )
    if not await waves.upsert_unstarted_wave(connection, wave):
        raise WaveNotFoundError
    await waves.replace_members(connection, who.team, wave.id, _members(form))
    await audit.add_audit_entry(connection, AuditEntry(who.team, who.user, WAVE_SAVED, None, wave.name, at))
    return wave


def _members(form: WaveForm) -> list[WaveMember]:
    """Return everybody named in the form, once each; somebody excluded stays excluded even if chosen."""
    excluded = set(form.chosen_out)
    chosen = [WaveMember(user, "chosen") for user in sorted(set(form.chosen) - excluded)]
    return [*chosen, *(WaveMember(user, "chosen_out") for user in sorted(excluded))]


async def delete_wave(services: Services, who: UserRef, wave_id: str, *, version: int | None) -> None:
    """Delete a wave that hasn't started."""
    async with programme_change_transaction(services, who) as (connection, _, _):
        wave = await load_unchanged_wave(connection, who, wave_id, version)
        if not await waves.delete_unstarted_wave(connection, who.team, wave.id):
            raise WaveNotFoundError
        entry = AuditEntry(who.team, who.user, WAVE_DELETED, None, wave.name, services.clock.now())
        await audit.add_audit_entry(connection, entry)


async def remove_from_wave(
    services: Services, who: UserRef, wave_id: str, users: Collection[str]
) -> StoredWave:
    """Remove these people from an open wave and notify those it had invited; raise WaveNotFoundError if it's closed.

    Somebody not invited yet never will be. What somebody did with the invitation makes no difference.
    """
    now = services.clock.now()
    async with programme_change_transaction(services, who) as (connection, _, programme):
        wave = await waves.find_wave(connection, who.team, wave_id)
        today = programme_calendar(programme).local_date(now)
        if wave is None or wave.started_at is None or wave.closes_on < today:
            raise WaveNotFoundError
        removed = await waves.mark_removed_and_suppress_notices(connection, who.team, wave.id, users, at=now)
        excluded = [WaveMember(user, "chosen_out") for user in sorted(users)]
        await waves.add_or_promote_members(connection, who.team, wave.id, excluded)
        for user in removed:
            await change_notices.record_change_and_plan_notice(
                connection, PersonChange(who.team, user, "wave", wave.id, "", who.user, now)
            )
        await audit.add_audit_entry(
            connection, AuditEntry(who.team, who.user, WAVE_PEOPLE_REMOVED, None, wave.name, now)
        )
    return wave


async def load_unchanged_wave(
    connection: AsyncConnection, who: UserRef, wave_id: str, version: int | None
) -> StoredWave:
    """Load a wave that hasn't changed since it was shown; raise WaveNotFoundError otherwise."""
    wave = await waves.find_wave(connection, who.team, wave_id)
    if wave is None or wave.version != version:
        raise WaveNotFoundError
    return wave
