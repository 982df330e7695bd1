"""Countries as people name them: by their two letters or by their name, or by the time zone of a place there."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from bot.rules.calendars import is_known_country
from bot.text import fold


def find_country(text: str) -> str | None:
    """The two letters of the country that is meant, in English or Arabic; None when no holidays are known of it."""
    wanted = text.strip()
    code = wanted.upper() if len(wanted) == 2 else _country_codes_by_name().get(fold(wanted).strip(), "")
    return code if code and is_known_country(code) else None


def country_of_zone(zone: str | None) -> str | None:
    """The country in which this time zone is, when holidays are known of it."""
    name = get_global("zone_aliases").get(zone or "", zone or "")
    code = get_global("zone_territories").get(name)
    return str(code) if code and is_known_country(code) else None


@cache
def _country_codes_by_name() -> dict[str, str]:
    """Every name of a country in either language, folded, with its two letters."""
    return {
        fold(name).strip(): code
        for locale in ("en", "ar")
        for code, name in Locale(locale).territories.items()
        if len(code) == 2
    }
