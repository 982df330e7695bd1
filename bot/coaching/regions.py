"""Regions: the country of a time zone, for telephone numbers without a country code."""

from babel.core import get_global

_NON_COUNTRIES = frozenset(("ZZ", "001"))


def phone_country_of_zone(zone: str | None) -> str | None:
    """Return the country of an IANA time zone such as Asia/Riyadh; None for a zone without a country."""
    if not zone:
        return None
    name = get_global("zone_aliases").get(zone, zone)
    region = get_global("zone_territories").get(name)
    return None if region is None or region in _NON_COUNTRIES else str(region)
