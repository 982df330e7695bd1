"""The country of a time zone is known without asking anybody."""

from __future__ import annotations

import pytest

from bot.coaching import phone_country_of_zone


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("Europe/Berlin", "DE"),
        ("Asia/Riyadh", "SA"),
        ("America/New_York", "US"),
        ("US/Pacific", "US"),
        ("Asia/Kolkata", "IN"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("Etc/UTC", None),
        ("UTC", None),
        ("Nowhere/Land", None),
        ("", None),
        (None, None),
    ],
)
def test_the_region_is_the_country_of_the_zone(zone: str | None, region: str | None) -> None:
    assert phone_country_of_zone(zone) == region
