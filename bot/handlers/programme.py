"""Somebody sets the programme up, or changes something in it: whether they may is asked anew each time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from babel.lists import format_list

from bot import ids
from bot.errors import LastOwnerError
from bot.handlers.interaction import AckReply, Interaction, Routes
from bot.ids import ButtonPayload
from bot.rules.calendars import parse_week, zone_or_default
from bot.rules.countries import find_country
from bot.rules.hours import AllowedDays, AllowedHours
from bot.views.blocks import Block
from bot.views.programme import setup_forms
from bot.views.programme.admin_panel import audit_log_modal
from bot.views.view_state import view_state_values
from bot.workflows.home import home
from bot.workflows.people.lookup import find_outsiders
from bot.workflows.people.members import load_texts, texts_for
from bot.workflows.programme.access import require_right, require_run_right
from bot.workflows.programme.roles import set_holders
from bot.workflows.programme.settings import first_settings, set_settings
from db.models import Person
from db.models.programmes import Programme, Role
from db.queries import audit, roles

LOG_LIMIT = 50
MAX_ALIASES = 20
FieldErrors = dict[str, str]
"""The key of the sentence about each field that is wrong."""


async def open_setup_form(interaction: Interaction) -> AckReply:
    """[Set it up], and [Change] beside one part."""
    person, programme = await require_right(interaction.services, interaction.who)
    form = (
        interaction.payload.subject
        if interaction.payload.subject in setup_forms.FORMS
        else setup_forms.FORMS[0]
    )
    shown = programme or first_settings(interaction.services, person)
    view = await _setup_form(interaction, person, shown, _OpenedForm(form, interaction.payload))
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def open_change_log(interaction: Interaction) -> AckReply:
    """[What was changed]: for those who run it, not for an admin who may set it up."""
    person, _ = await require_run_right(interaction.services, interaction.who)
    async with interaction.services.database.read_transaction() as connection:
        lines = await audit.list_audit_entries(connection, interaction.who.team, LOG_LIMIT)
    view = audit_log_modal(lines, person, texts_for(person))
    await interaction.services.messenger.call_once("views.open", trigger_id=interaction.trigger_id, view=view)
    return None


async def save_company(interaction: Interaction) -> AckReply:
    """The company's names and those of the segments."""
    given = view_state_values(interaction.view)
    settings = {name: _single_line(given.get(name, "")) or None for name in setup_forms.SEGMENT_FIELDS}
    company = _single_line(given.get("company", ""))
    aliases = _parse_aliases(given.get("aliases", ""), company)
    wrong = _name_errors(company, aliases, settings)
    if wrong:
        return await _field_errors_reply(interaction, wrong)
    return await _save_settings(
        interaction, "company", {**settings, "company": company, "aliases": "\n".join(aliases)}
    )


async def save_times(interaction: Interaction) -> AckReply:
    """The working week, the hours, the holidays, the zone and the language of posts."""
    given = view_state_values(interaction.view)
    wrong: FieldErrors = {}
    country = find_country(given["country"]) if given["country"].strip() else None
    if given["country"].strip() and country is None:
        wrong["country"] = "set-country-unknown"
    if not _is_time_zone(zone := given["tz"].strip()):
        wrong["tz"] = "set-zone-unknown"
    if not _is_valid_hours(given["opens"], given["closes"]):
        wrong["closes"] = "set-hours-wrong"
    if wrong:
        return await _field_errors_reply(interaction, wrong)
    settings = {
        "week": str(parse_week(" ".join(given["week"]))),
        "opens": given["opens"],
        "closes": given["closes"],
        "country": country,
        "tz": zone,
        "language": given["language"],
    }
    return await _save_settings(interaction, "times", settings)


async def save_channels(interaction: Interaction) -> AckReply:
    """The two channels."""
    given = view_state_values(interaction.view)
    settings = {name: given.get(name) or None for name in setup_forms.CHANNEL_FIELDS}
    interaction.services.channel_states.forget(*filter(None, settings.values()))
    return await _save_settings(interaction, "channels", settings)


