"""Countries by the names that people use: two letters or a name, or the time zone of a place there."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from bot.rules.calendars import has_known_holidays
from bot.text import fold


def find_country_with_holidays(text: str) -> str | None:
    """Return the two letters of the country named in English or Arabic; None if its holidays aren't known."""
    wanted = text.strip()
    code = wanted.upper() if len(wanted) == 2 else _country_codes_by_name().get(fold(wanted).strip(), "")
    return code if code and has_known_holidays(code) else None


def zone_country_with_holidays(zone: str | None) -> str | None:
    """Return the country of this time zone, if its holidays are known."""
    name = get_global("zone_aliases").get(zone or "", zone or "")
    code = get_global("zone_territories").get(name)
    return str(code) if code and has_known_holidays(code) else None


@cache
def _country_codes_by_name() -> dict[str, str]:
    """Map every name of a country in either language, folded, to its two letters."""
    return {
        fold(name).strip(): code
        for locale in ("en", "ar")
        for code, name in Locale(locale).territories.items()
        if len(code) == 2
    }
