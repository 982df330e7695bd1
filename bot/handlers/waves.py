"""Waves of invitations, for owners: the form, the dry run, a sample, the start, and who took part."""

from __future__ import annotations

import asyncio

from bot import ids
from bot.errors import WaveNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes, field_errors_reply
from bot.payloads import SwitchPayload, WavePayload
from bot.services import Services
from bot.views.blocks import Message, escape_name, section
from bot.views.dates import format_date
from bot.views.view_state import FieldErrors, ViewState
from bot.views.waves import form as views
from bot.views.waves.form_input import parse_wave_form
from bot.views.waves.participation import participation_modal
from bot.workflows.home import home
from bot.workflows.people.members import ensure_known, load_texts, texts_for
from bot.workflows.people.replies import send_message_later, send_sentence_later
from bot.workflows.programme import halt
from bot.workflows.programme.access import programme_change_transaction, require_run_right
from bot.workflows.waves import dry_run, launch, waves
from bot.workflows.waves.participation import load_participation
from bot.workflows.waves.waves import EditedWave
from db.models.waves import StoredWave
from db.queries import employee_records
from db.queries import waves as stored

CHANNEL_STATE_TIMEOUT = 1.0
"""Seconds (machine time) of the three before the ack that Slack may take to describe a wave's channel."""


async def open_wave_form(interaction: Interaction) -> AckReply:
    """Open the form for a wave, from [Invite people] or from [Change] under a dry run."""
    person, programme = await require_run_right(interaction.services, interaction.who)
    payload, texts, team = interaction.find_payload(WavePayload), texts_for(person), interaction.who.team
    async with interaction.services.database.read_transaction() as connection:
        wave = await stored.find_wave(connection, team, payload.wave_id) if payload else None
        members = (
            await stored.list_members_including_excluded(connection, team, payload.wave_id) if payload else ()
        )
        listed = await employee_records.load_employee_records(connection, team)
    if payload and (wave is None or wave.started_at):
        raise WaveNotFoundError
    teams = sorted({record.works_in for record in listed.values() if record.works_in})
    first = waves.earliest_opening_day(interaction.services, programme)
    options = views.WaveFormOptions(views.segment_labels_by_name(programme, texts), tuple(teams), first)
    return await interaction.open_modal(views.wave_form(wave, members, options, texts))


async def halt_or_resume_sending(interaction: Interaction) -> AckReply:
    """Halt all sending, or resume it: [Halt everything] and [Go on]."""
    if (payload := interaction.find_payload(SwitchPayload)) is not None:
        await halt.set_halt(interaction.services, interaction.who, halted=payload.is_on)
    home.publish_home_later(interaction.services, interaction.who)
    return None


async def open_participation(interaction: Interaction) -> AckReply:
    """Show the figures of a wave: [Who took part]."""
    person, programme = await require_run_right(interaction.services, interaction.who)
    found = await load_participation(interaction.services, programme, _wave_payload(interaction).wave_id)
    texts = texts_for(person)
    return await interaction.open_modal(
        participation_modal(found, views.segment_labels_by_name(programme, texts), texts)
    )


async def open_remove_people_form(interaction: Interaction) -> AckReply:
    """Open the form that takes people off a started wave: [Take somebody off]."""
    person, _ = await require_run_right(interaction.services, interaction.who)
    wave_id = _wave_payload(interaction).wave_id
    async with interaction.services.database.read_transaction() as connection:
        wave = await stored.find_wave(connection, interaction.who.team, wave_id)
    if wave is None or wave.started_at is None:
        raise WaveNotFoundError
    return await interaction.open_modal(views.remove_people_form(wave, texts_for(person)))


async def remove_people_from_wave(interaction: Interaction) -> AckReply:
    """Take the chosen people off. The answer must not depend on who they are or what they did with the invitation."""
    users = set(ViewState.parse(interaction.view).chosen(views.REMOVED_PEOPLE_FIELD))
    wave_id = _wave_payload(interaction).wave_id
    wave = await waves.remove_from_wave(interaction.services, interaction.who, wave_id, users)
    texts = await load_texts(interaction.services, interaction.who)
    sentence = texts.say("wave-off-done", name=escape_name(wave.name), n=len(users))
    send_message_later(interaction.services, interaction.who, Message(sentence, (section(sentence),)))
    return None


