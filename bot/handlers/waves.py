"""Somebody who runs the programme invites people: the form, the dry run, a sample, and the start."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot import ids
from bot.errors import WaveNotFoundError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.i18n import Texts
from bot.text import input_to_plain_text
from bot.views.blocks import Message, escape_name, section
from bot.views.dates import format_date
from bot.views.view_state import view_state_values
from bot.views.waves import form as views
from bot.views.waves.participation import participation_modal
from bot.workflows.home import home
from bot.workflows.people.members import load_texts, texts_for
from bot.workflows.people.replies import send_message, send_text
from bot.workflows.programme import halt
from bot.workflows.programme.access import changing, require_run_right
from bot.workflows.waves import dry_run, launch, waves
from bot.workflows.waves import participation as participating
from bot.workflows.waves.waves import EditedWave, WaveForm
from db.models.programmes import Programme
from db.models.waves import StoredWave
from db.queries import employee_records
from db.queries import waves as stored

MAX_LEAD_TIME = timedelta(days=366)


async def open_wave_form(interaction: Interaction) -> AckReply:
    """[Invite people], and [Change] under a dry run."""
    person, programme = await require_run_right(interaction.services, interaction.who)
    texts, wave_id = texts_for(person), interaction.payload.subject
    async with interaction.services.database.read_transaction() as connection:
        wave = await stored.find_wave(connection, interaction.who.team, wave_id) if wave_id else None
        members = await stored.list_members(connection, interaction.who.team, wave_id)
        listed = await employee_records.load_employee_records(connection, interaction.who.team)
    if wave_id and (wave is None or wave.started_at):
        raise WaveNotFoundError
    teams = sorted({listing.works_in for listing in listed.values() if listing.works_in})
    first = waves.earliest_opening_day(interaction.services, programme)
    choices = views.WaveFormOptions(views.segment_names(programme, texts), tuple(teams), first)
    view = views.wave_form(wave, members, choices, texts)
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def press_halt(interaction: Interaction) -> AckReply:
    """[Halt everything], and [Go on]."""
    halted = interaction.payload.choice == "yes"
    await halt.set_halt(interaction.services, interaction.who, halted=halted)
    home.publish_home_later(interaction.services, interaction.who)
    return None


async def open_participation(interaction: Interaction) -> AckReply:
    """[Who took part]: in numbers."""
    person, programme = await require_run_right(interaction.services, interaction.who)
    found = await participating.load_participation(
        interaction.services, programme, interaction.payload.subject
    )
    texts = texts_for(person)
    view = participation_modal(found, views.segment_names(programme, texts), texts)
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def open_removal_form(interaction: Interaction) -> AckReply:
    """[Take somebody off] beside a wave that has started."""
    person, _ = await require_run_right(interaction.services, interaction.who)
    async with interaction.services.database.read_transaction() as connection:
        wave = await stored.find_wave(connection, interaction.who.team, interaction.payload.subject)
    if wave is None or wave.started_at is None:
        raise WaveNotFoundError
    view = views.remove_people_form(wave, texts_for(person))
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def save_removal(interaction: Interaction) -> AckReply:
    """The people named there. The answer is the same whoever they are, and whatever they have done with it."""
    users = set(view_state_values(interaction.view).get(views.REMOVED_PEOPLE_FIELD) or ())
    about = interaction.payload.subject
    wave = await waves.remove_from_wave(interaction.services, interaction.who, about, users)
    texts = await load_texts(interaction.services, interaction.who)
    said = texts.say("wave-off-done", name=escape_name(wave.name), n=len(users))
    send_message(interaction.services, interaction.who, Message(said, (section(said),)))
    return None


async def save_wave(interaction: Interaction) -> AckReply:
    """The form: kept, and shown as a dry run."""
    # Slack is asked about the channel and the owner at the same time: the preview comes one call earlier.
    channel = view_state_values(interaction.view).get("channel")
    saved, state = await asyncio.gather(
        _save_form(interaction), dry_run.load_channel_state(interaction.services, channel)
    )
    if not isinstance(saved, StoredWave):
        return {"response_action": "errors", "errors": saved}
    dry_run.send_dry_run_later(interaction.services, interaction.who, saved.id, state)
    home.publish_home_later(interaction.services, interaction.who)
    return None


async def _save_form(interaction: Interaction) -> StoredWave | dict[str, str]:
    given, carried = view_state_values(interaction.view), interaction.payload
    edited = EditedWave(carried.subject, carried.question)
    async with changing(interaction.services, interaction.who) as (connection, person, programme):
        wrong = _form_errors(interaction, given, programme, texts_for(person))
        if wrong:
            return wrong
        now = interaction.services.clock.now()
        return await waves.save_wave(
            connection, programme, _parse_form(given), edited, by=interaction.who.user, at=now
        )


async def request_dry_run(interaction: Interaction) -> AckReply:
    """[Dry run] on the Home tab: once more, by what is known now."""
    await require_run_right(interaction.services, interaction.who)
    dry_run.send_dry_run_later(interaction.services, interaction.who, interaction.payload.subject)
    return None


async def request_sample(interaction: Interaction) -> AckReply:
    """[Send it to me]."""
    await require_run_right(interaction.services, interaction.who)
    carried = interaction.payload
    async with interaction.services.database.read_transaction() as connection:
        wave = await waves.load_unchanged_wave(connection, interaction.who, carried.subject, carried.question)
    dry_run.send_sample_later(interaction.services, interaction.who, wave)
    return None


async def press_discard(interaction: Interaction) -> AckReply:
    """[Throw it away]."""
    carried = interaction.payload
    await waves.delete_wave(interaction.services, interaction.who, carried.subject, version=carried.question)
    await send_text(interaction.services, interaction.who, "wave-dropped")
    home.publish_home_later(interaction.services, interaction.who)
    return None


async def press_start(interaction: Interaction) -> AckReply:
    """[Start]: from now on everything goes out by itself, at its hour."""
    carried = interaction.payload
    wave = await launch.start(
        interaction.services, interaction.who, carried.subject, version=carried.question
    )
    texts = await load_texts(interaction.services, interaction.who)
    said = texts.say("wave-started", name=escape_name(wave.name), opens=format_date(wave.opens_on, texts))
    send_message(interaction.services, interaction.who, Message(said, (section(said),)))
    home.publish_home_later(interaction.services, interaction.who)
    return None


def _parse_form(given: Mapping[str, Any]) -> WaveForm:
    whom = given.get("whom") or ()
    return WaveForm(
        " ".join(input_to_plain_text(given["name"]).split()),
        date.fromisoformat(given["opens_on"]),
        "\n".join(_greeting_lines(given)),
        segments=tuple(name for name in whom if name != views.EXECUTIVES_OPTION),
        teams=given.get("teams") or (),
        executives=views.EXECUTIVES_OPTION in whom,
        chosen=given.get("chosen") or (),
        chosen_out=given.get("chosen_out") or (),
        channel=given.get("channel") or None,
    )


def _greeting_lines(given: Mapping[str, Any]) -> list[str]:
    """The owner's own lines, without empty ones around and between."""
    return [line.strip() for line in input_to_plain_text(given["greeting"]).splitlines() if line.strip()]


