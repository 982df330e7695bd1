"""Setting up a programme and changing its settings; the right to do so is checked each time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict

from babel.lists import format_list

from bot import ids
from bot.errors import LastOwnerError
from bot.handlers.interaction import AckReply, Interaction, Routes, field_errors_reply, next_view_reply
from bot.payloads import SETUP_FORMS, SetupFormName, SetupPayload
from bot.views.blocks import Block
from bot.views.programme import setup_forms
from bot.views.programme.admin_panel import audit_log_modal
from bot.views.programme.setup_input import (
    ChannelSettings,
    CompanySettings,
    TimeSettings,
    parse_channels_form,
    parse_company_and_segments_form,
    parse_role_holders_form,
    parse_times_and_language_form,
)
from bot.views.view_state import FieldErrors
from bot.workflows.home import home
from bot.workflows.people.lookup import load_outsider_names
from bot.workflows.people.members import load_texts, texts_for
from bot.workflows.programme.access import require_run_or_setup_right, require_run_right
from bot.workflows.programme.roles import replace_role_holders
from bot.workflows.programme.settings import create_or_update_programme, first_settings
from db.models import Person
from db.models.programmes import Programme, Role
from db.queries import audit, roles

LOG_LIMIT = 50


async def open_programme_form(interaction: Interaction) -> AckReply:
    """Open a form of the programme: [Set it up], and [Change] next to one part."""
    person, programme = await require_run_or_setup_right(interaction.services, interaction.who)
    payload = interaction.find_payload(SetupPayload) or SetupPayload(SETUP_FORMS[0])
    shown = programme or first_settings(interaction.services, person)
    return await interaction.open_modal(await _setup_form(interaction, person, shown, payload))


async def open_change_log(interaction: Interaction) -> AckReply:
    """Show the latest changes, for owners and not for an admin who may set it up: [What was changed]."""
    person, _ = await require_run_right(interaction.services, interaction.who)
    async with interaction.services.database.read_transaction() as connection:
        entries = await audit.list_audit_entries(connection, interaction.who.team, LOG_LIMIT)
    return await interaction.open_modal(audit_log_modal(entries, person, texts_for(person)))


async def save_company_and_segments(interaction: Interaction) -> AckReply:
    """Save the names of the company and of its segments."""
    return await _save_settings(interaction, "company", parse_company_and_segments_form(interaction.view))


async def save_times_and_language(interaction: Interaction) -> AckReply:
    """Save the working week, hours, holidays, time zone, and language of posts."""
    return await _save_settings(interaction, "times", parse_times_and_language_form(interaction.view))


async def save_channels(interaction: Interaction) -> AckReply:
    """Save the two channels."""
    settings = parse_channels_form(interaction.view)
    channels = (settings.stories_channel, settings.asks_channel)
    interaction.services.channel_states.forget(*filter(None, channels))
    return await _save_settings(interaction, "channels", settings)


async def save_role_holders(interaction: Interaction) -> AckReply:
    """Save the holders of all roles."""
    holders = parse_role_holders_form(interaction.view)
    named = {user for users in holders.values() for user in users}
    if outsiders := await load_outsider_names(interaction.services, named):
        return await _outsiders_reply(interaction, holders, outsiders)
    try:
        person = await replace_role_holders(interaction.services, interaction.who, holders)
    except LastOwnerError as problem:
        texts = await load_texts(interaction.services, interaction.who)
        return field_errors_reply({Role.OWNER.value: texts.label(problem.key)})
    home.publish_home_later(interaction.services, interaction.who)
    if not _is_first_setup(interaction):
        return None
    return next_view_reply(setup_forms.setup_done_modal(texts_for(person)))


async def _outsiders_reply(
    interaction: Interaction, holders: Mapping[Role, Collection[str]], outsiders: Mapping[str, str]
) -> AckReply:
    """Return an error under each role that was given to people who don't work here."""
    person, _ = await require_run_or_setup_right(interaction.services, interaction.who)
    texts, errors = texts_for(person), {}
    for role, users in holders.items():
        if names := sorted(outsiders[user] for user in users if user in outsiders):
            people = format_list(names, locale=texts.locale)
            errors[role.value] = texts.label("set-people-outside", people=people)
    return field_errors_reply(errors)


async def _save_settings(
    interaction: Interaction,
    form: SetupFormName,
    settings: CompanySettings | TimeSettings | ChannelSettings | FieldErrors,
) -> AckReply:
    """Save the settings; during the first set-up, the next form follows."""
    if isinstance(settings, FieldErrors):
        person, _ = await require_run_or_setup_right(interaction.services, interaction.who)
        return field_errors_reply(settings.sentences(texts_for(person)))
    person, programme = await create_or_update_programme(
        interaction.services, interaction.who, form, asdict(settings)
    )
    home.publish_home_later(interaction.services, interaction.who)
    if not _is_first_setup(interaction):
        return None
    following = SetupPayload(SETUP_FORMS[SETUP_FORMS.index(form) + 1], is_first=True)
    return next_view_reply(await _setup_form(interaction, person, programme, following))


def _is_first_setup(interaction: Interaction) -> bool:
    payload = interaction.find_payload(SetupPayload)
    return payload is not None and payload.is_first


async def _setup_form(
    interaction: Interaction, person: Person, programme: Programme, payload: SetupPayload
) -> Block:
    texts = texts_for(person)
    match payload.form:
        case "company":
            return setup_forms.company_and_segments_form(programme, texts, payload)
        case "times":
            return setup_forms.times_and_language_form(programme, texts, payload)
        case "channels":
            return setup_forms.channels_form(programme, texts, payload)
        case "people":
            async with interaction.services.database.read_transaction() as connection:
                holders = await roles.list_role_holders(connection, interaction.who.team)
            held = {role: [holder.user_id for holder in holders if holder.role is role] for role in Role}
            return setup_forms.role_holders_form(held, texts, payload)


ROUTES: Routes = {
    "action": {ids.PROGRAMME_OPEN: open_programme_form, ids.PROGRAMME_LOG: open_change_log},
    "submission": {
        ids.PROGRAMME_COMPANY: save_company_and_segments,
        ids.PROGRAMME_TIMES: save_times_and_language,
        ids.PROGRAMME_CHANNELS: save_channels,
        ids.PROGRAMME_PEOPLE: save_role_holders,
    },
}
