"""Showing a wave before anything is sent: the dry run in the owner's DM, its table, and a sample of the message."""

from __future__ import annotations

import asyncio
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.i18n import LOCALES, Texts
from bot.notices.invitations import asked_of
from bot.rules.audiences import Ground, When, roll_of, times_of
from bot.rules.calendars import calendar_of_programme
from bot.rules.hours import posting_hours
from bot.rules.waves import will_be_announced_on
from bot.services import Services, Who
from bot.views.stories.replies import simple
from bot.views.waves import dry_run as views
from bot.views.waves import invitation as invitations
from bot.views.waves.dry_run import DryRun, Line
from bot.views.waves.form import segment_names
from bot.workflows.people.members import dm_channel, language_in_slack, spoken
from bot.workflows.privacy.owner_files import NamedFile, upload_for_owner
from bot.workflows.programme.admin_panel import channel_state
from bot.workflows.waves.waves import ground_of
from db.models import Person
from db.models.waves import StoredWave
from db.queries import people, programmes, waves

log = structlog.get_logger(__name__)


def dry_run_of(wave: StoredWave, ground: Ground, texts: Texts, now: datetime) -> DryRun:
    """All that an owner may know of a wave, drawn from the roll and from nothing else."""
    found = roll_of(ground)
    lines = tuple(_line(wave, person, when, ground) for person, when in times_of(wave, found.listed, ground))
    reasons = sorted({str(reason) for _, reason in found.left_out})
    left_out = {
        reason: tuple(p.real_name or p.name for p, why in found.left_out if why == reason)
        for reason in reasons
    }
    programme = ground.programme
    calendar = calendar_of_programme(programme)
    day = will_be_announced_on(wave.opens_on, now, calendar, posting_hours(programme))
    return DryRun(
        wave,
        lines,
        segment_names(programme, texts),
        left_out,
        day,
        programme.language,
    )


def _line(wave: StoredWave, person: Person, when: When, ground: Ground) -> Line:
    locale = language_in_slack(person)
    return Line(
        person.user_id,
        person.real_name or person.name,
        ground.segment_of(person.user_id) or "",
        ground.team_of(person.user_id),
        locale,
        asked_of(wave, person, ground, Texts(locale)),
        when.calendar.local(when.due.not_before) if when.due else None,
    )


def show_later(services: Services, who: Who, wave_id: str) -> None:
    """Put the dry run and its table into the owner's DM."""
    services.say_later(who, lambda: _show(services, who, wave_id))


async def _show(services: Services, who: Who, wave_id: str) -> None:
    async with services.database.reading() as connection:
        wave = await waves.find_wave(connection, who.team, wave_id)
        programme = await programmes.find_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if wave is None or programme is None or person is None:
            return
        ground = await ground_of(connection, programme, wave)
    texts = spoken(person)
    # There may be a hundred thousand lines: they are drawn in a thread, so that the event loop goes on meanwhile.
    run = await asyncio.to_thread(dry_run_of, wave, ground, texts, services.clock.now())
    shown = await asyncio.to_thread(views.as_table, run, texts)
    channel = await dm_channel(services, person)
    messenger = services.messenger
    state = await channel_state(services, wave.channel) if wave.channel else ""
    message = await asyncio.to_thread(views.dry_run, run, state, texts)
    await messenger.reply(channel, message, messenger.new_key())
    try:
        name, title = texts.label("dry-file-name"), texts.label("dry-title", name=wave.name)
        await upload_for_owner(services, channel, NamedFile(name, title, shown))
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
        log.warning("dry_run.no_file", user=who.user, error=type(problem).__name__)
        await messenger.reply(channel, simple(texts, "dry-file-failed"), messenger.new_key())


def sample_later(services: Services, who: Who, wave: StoredWave) -> None:
    """Show the owner what people will see, in both languages."""
    services.say_later(who, lambda: _sample(services, who, wave))


async def _sample(services: Services, who: Who, wave: StoredWave) -> None:
    async with services.database.reading() as connection:
        programme = await programmes.find_programme(connection, who.team)
        person = await people.find_person(connection, who.team, who.user)
        if programme is None or person is None:
            return
        ground = await ground_of(connection, programme, wave)
    listed = (await asyncio.to_thread(roll_of, ground)).listed
    channel = await dm_channel(services, person)
    messenger = services.messenger
    for locale in LOCALES:
        # Somebody who will get it in this language, or else anybody, or else the owner.
        ours = [p for p in listed if language_in_slack(p) == locale] or [*listed, person]
        texts = Texts(locale)
        asked = asked_of(wave, ours[0], ground, texts)
        sample = invitations.invitation(asked, invitations.SAMPLE, texts)
        await messenger.reply(channel, invitations.sample_heading(texts), messenger.new_key())
        await messenger.reply(channel, sample, messenger.new_key())
