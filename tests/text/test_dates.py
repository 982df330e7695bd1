"""Dates are read as people type them, in both languages with both kinds of digits; other texts aren't dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.text import may_name_date, parse_date

TODAY = date(2027, 3, 1)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 March", date(2027, 3, 12)),
        ("march 12", date(2027, 3, 12)),
        ("12 Mar", date(2027, 3, 12)),
        ("1 Sept", date(2027, 9, 1)),
        ("the 12th of March", date(2027, 3, 12)),
        ("March 12, 2028", date(2028, 3, 12)),
        ("1 March", date(2028, 3, 1)),  # not today
        ("29 Feb", date(2028, 2, 29)),
        ("2027-03-12", date(2027, 3, 12)),
        ("12.3.", date(2027, 3, 12)),
        ("12.3.2027", date(2027, 3, 12)),
        ("25/3", date(2027, 3, 25)),
        ("3/25/2027", date(2027, 3, 25)),
        ("5/5", date(2027, 5, 5)),
        ("tomorrow", date(2027, 3, 2)),
        ("Tuesday", date(2027, 3, 2)),
        ("mon", date(2027, 3, 8)),
        ("12 مارس", date(2027, 3, 12)),
        ("١٢ مارس ٢٠٢٨", date(2028, 3, 12)),
        ("يوم ١٢ من آذار", date(2027, 3, 12)),
        ("12 كانون الثاني", date(2028, 1, 12)),
        ("3 جويلية", date(2027, 7, 3)),
        ("٢٠٢٧-٠٣-١٢", date(2027, 3, 12)),
        ("يوم الخميس", date(2027, 3, 4)),
        ("غداً", date(2027, 3, 2)),
    ],
)
def test_a_date_is_read_as_it_is_typed(text: str, day: date) -> None:
    assert parse_date(text.strip("."), TODAY) == day
    assert may_name_date(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "31 February", "12/3", "3/12/2027", "March", "12", "12 March 5", "12 13 March", "next month"),
        *(
            "2027-13-01",
            "0000-01-01",
            "الأسبوع القادم",
            "12 March 2027 2028",
            "99999999999 March",
            "٣١ فبراير",
        ),
    ],
)
def test_an_ambiguous_or_missing_date_is_not_guessed(text: str) -> None:
    assert parse_date(text, TODAY) is None
    assert may_name_date(text)


@pytest.mark.parametrize("text", ["the alarm rings", "you know what to say", "mayor", "يرن المنبه"])
def test_texts_without_date_words_are_recognised(text: str) -> None:
    assert parse_date(text, TODAY) is None
    assert not may_name_date(text)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["en", "ar", "ar_JO", "ar_DZ", "ar_MA"]),
    st.sampled_from(["d MMMM yyyy", "yyyy-MM-dd", "dd.MM.yyyy"]),
)
def test_every_date_is_read_back_in_every_spelling(day: date, locale: str, pattern: str) -> None:
    assert parse_date(format_date(day, pattern, locale), TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_date_without_a_year_is_the_next_one(day: date, today: date) -> None:
    found = parse_date(f"{day.day}.{day.month}", today)

    assert found is not None
    assert (found.day, found.month) == (day.day, day.month)
    assert today < found
    assert found <= today + timedelta(days=366) or (day.day, day.month) == (29, 2)


@given(st.text(), st.dates())
def test_reading_never_fails_on_any_text(text: str, today: date) -> None:
    assert parse_date(text, today) is None or may_name_date(text)
