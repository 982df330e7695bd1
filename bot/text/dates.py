"""Dates as people type them: 12 March, 2027-03-12, Monday; in English and Arabic, with either kind of digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from bot.text.folding import fold

# Arabic has three families of names for the months: Egypt and the Gulf, the Levant and Iraq, the Maghreb.
_ENGLISH_LOCALES, _ARABIC_LOCALES = ("en",), ("ar", "ar_JO", "ar_DZ", "ar_MA")
_MIN_ABBREVIATION_LENGTH = 3
"""The shortest abbreviation of an English name, in letters: Mar, Sept, Wed."""
_TOMORROW_WORDS = frozenset(map(fold, ("tomorrow", "غداً", "غدا", "بكرة", "بكرا")))
_FILLER_WORDS = frozenset(map(fold, ("the", "of", "on", "day", "يوم", "شهر", "من", "في", "عام", "سنة")))
_OTHER_TIME_WORDS = frozenset(
    map(
        fold,
        (
            *("next", "week", "weeks", "month", "months", "year", "further", "notice", "today", "weekend"),
            *("spring", "summer", "autumn", "fall", "winter", "ramadan", "eid", "christmas", "easter"),
            *("أسبوع", "شهر", "سنة", "عام", "إشعار", "صيف", "شتاء", "خريف", "ربيع", "رمضان", "عيد"),
        ),
    )
)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\b")
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:[-/.](\d{4}))?")


def parse_date(text: str, today: date) -> date | None:
    """Return the date in the text, after today where the year is left open; None for any other text.

    12/3 is read as neither 12 March nor 3 December: only its author knows which.
    """
    bare = _normalize(text)
    if found := _ISO_DATE.fullmatch(bare):
        return _date_or_none(*map(int, found.groups()))
    if found := _NUMERIC_DATE.fullmatch(bare):
        return _parse_numeric(found, today)
    words = [word for word in _encode_names(bare).split() if word not in _FILLER_WORDS]
    if len(words) == 1:
        return _parse_relative(words[0], today)
    month = next((int(word[1:]) for word in words if word.startswith("m") and word[1:].isdigit()), None)
    numbers = [int(word) for word in words if word.isdigit()]
    if month is None or len(words) != len(numbers) + 1:
        return None
    return _parse_with_month(month, numbers, today)


def may_name_date(text: str) -> bool:
    """Return whether the text has any word of a date, readable or not."""
    words = _encode_names(_normalize(text)).split()
    return not words or any(
        word[0].isdigit() or re.fullmatch(r"[md]\d+", word) or word in _TOMORROW_WORDS | _OTHER_TIME_WORDS
        for word in words
    )


def _normalize(text: str) -> str:
    """Return the text folded, in Western digits, without commas, ordinals and the Arabic article."""
    folded = "".join(str(int(c)) if c.isdecimal() else c for c in fold(text))
    words = re.sub(r"[,،]", " ", _ORDINAL.sub(r"\1", folded)).split()
    return " ".join(_strip_article(word) for word in words)


def _strip_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _encode_names(bare: str) -> str:
    """Return the text with each month's name as m3 and each weekday's as d0."""
    pattern, meanings = _name_pattern()
    return pattern.sub(lambda found: f" {_name_code(found.group(), meanings)} ", bare)


def _name_code(word: str, meanings: dict[str, str]) -> str:
    if word in meanings:
        return meanings[word]
    return next(sign for name, sign in meanings.items() if name.startswith(word))


@cache
def _name_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    meanings: dict[str, str] = {}
    shortened: list[str] = []
    for locale, name, sign in _iter_names():
        known = " ".join(_strip_article(word) for word in fold(name).split())
        meanings.setdefault(known, sign)
        lengths = (
            range(len(known), _MIN_ABBREVIATION_LENGTH - 1, -1)
            if locale in _ENGLISH_LOCALES
            else (len(known),)
        )
        shortened += [known[:n] for n in lengths]
    longest_first = sorted(set(shortened), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), meanings


def _iter_names() -> Iterator[tuple[str, str, str]]:
    for locale in (*_ENGLISH_LOCALES, *_ARABIC_LOCALES):
        yield from ((locale, name, f"m{n}") for n, name in get_month_names("wide", "format", locale).items())
        yield from ((locale, name, f"d{n}") for n, name in get_day_names("wide", "format", locale).items())


def _parse_numeric(found: re.Match[str], today: date) -> date | None:
    first, mark, second, year = found.groups()
    day, month = int(first), int(second)
    if mark != ".":
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (month, day) if month > 12 else (day, month)
    return _date_or_none(int(year), month, day) if year else _next_occurrence(month, day, today)


def _parse_with_month(month: int, numbers: list[int], today: date) -> date | None:
    match numbers:
        case [day]:
            return _next_occurrence(month, day, today)
        case [day, year] if year >= 1000:
            return _date_or_none(year, month, day)
    return None


def _parse_relative(word: str, today: date) -> date | None:
    if word in _TOMORROW_WORDS:
        return today + timedelta(days=1)
    if found := re.fullmatch(r"d(\d)", word):
        return today + timedelta(days=(int(found[1]) - today.weekday() - 1) % 7 + 1)
    return None


def _next_occurrence(month: int, day: int, today: date) -> date | None:
    """Return the first such day after today; a leap day may be years ahead."""
    dates = (_date_or_none(today.year + n, month, day) for n in range(9))
    return next((found for found in dates if found is not None and found > today), None)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
