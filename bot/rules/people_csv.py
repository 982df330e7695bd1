"""People lists: what an owner's CSV says of whom, line by line; what cannot be read is named with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.rules.calendars import parse_week
from bot.rules.countries import find_country
from bot.text import fold

MOST_LINES = 20_000
ADDRESS = re.compile(r"[^@\s,;]+@[^@\s,;]+")
MEMBER = re.compile(r"[UW][A-Z0-9]{5,}")
HEADINGS = {
    "email": ("email", "e-mail", "mail", "email address", "البريد", "البريد الإلكتروني"),
    "member": ("slack id", "slack_id", "member id", "member_id", "id", "معرف العضو"),
    "segment": ("segment", "الفئة", "فئة"),
    "team": ("team", "department", "الفريق", "القسم"),
    "executive": ("executive", "exec", "تنفيذي", "القيادة التنفيذية"),
    "start": ("start date", "start_date", "start", "تاريخ البدء", "تاريخ المباشرة"),
    "country": ("country", "البلد", "الدولة"),
    "week": ("working week", "working_week", "week", "أيام العمل", "أسبوع العمل"),
}
"""What a column may be called, in either language; others are passed over."""
YES = ("yes", "y", "true", "1", "x", "نعم")
NO = ("no", "n", "false", "0", "لا")
NEITHER = ("neither", "none", "-", "لا هذا ولا ذاك")
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d")


class Wrong(StrEnum):
    """What is wrong with a line. The values are stored."""

    PERSON = "person"
    SEGMENT = "segment"
    EXECUTIVE = "executive"
    START = "start"
    COUNTRY = "country"
    WEEK = "week"
    TWICE = "twice"
    CELLS = "cells"
    UNKNOWN = "unknown"
    """Slack knows nobody by that address or ID."""
    OUTSIDE = "outside"
    """A guest, a bot, somebody of another company, or who has left."""


@dataclass(frozen=True)
class Problem:
    """A line that was left out, and why."""

    line: int
    wrong: Wrong


@dataclass(frozen=True)
class Entry:
    """A line that says something of somebody. What it leaves open stays None, and changes nothing."""

    line: int
    address: str = field(repr=False)
    """An address, which is kept nowhere, or a member ID."""
    segment: str | None = None
    team: str | None = None
    executive: bool | None = None
    starts_on: date | None = None
    country: str | None = None
    week: str | None = None


class Unreadable(Exception):
    """This is no list of people: no text, no heading for addresses or IDs, no lines, or far too many."""


def read_list(content: bytes, segments: Mapping[str, str]) -> tuple[Entry | Problem, ...]:
    """Every line that says something, in order; `segments` are the names by which each segment is known."""
    rows = list(_rows(_text(content)))
    columns = _columns(rows[0][1]) if rows else {}
    if not {"email", "member"} & set(columns.values()) or len(rows) < 2 or len(rows) > MOST_LINES:
        raise Unreadable
    names = {_folded(name): segment for name, segment in segments.items()}
    read: list[Entry | Problem] = []
    seen: set[str] = set()
    for line, cells in rows[1:]:
        if len(cells) > len(rows[0][1]):
            read.append(Problem(line, Wrong.CELLS))
            continue
        entry = _entry(line, {columns[n]: cell for n, cell in enumerate(cells) if n in columns}, names)
        if isinstance(entry, Entry):
            key = entry.address.casefold()
            entry = Problem(line, Wrong.TWICE) if key in seen else entry
            seen.add(key)
        read.append(entry)
    return tuple(read)


def _text(content: bytes) -> str:
    """The words of the file: UTF-8, or UTF-16 as spreadsheets write it."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not empty, with the number of the line on which it begins."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                while cells and not cells[-1]:
                    cells.pop()
                yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable from error


def _columns(headings: list[str]) -> dict[int, str]:
    known = {_folded(name): column for column, names in HEADINGS.items() for name in names}
    found = {n: known.get(_folded(heading)) for n, heading in enumerate(headings)}
    return {n: column for n, column in found.items() if column}


def _entry(line: int, cells: Mapping[str, str], segments: Mapping[str, str]) -> Entry | Problem:
    address = cells.get("member") or cells.get("email") or ""
    if not (ADDRESS.fullmatch(address) or MEMBER.fullmatch(address)):
        return Problem(line, Wrong.PERSON)
    try:
        segment = _segment(cells.get("segment", ""), segments)
        executive = _yes_or_no(cells.get("executive", ""))
        starts_on = _date(cells.get("start", ""))
        country = _country(cells.get("country", ""))
        week = _week(cells.get("week", ""))
    except _CannotReadError as problem:
        return Problem(line, problem.wrong)
    return Entry(line, address, segment, cells.get("team") or None, executive, starts_on, country, week)


class _CannotReadError(Exception):
    def __init__(self, wrong: Wrong) -> None:
        self.wrong = wrong


def _segment(cell: str, segments: Mapping[str, str]) -> str | None:
    if not cell:
        return None
    if _folded(cell) in map(_folded, NEITHER):
        return "neither"
    if (found := segments.get(_folded(cell))) is None:
        raise _CannotReadError(Wrong.SEGMENT)
    return found


def _yes_or_no(cell: str) -> bool | None:
    if not cell:
        return None
    if (said := _folded(cell)) not in map(_folded, (*YES, *NO)):
        raise _CannotReadError(Wrong.EXECUTIVE)
    return said in map(_folded, YES)


def _date(cell: str) -> date | None:
    if not cell:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 a date on paper, in no zone
        except ValueError:
            continue
    raise _CannotReadError(Wrong.START)


def _country(cell: str) -> str | None:
    if cell and find_country(cell) is None:
        raise _CannotReadError(Wrong.COUNTRY)
    return find_country(cell) if cell else None


def _week(cell: str) -> str | None:
    try:
        return str(parse_week(cell)) if cell else None
    except ValueError as error:
        raise _CannotReadError(Wrong.WEEK) from error


def _folded(text: str) -> str:
    return fold(text).strip()
