"""Showing a wave before anything is sent: the dry run in the owner's DM, its table, and a sample of the message."""

from __future__ import annotations

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.rules.audiences import Audience, Meant, meant_as
from bot.rules.calendars import calendar_for
from bot.rules.hours import campaign_hours
from bot.rules.reminders import Due
from bot.rules.waves import Hidden, Roll, Wave, invitation
from bot.services import Services, Who
from bot.texts import LOCALES, Texts, locale_of
from bot.views import dry_runs as views
from bot.views import invitations
from bot.views.dry_runs import DryRun, Line
from bot.views.invitations import Asked
from bot.views.replies import simple
from bot.views.waves import segment_names
from bot.workflows.people import dm_channel, spoken
from bot.workflows.waves import Ground, audience_of, ground_of, roll_of
from db import people, programmes, waves
from db.models import Person
from db.models.waves import StoredWave

log = structlog.get_logger(__name__)


def asked_of(wave: StoredWave, person: Person, audience: Audience, ground: Ground) -> Asked:
    """What this person reads of who asked, and as what they are meant."""
    meant = meant_as(person, ground.listed.get(person.user_id), audience) or Meant.CHOSEN
    listing = ground.listed.get(person.user_id)
    group = {
        Meant.SEGMENT: segment_names(ground.programme, spoken(person)).get(person.segment or "", ""),
        Meant.TEAM: (listing and listing.works_in) or "",
    }.get(meant, "")
    owner = ground.everybody.get(wave.asked_by or "")
    theirs = ground.listed.get(wave.asked_by or "")
    return Asked(
        owner.user_id if owner else "",
        (owner.real_name or owner.name) if owner else "",
        (theirs and theirs.works_in) or "",
        str(meant),
        group,
        wave.greeting,
        ground.programme.company,
    )


def dry_run_of(wave: StoredWave, audience: Audience, ground: Ground, texts: Texts) -> DryRun:
    """All that an owner may know of a wave, drawn from the roll and from nothing else."""
    found = roll_of(audience, ground)
    lines = tuple(
        _line(wave, person, asked_of(wave, person, audience, ground), ground) for person in found.listed
    )
    silent = found.by_own_doing
    told = None if isinstance(silent, Hidden) else silent
    return DryRun(wave, lines, segment_names(ground.programme, texts), _left_out(found), told)


def _left_out(found: Roll) -> dict[str, tuple[str, ...]]:
    reasons = dict.fromkeys(str(reason) for _, reason in found.left_out)
    return {
        reason: tuple(p.real_name or p.name for p, why in found.left_out if why == reason)
        for reason in sorted(reasons)
    }


def _line(wave: StoredWave, person: Person, asked: Asked, ground: Ground) -> Line:
    listing = ground.listed.get(person.user_id)
    calendar = calendar_for(person, listing, ground.programme)
    due = due_of(wave, person, ground)
    return Line(
        person.user_id,
        person.real_name or person.name,
        person.segment or "",
        (listing and listing.works_in) or "",
        locale_of(person.locale_choice, person.locale),
        asked,
        calendar.local(due.not_before) if due else None,
    )


def due_of(wave: StoredWave, person: Person, ground: Ground) -> Due | None:
    """When this person's invitation is due; None when the wave closes before it may come."""
    listing = ground.listed.get(person.user_id)
    calendar = calendar_for(person, listing, ground.programme)
    starts_on = listing.starts_on if listing else None
    span = Wave(wave.id, wave.opens_on, wave.closes_on)
    return invitation(span, starts_on, calendar, campaign_hours(ground.programme))


def show_later(services: Services, who: Who, wave_id: str) -> None:
    """Put the dry run and its table into the owner's DM."""
    services.say_later(who, lambda: _show(services, who, wave_id))


async def _show(services: Services, who: Who, wave_id: str) -> None:
    async with services.database.reading() as session:
        wave = await waves.find_wave(session, who.team, wave_id)
        programme = await programmes.find_programme(session, who.team)
        person = await people.find_person(session, who.team, who.user)
        if wave is None or programme is None or person is None:
            return
        ground = await ground_of(session, programme)
        members = await waves.list_members(session, who.team, wave_id)
    texts = spoken(person)
    run = dry_run_of(wave, audience_of(wave, members, ground), ground, texts)
    channel = await dm_channel(services, person)
    messenger = services.messenger
    await messenger.reply(channel, views.dry_run(run, texts), messenger.new_key())
    try:
        name, title = texts.label("dry-file-name"), texts.label("dry-title", name=wave.name)
        await messenger.upload(channel, name, title, views.as_table(run, texts))
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
        log.warning("dry_run.no_file", user=who.user, error=type(problem).__name__)
        await messenger.reply(channel, simple(texts, "dry-file-failed"), messenger.new_key())


def sample_later(services: Services, who: Who, wave: StoredWave) -> None:
    """Show the owner what people will see, in both languages."""
    services.say_later(who, lambda: _sample(services, who, wave))


async def _sample(services: Services, who: Who, wave: StoredWave) -> None:
    async with services.database.reading() as session:
        programme = await programmes.find_programme(session, who.team)
        person = await people.find_person(session, who.team, who.user)
        if programme is None or person is None:
            return
        ground = await ground_of(session, programme)
        members = await waves.list_members(session, who.team, wave.id)
    audience = audience_of(wave, members, ground)
    listed = roll_of(audience, ground).listed
    channel = await dm_channel(services, person)
    messenger = services.messenger
    for locale in LOCALES:
        # Somebody who will get it in this language, or else anybody, or else the owner.
        ours = [p for p in listed if spoken(p).locale == locale] or [*listed, person]
        texts = Texts(locale)
        asked = asked_of(wave, ours[0], audience, ground)
        sample = invitations.invitation(asked, invitations.SAMPLE, texts)
        await messenger.reply(channel, invitations.sample_heading(texts), messenger.new_key())
        await messenger.reply(channel, sample, messenger.new_key())
