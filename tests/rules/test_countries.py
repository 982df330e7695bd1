"""Countries as people write them, and the usual week of each."""

from __future__ import annotations

import pytest

from bot.rules.calendars import MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, WorkingWeek, usual_week
from bot.rules.countries import find_country_with_holidays, zone_country_with_holidays


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("SA", "SA"),
        ("de", "DE"),
        (" Germany ", "DE"),
        ("السعودية", None),  # not the name in full
        ("المملكة العربية السعودية", "SA"),
        ("United Arab Emirates", "AE"),
        ("الأردن", "JO"),
        ("الاردن", "JO"),
        ("ZZ", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_is_found_by_its_letters_or_its_name(written: str, code: str | None) -> None:
    assert find_country_with_holidays(written) == code


@pytest.mark.parametrize(
    ("zone", "code", "week"),
    [
        ("Asia/Riyadh", "SA", SUNDAY_TO_THURSDAY),
        ("Africa/Cairo", "EG", SUNDAY_TO_THURSDAY),
        ("Asia/Dubai", "AE", MONDAY_TO_FRIDAY),
        ("Europe/Berlin", "DE", MONDAY_TO_FRIDAY),
        ("Asia/Kolkata", "IN", MONDAY_TO_FRIDAY),
        ("UTC", None, MONDAY_TO_FRIDAY),
        (None, None, MONDAY_TO_FRIDAY),
    ],
)
def test_week_is_the_usual_one_of_the_zones_country(
    zone: str | None, code: str | None, week: WorkingWeek
) -> None:
    assert zone_country_with_holidays(zone) == code
    assert usual_week(code) == week
