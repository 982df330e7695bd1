"""Showing a wave before anything is sent: the dry run in the owner's DM, its table, and a sample of the message."""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog

from bot.i18n import LOCALES, Texts
from bot.notices.invitations import invitation_content
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
from bot.views.waves.form import segment_names
from bot.workflows.people.members import ensure_dm_channel, language_in_slack, texts_for
from bot.workflows.privacy.owner_files import NamedFile, upload_for_owner
from bot.workflows.waves.waves import load_audience_context
from db.models import Person
from db.models.waves import StoredWave
from db.queries import people, programmes, waves

log = structlog.get_logger(__name__)


def dry_run_of(wave: StoredWave, ground: AudienceContext, texts: Texts, now: datetime) -> DryRun:
    """All that an owner may know of a wave, drawn from the roll and from nothing else."""
    found = audience_invitation_list(ground)
    lines = tuple(
        _line(wave, person, when, ground) for person, when in invitation_times(wave, found.invitees, ground)
    )
    reasons = sorted({str(reason) for _, reason in found.excluded})
    left_out = {
        reason: tuple(p.real_name or p.name for p, why in found.excluded if why == reason)
        for reason in reasons
    }
    programme = ground.programme
    calendar = programme_calendar(programme)
    day = planned_announcement_date(wave.opens_on, now, calendar, posting_hours(programme))
    return DryRun(
        wave,
        lines,
        segment_names(programme, texts),
        left_out,
        day,
        programme.language,
    )


def _line(wave: StoredWave, person: Person, when: InvitationTime, ground: AudienceContext) -> DryRunRow:
    locale = language_in_slack(person)
    return DryRunRow(
        person.user_id,
        person.real_name or person.name,
        ground.segment_of(person.user_id) or "",
        ground.team_of(person.user_id),
        locale,
        invitation_content(wave, person, ground, Texts(locale)),
        when.calendar.to_local(when.due.not_before) if when.due else None,
    )


def send_dry_run_later(services: Services, who: UserRef, wave_id: str) -> None:
    """Put the dry run and its table into the owner's DM."""
    services.send_after_commit(who, lambda: _send_dry_run(services, who, wave_id))


async def _send_dry_run(services: Services, who: UserRef, wave_id: str) -> None:
    async with services.database.read_transaction() as connection:
        wave = await waves.find_wave(connection, who.team, wave_id)
        programme = await programmes.find_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if wave is None or programme is None or person is None:
            return
        ground = await load_audience_context(connection, programme, wave)
    texts = texts_for(person)
    # There may be a hundred thousand lines: they are drawn in a thread, so that the event loop goes on meanwhile.
    run = await asyncio.to_thread(dry_run_of, wave, ground, texts, services.clock.now())
    shown = await asyncio.to_thread(views.dry_run_csv, run, texts)
    channel = await ensure_dm_channel(services, person)
    messenger = services.messenger
    state = await fetch_channel_state(services.messenger, wave.channel) if wave.channel else ""
    message = await asyncio.to_thread(views.dry_run_message, run, state, texts)
    await messenger.post_reply(channel, message, messenger.new_key())
    try:
        name, title = texts.label("dry-file-name"), texts.label("dry-title", name=wave.name)
        await upload_for_owner(services, channel, NamedFile(name, title, shown))
    except CALL_ERRORS as problem:
        log.warning("dry_run.no_file", user=who.user, error=type(problem).__name__)
        await messenger.post_reply(channel, sentence_message(texts, "dry-file-failed"), messenger.new_key())


def send_sample_later(services: Services, who: UserRef, wave: StoredWave) -> None:
    """Show the owner what people will see, in both languages."""
    services.send_after_commit(who, lambda: _send_sample(services, who, wave))


async def _send_sample(services: Services, who: UserRef, wave: StoredWave) -> None:
    async with services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if programme is None or person is None:
            return
        ground = await load_audience_context(connection, programme, wave)
    listed = (await asyncio.to_thread(audience_invitation_list, ground)).invitees
    channel = await ensure_dm_channel(services, person)
    messenger = services.messenger
    for locale in LOCALES:
        # Somebody who will get it in this language, or else anybody, or else the owner.
        ours = [p for p in listed if language_in_slack(p) == locale] or [*listed, person]
        texts = Texts(locale)
        asked = invitation_content(wave, ours[0], ground, texts)
        sample = invitations.invitation_message(asked, invitations.SAMPLE_WAVE_ID, texts)
        await messenger.post_reply(channel, invitations.sample_heading_message(texts), messenger.new_key())
        await messenger.post_reply(channel, sample, messenger.new_key())
