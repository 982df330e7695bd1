"""Parsing of an owner's CSV of people, line by line; a line that can't be read is reported by its number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.rules.calendars import parse_week
from bot.rules.countries import find_country_with_holidays
from bot.text import fold

MAX_LINES = 20_000
EMAIL_PATTERN = re.compile(r"[^@\s,;]+@[^@\s,;]+")
MEMBER_ID_PATTERN = re.compile(r"[UW][A-Z0-9]{5,}")
COLUMN_HEADINGS = {
    "email": ("email", "e-mail", "mail", "email address", "البريد", "البريد الإلكتروني"),
    "member": ("slack id", "slack_id", "member id", "member_id", "id", "معرف العضو"),
    "segment": ("segment", "الفئة", "فئة"),
    "team": ("team", "department", "الفريق", "القسم"),
    "executive": ("executive", "exec", "تنفيذي", "القيادة التنفيذية"),
    "start": ("start date", "start_date", "start", "تاريخ البدء", "تاريخ المباشرة"),
    "country": ("country", "البلد", "الدولة"),
    "week": ("working week", "working_week", "week", "أيام العمل", "أسبوع العمل"),
}
"""The headings of each column, in either language; other columns are ignored."""
YES_WORDS = ("yes", "y", "true", "1", "x", "نعم")
NO_WORDS = ("no", "n", "false", "0", "لا")
NEITHER_WORDS = ("neither", "none", "-", "لا هذا ولا ذاك")
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d")


class RejectionReason(StrEnum):
    """Why a line is rejected. The values are stored."""

    PERSON = "person"
    SEGMENT = "segment"
    EXECUTIVE = "executive"
    START = "start"
    COUNTRY = "country"
    WEEK = "week"
    TWICE = "twice"
    CELLS = "cells"
    UNKNOWN = "unknown"
    """Slack knows nobody with that address or ID."""
    OUTSIDE = "outside"
    """A guest, a bot, somebody from another company, or somebody who has left."""


@dataclass(frozen=True)
class RejectedLine:
    """A line that was left out, and why."""

    line: int
    reason: RejectionReason


@dataclass(frozen=True)
class PeopleListEntry:
    """A line about somebody. An empty cell becomes None, and changes nothing."""

    line: int
    address: str = field(repr=False)
    """An email address, which isn't stored anywhere, or a member ID."""
    segment: str | None = None
    team: str | None = None
    executive: bool | None = None
    starts_on: date | None = None
    country: str | None = None
    week: str | None = None


class UnreadableListError(Exception):
    """This is no list of people: no text, no heading for addresses or IDs, no lines, or far too many."""  # noqa: D404  # printed


def parse_people_list(
    content: bytes, segments: Mapping[str, str]
) -> tuple[PeopleListEntry | RejectedLine, ...]:
    """Return every non-empty line in order; `segments` maps the names of segments to segments."""
    rows = list(_read_rows(_decode(content)))
    columns = _map_columns(rows[0][1]) if rows else {}
    if not {"email", "member"} & set(columns.values()) or len(rows) < 2 or len(rows) > MAX_LINES:
        raise UnreadableListError
    names = {_normalize(name): segment for name, segment in segments.items()}
    read: list[PeopleListEntry | RejectedLine] = []
    seen: set[str] = set()
    for line, cells in rows[1:]:
        if len(cells) > len(rows[0][1]):
            read.append(RejectedLine(line, RejectionReason.CELLS))
            continue
        entry = _parse_entry(line, {columns[n]: cell for n, cell in enumerate(cells) if n in columns}, names)
        if isinstance(entry, PeopleListEntry):
            key = entry.address.casefold()
            entry = RejectedLine(line, RejectionReason.TWICE) if key in seen else entry
            seen.add(key)
        read.append(entry)
    return tuple(read)


def _decode(content: bytes) -> str:
    """Decode the file: UTF-8, or UTF-16 as spreadsheets write it."""
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableListError from error


def _read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that isn't empty, with the number of the line on which it starts."""
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
        raise UnreadableListError from error


def _map_columns(headings: list[str]) -> dict[int, str]:
    known = {_normalize(name): column for column, names in COLUMN_HEADINGS.items() for name in names}
    found = {n: known.get(_normalize(heading)) for n, heading in enumerate(headings)}
    return {n: column for n, column in found.items() if column}


def _parse_entry(
    line: int, cells: Mapping[str, str], segments: Mapping[str, str]
) -> PeopleListEntry | RejectedLine:
    address = cells.get("member") or cells.get("email") or ""
    if not (EMAIL_PATTERN.fullmatch(address) or MEMBER_ID_PATTERN.fullmatch(address)):
        return RejectedLine(line, RejectionReason.PERSON)
    try:
        segment = _parse_segment(cells.get("segment", ""), segments)
        executive = _parse_yes_or_no(cells.get("executive", ""))
        starts_on = _parse_date(cells.get("start", ""))
        country = _parse_country(cells.get("country", ""))
        week = _parse_working_week(cells.get("week", ""))
    except _InvalidCellError as problem:
        return RejectedLine(line, problem.reason)
    return PeopleListEntry(
        line, address, segment, cells.get("team") or None, executive, starts_on, country, week
    )


class _InvalidCellError(Exception):
    def __init__(self, reason: RejectionReason) -> None:
        self.reason = reason


def _parse_segment(cell: str, segments: Mapping[str, str]) -> str | None:
    if not cell:
        return None
    if _normalize(cell) in map(_normalize, NEITHER_WORDS):
        return "neither"
    if (found := segments.get(_normalize(cell))) is None:
        raise _InvalidCellError(RejectionReason.SEGMENT)
    return found


def _parse_yes_or_no(cell: str) -> bool | None:
    if not cell:
        return None
    if (answer := _normalize(cell)) not in map(_normalize, (*YES_WORDS, *NO_WORDS)):
        raise _InvalidCellError(RejectionReason.EXECUTIVE)
    return answer in map(_normalize, YES_WORDS)


def _parse_date(cell: str) -> date | None:
    if not cell:
        return None
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 a date on paper, in no zone
        except ValueError:
            continue
    raise _InvalidCellError(RejectionReason.START)


def _parse_country(cell: str) -> str | None:
    if cell and find_country_with_holidays(cell) is None:
        raise _InvalidCellError(RejectionReason.COUNTRY)
    return find_country_with_holidays(cell) if cell else None


def _parse_working_week(cell: str) -> str | None:
    try:
        return str(parse_week(cell)) if cell else None
    except ValueError as error:
        raise _InvalidCellError(RejectionReason.WEEK) from error


def _normalize(text: str) -> str:
    return fold(text).strip()
