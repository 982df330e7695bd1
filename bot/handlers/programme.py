"""Somebody sets the programme up, or changes something in it: whether they may is asked anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from babel.lists import format_list

from bot import ids
from bot.errors import LastOwner
from bot.handlers.interaction import Call, Reply, Routes
from bot.i18n import Texts
from bot.ids import Carried
from bot.rules.calendars import parse_week, zone_named
from bot.rules.countries import find_country
from bot.rules.hours import Days, Hours
from bot.views.blocks import Block
from bot.views.programme import setup_forms
from bot.views.programme.admin_panel import log_modal
from bot.views.view_state import answers
from bot.workflows.home import home
from bot.workflows.people.members import spoken
from bot.workflows.programme import settings as running
from bot.workflows.waves import waves
from db.models import Person
from db.models.programmes import Role
from db.queries import audit, programmes, roles

LOG_SHOWN = 50
MOST_NAMES = 20
Refusal = dict[str, str]
"""What is wrong with which field; nothing when all is well."""


async def open_form(call: Call) -> Reply:
    """[Set it up], and [Change] beside one part."""
    person, _ = await running.authorised(call.services, call.who)
    form = call.carried.about if call.carried.about in setup_forms.FORMS else setup_forms.FORMS[0]
    view = await _form(call, person, form, call.carried)
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def read_log(call: Call) -> Reply:
    """[What was changed]: for those who run it, not for an admin who may set it up."""
    person, _ = await waves.runs(call.services, call.who)
    async with call.services.database.reading() as connection:
        lines = await audit.list_lines(connection, call.who.team, LOG_SHOWN)
    view = log_modal(lines, person, spoken(person))
    await call.services.messenger.once("views.open", trigger_id=call.trigger, view=view)
    return None


async def keep_company(call: Call) -> Reply:
    """The company's names and those of the segments."""
    person, _ = await running.authorised(call.services, call.who)
    given, texts = answers(call.view), spoken(person)
    settings = {name: _line(given.get(name, "")) or None for name in setup_forms.SEGMENT_FIELDS}
    company = _line(given.get("company", ""))
    aliases = _names(given.get("aliases", ""), company)
    wrong = _wrong_names(company, aliases, settings, texts)
    if wrong:
        return _refused(wrong)
    return await _kept(
        call, person, "company", {**settings, "company": company, "aliases": "\n".join(aliases)}
    )


async def keep_times(call: Call) -> Reply:
    """The working week, the hours, the holidays, the zone and the language of posts."""
    person, _ = await running.authorised(call.services, call.who)
    given, texts = answers(call.view), spoken(person)
    wrong: Refusal = {}
    country = find_country(given["country"]) if given["country"].strip() else None
    if given["country"].strip() and country is None:
        wrong["country"] = texts.label("set-country-unknown")
    if not _is_zone(zone := given["tz"].strip()):
        wrong["tz"] = texts.label("set-zone-unknown")
    if not _are_hours(given["opens"], given["closes"]):
        wrong["closes"] = texts.label("set-hours-wrong")
    if wrong:
        return _refused(wrong)
    settings = {
        "week": str(parse_week(" ".join(given["week"]))),
        "opens": given["opens"],
        "closes": given["closes"],
        "country": country,
        "tz": zone,
        "language": given["language"],
    }
    return await _kept(call, person, "times", settings)


async def keep_channels(call: Call) -> Reply:
    """The two channels."""
    person, _ = await running.authorised(call.services, call.who)
    given = answers(call.view)
    settings = {name: given.get(name) or None for name in setup_forms.CHANNEL_FIELDS}
    return await _kept(call, person, "channels", settings)


async def keep_people(call: Call) -> Reply:
    """Who is what in the programme."""
    person, _ = await running.authorised(call.services, call.who)
    given, texts = answers(call.view), spoken(person)
    wanted = {role: _users(given[role.value]) for role in Role if role.value in given}
    wrong: Refusal = {}
    for role, users in wanted.items():
        if outside := await running.outsiders(call.services, users):
            names = format_list(sorted(outside.values()), locale=texts.locale)
            wrong[role.value] = texts.label("set-people-outside", people=names)
    if wrong:
        return _refused(wrong)
    try:
        await running.set_holders(call.services, call.who, wanted)
    except LastOwner as problem:
        return _refused({Role.OWNER.value: texts.label(problem.key)})
    home.publish_later(call.services, call.who)
    if call.carried.choice != "first":
        return None
    return {"response_action": "update", "view": setup_forms.done_modal(texts)}


async def _kept(call: Call, person: Person, form: str, settings: Mapping[str, Any]) -> Reply:
    """Keep what was set; when everything is set up for the first time, the next form follows."""
    await running.set_settings(call.services, call.who, form, settings)
    home.publish_later(call.services, call.who)
    if call.carried.choice != "first":
        return None
    following = setup_forms.FORMS[setup_forms.FORMS.index(form) + 1]
    view = await _form(call, person, following, Carried(about=following, choice="first"))
    return {"response_action": "update", "view": view}


async def _form(call: Call, person: Person, form: str, carried: Carried) -> Block:
    async with call.services.database.reading() as connection:
        stored = await programmes.find_programme(connection, call.who.team)
        holders = await roles.list_holders(connection, call.who.team)
    programme = stored or running.first_settings(call.services, person)
    texts = spoken(person)
    match form:
        case "company":
            return setup_forms.company_form(programme, texts, carried)
        case "times":
            return setup_forms.times_form(programme, texts, carried)
        case "channels":
            return setup_forms.channels_form(programme, texts, carried)
        case _:
            held = {role: [h.user_id for h in holders if h.role is role] for role in Role}
            return setup_forms.people_form(held, texts, carried)


def _refused(wrong: Refusal) -> Reply:
    return {"response_action": "errors", "errors": wrong}


def _line(text: str) -> str:
    """What was written, on one line."""
    return " ".join(text.split())


def _names(text: str, company: str) -> list[str]:
    """The other names, each once, however they were set apart."""
    found = (_line(part) for part in text.replace(",", "\n").replace("،", "\n").splitlines())
    return list(dict.fromkeys(name for name in found if name and name != company))


def _wrong_names(
    company: str, aliases: list[str], segments: Mapping[str, str | None], texts: Texts
) -> Refusal:
    wrong: Refusal = {}
    if not company:
        wrong["company"] = texts.label("set-company-empty")
    if len(aliases) > MOST_NAMES or any(len(name) > setup_forms.NAME for name in aliases):
        wrong["aliases"] = texts.label("set-company-many")
    for locale in ("en", "ar"):
        first, second = segments[f"tech_{locale}"], segments[f"gtm_{locale}"]
        if first and first == second:
            wrong[f"gtm_{locale}"] = texts.label("set-segment-same")
    return wrong


def _are_hours(opens: str, closes: str) -> bool:
    try:
        Hours(time.fromisoformat(opens), time.fromisoformat(closes), Days.MIDDLE)
    except ValueError:
        return False
    return True


def _is_zone(name: str) -> bool:
    return bool(name) and zone_named(name).key == name


def _users(given: Any) -> tuple[str, ...]:
    users = given if isinstance(given, tuple) else (given,)
    return tuple(sorted({str(user) for user in users if user}))


ROUTES: Routes = {
    "action": {ids.PROGRAMME_OPEN: open_form, ids.PROGRAMME_LOG: read_log},
    "submission": {
        ids.PROGRAMME_COMPANY: keep_company,
        ids.PROGRAMME_TIMES: keep_times,
        ids.PROGRAMME_CHANNELS: keep_channels,
        ids.PROGRAMME_PEOPLE: keep_people,
    },
}