async def save_wave_and_preview(interaction: Interaction) -> AckReply:
    """Save the form, and show the wave as a dry run."""
    services, who = interaction.services, interaction.who
    # Slack is asked about the channel and the owner at the same time: the preview comes one call earlier.
    channel = ViewState.parse(interaction.view).text("channel")
    saved, state = await asyncio.gather(_save_form(interaction), _load_channel_state(services, channel))
    if not isinstance(saved, StoredWave):
        return field_errors_reply(saved)
    dry_run.send_dry_run_later(services, who, saved.id, state)
    home.publish_home_later(services, who)
    return None


async def _load_channel_state(services: Services, channel: str) -> str | None:
    """Return the state of the channel; None when Slack takes so long that the ack would be late."""
    try:
        async with asyncio.timeout(CHANNEL_STATE_TIMEOUT):
            return await dry_run.load_channel_state(services, channel)
    except TimeoutError:
        return None


async def _save_form(interaction: Interaction) -> StoredWave | dict[str, str]:
    """Save the submitted form and return the wave; or return the sentences about what is wrong in it."""
    services, who = interaction.services, interaction.who
    payload = interaction.find_payload(WavePayload)
    edited = EditedWave(payload.wave_id, payload.version) if payload else EditedWave()
    async with programme_change_transaction(services, who) as (connection, person, programme):
        form = parse_wave_form(interaction.view, waves.earliest_opening_day(services, programme))
        if isinstance(form, FieldErrors):
            return form.sentences(texts_for(person))
        return await waves.save_wave(
            connection, programme, form, edited, by=who.user, at=services.clock.now()
        )


async def request_dry_run(interaction: Interaction) -> AckReply:
    """Send a fresh dry run, from the Home tab: [Dry run]."""
    await require_run_right(interaction.services, interaction.who)
    await ensure_known(interaction.services, [interaction.who.user])
    wave_id = _wave_payload(interaction).wave_id
    dry_run.send_dry_run_later(interaction.services, interaction.who, wave_id)
    return None


async def request_sample(interaction: Interaction) -> AckReply:
    """Send the owner a sample of the invitation: [Send it to me]."""
    await require_run_right(interaction.services, interaction.who)
    await ensure_known(interaction.services, [interaction.who.user])
    payload, who = _wave_payload(interaction), interaction.who
    async with interaction.services.database.read_transaction() as connection:
        wave = await waves.load_unchanged_wave(connection, who, payload.wave_id, payload.version)
    dry_run.send_sample_later(interaction.services, who, wave)
    return None


async def press_discard(interaction: Interaction) -> AckReply:
    """Delete a wave before its start: [Throw it away]."""
    payload, services, who = _wave_payload(interaction), interaction.services, interaction.who
    await waves.delete_wave(services, who, payload.wave_id, version=payload.version)
    await send_sentence_later(services, who, "wave-dropped")
    home.publish_home_later(services, who)
    return None


async def press_start(interaction: Interaction) -> AckReply:
    """Start a wave; from now on every message is sent at its hour: [Start]."""
    payload, services, who = _wave_payload(interaction), interaction.services, interaction.who
    wave = await launch.start(services, who, payload.wave_id, version=payload.version)
    texts = await load_texts(services, who)
    sentence = texts.say("wave-started", name=escape_name(wave.name), opens=format_date(wave.opens_on, texts))
    send_message_later(services, who, Message(sentence, (section(sentence),)))
    home.publish_home_later(services, who)
    return None


def _wave_payload(interaction: Interaction) -> WavePayload:
    return interaction.payload(WavePayload, WaveNotFoundError)


ROUTES: Routes = {
    "action": {
        ids.WAVE_OPEN: open_wave_form,
        ids.WAVE_DRY_RUN: request_dry_run,
        ids.WAVE_SAMPLE: request_sample,
        ids.WAVE_DROP: press_discard,
        ids.WAVE_START: press_start,
        ids.WAVE_REMOVAL_OPEN: open_remove_people_form,
        ids.HALT_SET: halt_or_resume_sending,
        ids.PARTICIPATION_READ: open_participation,
    },
    "submission": {ids.WAVE_KEEP: save_wave_and_preview, ids.WAVE_REMOVAL_SAVE: remove_people_from_wave},
}