def _form_errors(
    interaction: Interaction, given: Mapping[str, Any], programme: Programme, texts: Texts
) -> dict[str, str]:
    wrong = {}
    if not given["name"].strip():
        wrong["name"] = texts.label("wave-name-empty")
    if not any(given.get(name) for name in ("whom", "teams", "chosen")):
        wrong["chosen"] = texts.label("wave-whom-empty")
    if len(_greeting_lines(given)) > views.MAX_GREETING_LINES:
        wrong["greeting"] = texts.label("wave-greeting-long")
    first = waves.earliest_opening_day(interaction.services, programme)
    if not given["opens_on"] or not first <= date.fromisoformat(given["opens_on"]) <= first + MAX_LEAD_TIME:
        wrong["opens_on"] = texts.label("wave-opens-wrong")
    return wrong


ROUTES: Routes = {
    "action": {
        ids.WAVE_OPEN: open_wave_form,
        ids.WAVE_DRY_RUN: request_dry_run,
        ids.WAVE_SAMPLE: request_sample,
        ids.WAVE_DROP: press_discard,
        ids.WAVE_START: press_start,
        ids.WAVE_REMOVAL_OPEN: open_removal_form,
        ids.HALT_SET: press_halt,
        ids.PARTICIPATION_READ: open_participation,
    },
    "submission": {ids.WAVE_KEEP: save_wave, ids.WAVE_REMOVAL_SAVE: save_removal},
}
