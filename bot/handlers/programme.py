"""Somebody sets the programme up, or changes something in it: whether they may is asked anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from babel.lists import format_list

from bot import ids
from bot.errors import LastOwnerError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.i18n import Texts
from bot.ids import ButtonPayload
from bot.rules.calendars import parse_week, zone_or_default
from bot.rules.countries import find_country
from bot.rules.hours import AllowedDays, AllowedHours
from bot.views.blocks import Block
from bot.views.programme import setup_forms
from bot.views.programme.admin_panel import audit_log_modal
from bot.views.view_state import view_state_values
from bot.workflows.home import home
from bot.workflows.people.members import texts_for
from bot.workflows.programme import settings as running
from bot.workflows.waves import waves
from db.models import Person
from db.models.programmes import Role
from db.queries import audit, programmes, roles

LOG_LIMIT = 50
MAX_ALIASES = 20
FieldErrors = dict[str, str]
"""What is wrong with which field; nothing when all is well."""


async def open_setup_form(interaction: Interaction) -> AckReply:
    """[Set it up], and [Change] beside one part."""
    person, _ = await running.require_right(interaction.services, interaction.who)
    form = (
        interaction.payload.subject
        if interaction.payload.subject in setup_forms.FORMS
        else setup_forms.FORMS[0]
    )
    view = await _setup_form(interaction, person, form, interaction.payload)
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def open_change_log(interaction: Interaction) -> AckReply:
    """[What was changed]: for those who run it, not for an admin who may set it up."""
    person, _ = await waves.require_run_right(interaction.services, interaction.who)
    async with interaction.services.database.read_transaction() as connection:
        lines = await audit.list_audit_entries(connection, interaction.who.team, LOG_LIMIT)
    view = audit_log_modal(lines, person, texts_for(person))
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def save_company(interaction: Interaction) -> AckReply:
    """The company's names and those of the segments."""
    person, _ = await running.require_right(interaction.services, interaction.who)
    given, texts = view_state_values(interaction.view), texts_for(person)
    settings = {name: _single_line(given.get(name, "")) or None for name in setup_forms.SEGMENT_FIELDS}
    company = _single_line(given.get("company", ""))
    aliases = _parse_aliases(given.get("aliases", ""), company)
    wrong = _name_errors(company, aliases, settings, texts)
    if wrong:
        return _field_errors_reply(wrong)
    return await _save_settings(
        interaction, person, "company", {**settings, "company": company, "aliases": "\n".join(aliases)}
    )


async def save_times(interaction: Interaction) -> AckReply:
    """The working week, the hours, the holidays, the zone and the language of posts."""
    person, _ = await running.require_right(interaction.services, interaction.who)
    given, texts = view_state_values(interaction.view), texts_for(person)
    wrong: FieldErrors = {}
    country = find_country(given["country"]) if given["country"].strip() else None
    if given["country"].strip() and country is None:
        wrong["country"] = texts.label("set-country-unknown")
    if not _is_time_zone(zone := given["tz"].strip()):
        wrong["tz"] = texts.label("set-zone-unknown")
    if not _is_valid_hours(given["opens"], given["closes"]):
        wrong["closes"] = texts.label("set-hours-wrong")
    if wrong:
        return _field_errors_reply(wrong)
    settings = {
        "week": str(parse_week(" ".join(given["week"]))),
        "opens": given["opens"],
        "closes": given["closes"],
        "country": country,
        "tz": zone,
        "language": given["language"],
    }
    return await _save_settings(interaction, person, "times", settings)


async def save_channels(interaction: Interaction) -> AckReply:
    """The two channels."""
    person, _ = await running.require_right(interaction.services, interaction.who)
    given = view_state_values(interaction.view)
    settings = {name: given.get(name) or None for name in setup_forms.CHANNEL_FIELDS}
    interaction.services.channel_states.forget(*filter(None, settings.values()))
    return await _save_settings(interaction, person, "channels", settings)


