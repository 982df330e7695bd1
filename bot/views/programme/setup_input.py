"""The forms of a programme as they come back: a frozen class for each, or the errors in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.i18n import LOCALES
from bot.rules.calendars import parse_week, zone_or_default
from bot.rules.countries import find_country_with_holidays
from bot.rules.hours import AllowedDays, AllowedHours
from bot.views.programme.setup_forms import MAX_NAME_LENGTH
from bot.views.view_state import FieldErrors, ViewState
from db.models.programmes import Role

MAX_ALIASES = 20


@dataclass(frozen=True)
class CompanySettings:
    """The company's name, its other names one a line, and the names of its segments in both languages."""

    tech_en: str | None
    gtm_en: str | None
    tech_ar: str | None
    gtm_ar: str | None
    company: str
    aliases: str


@dataclass(frozen=True)
class TimeSettings:
    """The working week, hours, country of the holidays, time zone, and language of posts."""

    week: str
    opens: str
    closes: str
    country: str | None
    tz: str
    language: str


@dataclass(frozen=True)
class ChannelSettings:
    """The ids of the two channels."""

    stories_channel: str | None
    asks_channel: str | None


def parse_company_and_segments_form(view: Mapping[str, Any]) -> CompanySettings | FieldErrors:
    """Return the company's form, or the errors in it."""
    state = ViewState.parse(view)
    company = _single_line(state.text("company"))
    aliases = _parse_aliases(state.text("aliases"), company)
    settings = CompanySettings(
        company=company,
        aliases="\n".join(aliases),
        tech_en=_single_line(state.text("tech_en")) or None,
        gtm_en=_single_line(state.text("gtm_en")) or None,
        tech_ar=_single_line(state.text("tech_ar")) or None,
        gtm_ar=_single_line(state.text("gtm_ar")) or None,
    )
    errors: dict[str, str] = {}
    if not company:
        errors["company"] = "set-company-empty"
    if len(aliases) > MAX_ALIASES or any(len(name) > MAX_NAME_LENGTH for name in aliases):
        errors["aliases"] = "set-company-many"
    if settings.tech_en and settings.tech_en == settings.gtm_en:
        errors["gtm_en"] = "set-segment-same"
    if settings.tech_ar and settings.tech_ar == settings.gtm_ar:
        errors["gtm_ar"] = "set-segment-same"
    return FieldErrors(errors) if errors else settings


def parse_times_and_language_form(view: Mapping[str, Any]) -> TimeSettings | FieldErrors:
    """Return the form of days and hours, or the errors in it."""
    state = ViewState.parse(view)
    given, zone = state.text("country").strip(), state.text("tz").strip()
    country = find_country_with_holidays(given) if given else None
    errors: dict[str, str] = {}
    if given and country is None:
        errors["country"] = "set-country-unknown"
    if not _is_time_zone(zone):
        errors["tz"] = "set-zone-unknown"
    if not _is_valid_hours(state.text("opens"), state.text("closes")):
        errors["closes"] = "set-hours-wrong"
    if errors:
        return FieldErrors(errors)
    return TimeSettings(
        str(parse_week(" ".join(state.chosen("week")))),
        state.text("opens"),
        state.text("closes"),
        country,
        zone,
        language=next((known for known in LOCALES if known == state.text("language")), LOCALES[0]),
    )


def parse_channels_form(view: Mapping[str, Any]) -> ChannelSettings:
    """Return the form of the channels."""
    state = ViewState.parse(view)
    return ChannelSettings(state.text("stories_channel") or None, state.text("asks_channel") or None)


def parse_role_holders_form(view: Mapping[str, Any]) -> dict[Role, tuple[str, ...]]:
    """Return the holders of every role in the form, each once; a role without a field stays as it is."""
    state = ViewState.parse(view)
    return {role: tuple(sorted(set(state.chosen(role.value)))) for role in Role if role.value in state}


def _single_line(text: str) -> str:
    return " ".join(text.split())


def _parse_aliases(text: str, company: str) -> list[str]:
    """Return the other names, each once, split at lines and at commas of either script."""
    found = (_single_line(part) for part in text.replace(",", "\n").replace("،", "\n").splitlines())
    return list(dict.fromkeys(name for name in found if name and name != company))


def _is_valid_hours(opens: str, closes: str) -> bool:
    try:
        AllowedHours(time.fromisoformat(opens), time.fromisoformat(closes), AllowedDays.MIDDLE)
    except ValueError:
        return False
    return True


def _is_time_zone(name: str) -> bool:
    return bool(name) and zone_or_default(name).key == name
