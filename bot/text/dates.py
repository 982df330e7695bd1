"""Dates as people type them: 12 March, 2027-03-12, Monday, in English and Arabic, in either kind of digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from bot.text.folding import fold

# Arabic has three families of names for the months: Egypt and the Gulf, the Levant and Iraq, the Maghreb.
_ENGLISH, _ARABIC = ("en",), ("ar", "ar_JO", "ar_DZ", "ar_MA")
_SHORTEST = 3
"""Letters to which an English name may be shortened: Mar, Sept, Wed."""
_TOMORROW = frozenset(map(fold, ("tomorrow", "غداً", "غدا", "بكرة", "بكرا")))
_FILLING = frozenset(map(fold, ("the", "of", "on", "day", "يوم", "شهر", "من", "في", "عام", "سنة")))
_OTHER_TIMES = frozenset(
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
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:[-/.](\d{4}))?")


def date_in(text: str, today: date) -> date | None:
    """The date that these words are, after today where they leave the year open; None when they are none.

    12/3 is read as neither 12 March nor 3 December: who wrote it knows which, and nobody else.
    """
    bare = _bare(text)
    if found := _ISO.fullmatch(bare):
        return _valid(*map(int, found.groups()))
    if found := _NUMBERS.fullmatch(bare):
        return _in_numbers(found, today)
    words = [word for word in _named(bare).split() if word not in _FILLING]
    if len(words) == 1:
        return _relative(words[0], today)
    month = next((int(word[1:]) for word in words if word.startswith("m") and word[1:].isdigit()), None)
    numbers = [int(word) for word in words if word.isdigit()]
    if month is None or len(words) != len(numbers) + 1:
        return None
    return _with_month(month, numbers, today)


def speaks_of_time(text: str) -> bool:
    """Whether there is anything of a date in these words, readable or not."""
    words = _named(_bare(text)).split()
    return not words or any(
        word[0].isdigit() or re.fullmatch(r"[md]\d+", word) or word in _TOMORROW | _OTHER_TIMES
        for word in words
    )


def _bare(text: str) -> str:
    """Folded, in Western digits, without commas, ordinals and the Arabic article."""
    folded = "".join(str(int(c)) if c.isdecimal() else c for c in fold(text))
    words = re.sub(r"[,،]", " ", _ORDINAL.sub(r"\1", folded)).split()
    return " ".join(_without_article(word) for word in words)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _named(bare: str) -> str:
    """The same with each name of a month as m3 and each of a weekday as d0."""
    pattern, meanings = _names()
    return pattern.sub(lambda found: f" {_meaning(found.group(), meanings)} ", bare)


def _meaning(word: str, meanings: dict[str, str]) -> str:
    if word in meanings:
        return meanings[word]
    return next(sign for name, sign in meanings.items() if name.startswith(word))


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    meanings: dict[str, str] = {}
    shortened: list[str] = []
    for locale, name, sign in _all_names():
        known = " ".join(_without_article(word) for word in fold(name).split())
        meanings.setdefault(known, sign)
        lengths = range(len(known), _SHORTEST - 1, -1) if locale in _ENGLISH else (len(known),)
        shortened += [known[:n] for n in lengths]
    longest_first = sorted(set(shortened), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), meanings


def _all_names() -> Iterator[tuple[str, str, str]]:
    for locale in (*_ENGLISH, *_ARABIC):
        yield from ((locale, name, f"m{n}") for n, name in get_month_names("wide", "format", locale).items())
        yield from ((locale, name, f"d{n}") for n, name in get_day_names("wide", "format", locale).items())


def _in_numbers(found: re.Match[str], today: date) -> date | None:
    first, mark, second, year = found.groups()
    day, month = int(first), int(second)
    if mark != ".":
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (month, day) if month > 12 else (day, month)
    return _valid(int(year), month, day) if year else _next(month, day, today)


def _with_month(month: int, numbers: list[int], today: date) -> date | None:
    match numbers:
        case [day]:
            return _next(month, day, today)
        case [day, year] if year >= 1000:
            return _valid(year, month, day)
    return None


def _relative(word: str, today: date) -> date | None:
    if word in _TOMORROW:
        return today + timedelta(days=1)
    if found := re.fullmatch(r"d(\d)", word):
        return today + timedelta(days=(int(found[1]) - today.weekday() - 1) % 7 + 1)
    return None


def _next(month: int, day: int, today: date) -> date | None:
    """The first such day after today; a leap day may be years ahead."""
    dates = (_valid(today.year + n, month, day) for n in range(9))
    return next((found for found in dates if found is not None and found > today), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