async def save_people(interaction: Interaction) -> AckReply:
    """Who is what in the programme."""
    person, _ = await running.require_right(interaction.services, interaction.who)
    given, texts = view_state_values(interaction.view), texts_for(person)
    wanted = {role: _user_ids(given[role.value]) for role in Role if role.value in given}
    wrong: FieldErrors = {}
    for role, users in wanted.items():
        if outside := await running.outsiders(interaction.services, users):
            names = format_list(sorted(outside.values()), locale=texts.locale)
            wrong[role.value] = texts.label("set-people-outside", people=names)
    if wrong:
        return _field_errors_reply(wrong)
    try:
        await running.set_holders(interaction.services, interaction.who, wanted)
    except LastOwnerError as problem:
        return _field_errors_reply({Role.OWNER.value: texts.label(problem.key)})
    home.publish_home_later(interaction.services, interaction.who)
    if interaction.payload.choice != "first":
        return None
    return {"response_action": "update", "view": setup_forms.setup_done_modal(texts)}


async def _save_settings(
    interaction: Interaction, person: Person, form: str, settings: Mapping[str, Any]
) -> AckReply:
    """Keep what was set; when everything is set up for the first time, the next form follows."""
    await running.set_settings(interaction.services, interaction.who, form, settings)
    home.publish_home_later(interaction.services, interaction.who)
    if interaction.payload.choice != "first":
        return None
    following = setup_forms.FORMS[setup_forms.FORMS.index(form) + 1]
    view = await _setup_form(interaction, person, following, ButtonPayload(subject=following, choice="first"))
    return {"response_action": "update", "view": view}


async def _setup_form(interaction: Interaction, person: Person, form: str, payload: ButtonPayload) -> Block:
    async with interaction.services.database.read_transaction() as connection:
        stored = await programmes.find_programme(connection, interaction.who.team)
        holders = await roles.list_role_holders(connection, interaction.who.team)
    programme = stored or running.first_settings(interaction.services, person)
    texts = texts_for(person)
    match form:
        case "company":
            return setup_forms.company_form(programme, texts, payload)
        case "times":
            return setup_forms.times_form(programme, texts, payload)
        case "channels":
            return setup_forms.channels_form(programme, texts, payload)
        case _:
            held = {role: [h.user_id for h in holders if h.role is role] for role in Role}
            return setup_forms.people_form(held, texts, payload)


def _field_errors_reply(errors: FieldErrors) -> AckReply:
    return {"response_action": "errors", "errors": errors}


def _single_line(text: str) -> str:
    """What was written, on one line."""
    return " ".join(text.split())


def _parse_aliases(text: str, company: str) -> list[str]:
    """The other names, each once, however they were set apart."""
    found = (_single_line(part) for part in text.replace(",", "\n").replace("،", "\n").splitlines())
    return list(dict.fromkeys(name for name in found if name and name != company))


def _name_errors(
    company: str, aliases: list[str], segments: Mapping[str, str | None], texts: Texts
) -> FieldErrors:
    wrong: FieldErrors = {}
    if not company:
        wrong["company"] = texts.label("set-company-empty")
    if len(aliases) > MAX_ALIASES or any(len(name) > setup_forms.MAX_NAME_LENGTH for name in aliases):
        wrong["aliases"] = texts.label("set-company-many")
    for locale in ("en", "ar"):
        first, second = segments[f"tech_{locale}"], segments[f"gtm_{locale}"]
        if first and first == second:
            wrong[f"gtm_{locale}"] = texts.label("set-segment-same")
    return wrong


def _is_valid_hours(opens: str, closes: str) -> bool:
    try:
        AllowedHours(time.fromisoformat(opens), time.fromisoformat(closes), AllowedDays.MIDDLE)
    except ValueError:
        return False
    return True


def _is_time_zone(name: str) -> bool:
    return bool(name) and zone_or_default(name).key == name


def _user_ids(given: Any) -> tuple[str, ...]:
    users = given if isinstance(given, tuple) else (given,)
    return tuple(sorted({str(user) for user in users if user}))


ROUTES: Routes = {
    "action": {ids.PROGRAMME_OPEN: open_setup_form, ids.PROGRAMME_LOG: open_change_log},
    "submission": {
        ids.PROGRAMME_COMPANY: save_company,
        ids.PROGRAMME_TIMES: save_times,
        ids.PROGRAMME_CHANNELS: save_channels,
        ids.PROGRAMME_PEOPLE: save_people,
    },
}