async def save_people(interaction: Interaction) -> AckReply:
    """Who is what in the programme."""
    given = view_state_values(interaction.view)
    wanted = {role: _user_ids(given[role.value]) for role in Role if role.value in given}
    named = {user for users in wanted.values() for user in users}
    if outside := await find_outsiders(interaction.services, named):
        return await _outsiders_reply(interaction, wanted, outside)
    try:
        person = await set_holders(interaction.services, interaction.who, wanted)
    except LastOwnerError as problem:
        texts = await load_texts(interaction.services, interaction.who)
        return {"response_action": "errors", "errors": {Role.OWNER.value: texts.label(problem.key)}}
    home.publish_home_later(interaction.services, interaction.who)
    if interaction.payload.choice != "first":
        return None
    return {"response_action": "update", "view": setup_forms.setup_done_modal(texts_for(person))}


async def _save_settings(interaction: Interaction, form: str, settings: Mapping[str, Any]) -> AckReply:
    """Keep what was set; when everything is set up for the first time, the next form follows."""
    person, programme = await set_settings(interaction.services, interaction.who, form, settings)
    home.publish_home_later(interaction.services, interaction.who)
    if interaction.payload.choice != "first":
        return None
    following = setup_forms.FORMS[setup_forms.FORMS.index(form) + 1]
    opened = _OpenedForm(following, ButtonPayload(subject=following, choice="first"))
    view = await _setup_form(interaction, person, programme, opened)
    return {"response_action": "update", "view": view}


@dataclass(frozen=True)
class _OpenedForm:
    """Which form is opened, and what it carries."""

    name: str
    payload: ButtonPayload


async def _setup_form(
    interaction: Interaction, person: Person, programme: Programme, opened: _OpenedForm
) -> Block:
    texts, payload = texts_for(person), opened.payload
    match opened.name:
        case "company":
            return setup_forms.company_form(programme, texts, payload)
        case "times":
            return setup_forms.times_form(programme, texts, payload)
        case "channels":
            return setup_forms.channels_form(programme, texts, payload)
        case _:
            async with interaction.services.database.read_transaction() as connection:
                holders = await roles.list_role_holders(connection, interaction.who.team)
            held = {role: [h.user_id for h in holders if h.role is role] for role in Role}
            return setup_forms.people_form(held, texts, payload)


async def _field_errors_reply(interaction: Interaction, wrong: FieldErrors) -> AckReply:
    person, _ = await require_right(interaction.services, interaction.who)
    texts = texts_for(person)
    return {
        "response_action": "errors",
        "errors": {field: texts.label(key) for field, key in wrong.items()},
    }


async def _outsiders_reply(
    interaction: Interaction, wanted: Mapping[Role, Collection[str]], outside: Mapping[str, str]
) -> AckReply:
    person, _ = await require_right(interaction.services, interaction.who)
    texts, errors = texts_for(person), {}
    for role, users in wanted.items():
        if names := sorted(outside[user] for user in users if user in outside):
            people = format_list(names, locale=texts.locale)
            errors[role.value] = texts.label("set-people-outside", people=people)
    return {"response_action": "errors", "errors": errors}


def _single_line(text: str) -> str:
    """What was written, on one line."""
    return " ".join(text.split())


def _parse_aliases(text: str, company: str) -> list[str]:
    """The other names, each once, however they were set apart."""
    found = (_single_line(part) for part in text.replace(",", "\n").replace("،", "\n").splitlines())
    return list(dict.fromkeys(name for name in found if name and name != company))


def _name_errors(company: str, aliases: list[str], segments: Mapping[str, str | None]) -> FieldErrors:
    wrong: FieldErrors = {}
    if not company:
        wrong["company"] = "set-company-empty"
    if len(aliases) > MAX_ALIASES or any(len(name) > setup_forms.MAX_NAME_LENGTH for name in aliases):
        wrong["aliases"] = "set-company-many"
    for locale in ("en", "ar"):
        first, second = segments[f"tech_{locale}"], segments[f"gtm_{locale}"]
        if first and first == second:
            wrong[f"gtm_{locale}"] = "set-segment-same"
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
