"""People lists as they come out of spreadsheets: good lines are taken, others named by their number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.people_csv import (
    PeopleListEntry,
    RejectedLine,
    RejectionReason,
    UnreadableListError,
    parse_people_list,
)

SEGMENTS = {"tech": "tech", "Building the product": "tech", "gtm": "gtm", "العمل مع العملاء": "gtm"}
HEADING = "Email,Segment,Team,Executive,Start date,Country,Working week\n"


def parse_list(text: str) -> tuple[PeopleListEntry | RejectedLine, ...]:
    """Return a list as somebody typed it."""
    return parse_people_list(text.encode(), SEGMENTS)


def test_line_says_everything_it_can_say() -> None:
    line = "maya@q.example,Building the product,Routing,yes,2021-05-03,Germany,Mon-Thu"

    assert parse_list(HEADING + line) == (
        PeopleListEntry(
            2, "maya@q.example", "tech", "Routing", True, date(2021, 5, 3), "DE", "mon tue wed thu"
        ),
    )


def test_empty_cell_stays_empty() -> None:
    assert parse_list("slack id\nU0MAYA12\n") == (PeopleListEntry(2, "U0MAYA12"),)


def test_arabic_list_with_semicolons_is_read() -> None:
    text = (
        "البريد الإلكتروني;الفئة;تنفيذي;البلد\nsalma@q.example;العمل مع العملاء;لا;المملكة العربية السعودية\n"
    )

    assert parse_list(text) == (PeopleListEntry(2, "salma@q.example", "gtm", None, False, None, "SA"),)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (",tech", RejectionReason.PERSON),
        ("not an address,tech", RejectionReason.PERSON),
        ("a@q.example,marketing", RejectionReason.SEGMENT),
        ("a@q.example,tech,,maybe", RejectionReason.EXECUTIVE),
        ("a@q.example,tech,,,03/05/2021", RejectionReason.START),
        ("a@q.example,tech,,,2021-02-30", RejectionReason.START),
        ("a@q.example,tech,,,,Atlantis", RejectionReason.COUNTRY),
        ("a@q.example,tech,,,,,whenever", RejectionReason.WEEK),
        ("a@q.example,tech,,,,,,,more", RejectionReason.CELLS),
    ],
)
def test_malformed_line_is_named_by_its_number_and_the_good_ones_are_taken(
    line: str, wrong: RejectionReason
) -> None:
    found = parse_list(f"{HEADING}b@q.example\n\n{line}\nc@q.example\n")

    assert found == (
        PeopleListEntry(2, "b@q.example"),
        RejectedLine(4, wrong),
        PeopleListEntry(5, "c@q.example"),
    )


def test_person_named_twice_is_taken_once() -> None:
    found = parse_list("email\na@q.example\nA@Q.example\n")

    assert found == (PeopleListEntry(2, "a@q.example"), RejectedLine(3, RejectionReason.TWICE))


def test_number_is_that_of_the_line_when_a_cell_runs_over_two() -> None:
    found = parse_list('email,team\na@q.example,"Routing\nand maps"\nnobody\n')

    assert [one.line for one in found] == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    assert parse_people_list("email,الفريق\na@q.example,الخرائط".encode(encoding), SEGMENTS) == (
        PeopleListEntry(2, "a@q.example", team="الخرائط"),
    )


@pytest.mark.parametrize(
    "content", [b"", b"email\n", b"name,team\nMaya,Maps\n", b"\xff\x00\x81", b"%PDF-1.7\n%"]
)
def test_file_that_is_no_list_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(UnreadableListError):
        parse_people_list(content, SEGMENTS)


def test_neither_is_an_answer() -> None:
    assert parse_list("email,segment\na@q.example,neither\n") == (
        PeopleListEntry(2, "a@q.example", "neither"),
    )


@given(st.binary(max_size=300))
def test_anything_is_read_or_refused(content: bytes) -> None:
    try:
        lines = [one.line for one in parse_people_list(b"email,segment\n" + content, SEGMENTS)]
    except UnreadableListError:
        return
    assert lines == sorted(set(lines))


def test_address_is_in_no_log_line_by_accident() -> None:
    assert "maya" not in repr(parse_list("email\nmaya@q.example\n"))
