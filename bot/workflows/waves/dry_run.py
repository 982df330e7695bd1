"""The preview of a wave in the owner's DM: the dry run, its table, and a sample of the invitation."""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog

from bot.i18n import LOCALES, Texts
from bot.notices.invitations import invitation_details
from bot.rules.audiences import AudienceContext, InvitationTime, audience_invitation_list, invitation_times
from bot.rules.calendars import programme_calendar
from bot.rules.hours import posting_hours
from bot.rules.waves import planned_announcement_date
from bot.services import Services, UserRef
from bot.slack.channels import fetch_channel_state
from bot.slack.errors import CALL_ERRORS
from bot.views.stories.replies import sentence_message
from bot.views.waves import dry_run as views
from bot.views.waves import invitation as invitations
from bot.views.waves.dry_run import DryRun, DryRunRow
from bot.views.waves.form import segment_labels_by_name
from bot.workflows.people.members import ensure_dm_channel, language_in_slack, texts_for
from bot.workflows.privacy.owner_files import NamedFile, upload_for_owner
from bot.workflows.waves.waves import load_audience_context
from db.models import Person
from db.models.waves import StoredWave
from db.queries import people, programmes, waves

log = structlog.get_logger(__name__)


def build_dry_run(wave: StoredWave, audience: AudienceContext, texts: Texts, now: datetime) -> DryRun:
    """Build what an owner may know about a wave, from the invitation list and nothing else."""
    found = audience_invitation_list(audience)
    lines = tuple(
        _build_row(wave, person, when, audience)
        for person, when in invitation_times(wave, found.invitees, audience)
    )
    reasons = sorted({reason for _, reason in found.excluded})
    left_out = {
        reason: tuple(p.real_name or p.name for p, why in found.excluded if why == reason)
        for reason in reasons
    }
    programme = audience.programme
    calendar = programme_calendar(programme)
    day = planned_announcement_date(wave.opens_on, now, calendar, posting_hours(programme))
    return DryRun(
        wave,
        lines,
        segment_labels_by_name(programme, texts),
        left_out,
        day,
        programme.language,
    )


def _build_row(
    wave: StoredWave, person: Person, when: InvitationTime, audience: AudienceContext
) -> DryRunRow:
    locale = language_in_slack(person)
    return DryRunRow(
        person.user_id,
        person.real_name or person.name,
        audience.segment_of(person.user_id) or "",
        audience.team_of(person.user_id),
        locale,
        invitation_details(wave, person, audience, Texts(locale)),
        when.calendar.to_local(when.due.not_before) if when.due else None,
    )


def send_dry_run_later(services: Services, who: UserRef, wave_id: str, state: str | None = None) -> None:
    """Send the dry run and its table to the owner's DM; `state` is that of the wave's channel, if known already."""
    services.send_after_commit(who, lambda: _send_dry_run(services, who, wave_id, state))


async def load_channel_state(services: Services, channel: str | None) -> str:
    """Return the state of a wave's channel; an empty string when it has none."""
    return await fetch_channel_state(services.messenger, channel) if channel else ""


async def _send_dry_run(services: Services, who: UserRef, wave_id: str, state: str | None) -> None:
    async with services.database.read_transaction() as connection:
        wave = await waves.find_wave(connection, who.team, wave_id)
        programme = await programmes.find_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if wave is None or programme is None or person is None:
            return
        audience = await load_audience_context(connection, programme, wave)
    texts = texts_for(person)
    # There may be a hundred thousand rows: they are built in a thread, so that the event loop isn't blocked.
    run = await asyncio.to_thread(build_dry_run, wave, audience, texts, services.clock.now())
    table = await asyncio.to_thread(views.dry_run_csv, run, texts)
    channel = await ensure_dm_channel(services, person)
    messenger = services.messenger
    if state is None:
        state = await load_channel_state(services, wave.channel)
    message = await asyncio.to_thread(views.dry_run_message, run, state, texts)
    await messenger.post_reply(channel, message, messenger.new_key())
    try:
        name, title = texts.label("dry-file-name"), texts.label("dry-title", name=wave.name)
        await upload_for_owner(services, channel, NamedFile(name, title, table))
    except CALL_ERRORS as problem:
        log.warning("dry_run.no_file", user=who.user, error=type(problem).__name__)
        await messenger.post_reply(channel, sentence_message(texts, "dry-file-failed"), messenger.new_key())


def send_sample_later(services: Services, who: UserRef, wave: StoredWave) -> None:
    """Send the owner a sample of the invitation in both languages."""
    services.send_after_commit(who, lambda: _send_sample(services, who, wave))


async def _send_sample(services: Services, who: UserRef, wave: StoredWave) -> None:
    async with services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if programme is None or person is None:
            return
        audience = await load_audience_context(connection, programme, wave)
    invitees = (await asyncio.to_thread(audience_invitation_list, audience)).invitees
    channel = await ensure_dm_channel(services, person)
    messenger = services.messenger
    for locale in LOCALES:
        # Somebody who will get it in this language, or else any invitee, or else the owner.
        readers = [p for p in invitees if language_in_slack(p) == locale] or [*invitees, person]
        texts = Texts(locale)
        content = invitation_details(wave, readers[0], audience, texts)
        sample = invitations.invitation_message(content, invitations.SAMPLE_WAVE_ID, texts)
        await messenger.post_reply(channel, invitations.sample_heading_message(texts), messenger.new_key())
        await messenger.post_reply(channel, sample, messenger.new_key())
