"""People lists as they come out of spreadsheets: good lines are taken, others named by their number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.people_csv import Entry, Problem, Unreadable, Wrong, read_list

SEGMENTS = {"tech": "tech", "Building the product": "tech", "gtm": "gtm", "العمل مع العملاء": "gtm"}
HEADING = "Email,Segment,Team,Executive,Start date,Country,Working week\n"


def read(text: str) -> tuple[Entry | Problem, ...]:
    """A list as somebody typed it."""
    return read_list(text.encode(), SEGMENTS)


def test_line_says_everything_it_can_say() -> None:
    line = "maya@q.example,Building the product,Routing,yes,2021-05-03,Germany,Mon-Thu"

    assert read(HEADING + line) == (
        Entry(2, "maya@q.example", "tech", "Routing", True, date(2021, 5, 3), "DE", "mon tue wed thu"),
    )


def test_what_is_left_open_stays_open() -> None:
    assert read("slack id\nU0MAYA12\n") == (Entry(2, "U0MAYA12"),)


def test_arabic_list_with_semicolons_is_read() -> None:
    text = (
        "البريد الإلكتروني;الفئة;تنفيذي;البلد\nsalma@q.example;العمل مع العملاء;لا;المملكة العربية السعودية\n"
    )

    assert read(text) == (Entry(2, "salma@q.example", "gtm", None, False, None, "SA"),)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (",tech", Wrong.PERSON),
        ("not an address,tech", Wrong.PERSON),
        ("a@q.example,marketing", Wrong.SEGMENT),
        ("a@q.example,tech,,maybe", Wrong.EXECUTIVE),
        ("a@q.example,tech,,,03/05/2021", Wrong.START),
        ("a@q.example,tech,,,2021-02-30", Wrong.START),
        ("a@q.example,tech,,,,Atlantis", Wrong.COUNTRY),
        ("a@q.example,tech,,,,,whenever", Wrong.WEEK),
        ("a@q.example,tech,,,,,,,more", Wrong.CELLS),
    ],
)
def test_malformed_line_is_named_by_its_number_and_the_good_ones_are_taken(line: str, wrong: Wrong) -> None:
    found = read(f"{HEADING}b@q.example\n\n{line}\nc@q.example\n")

    assert found == (Entry(2, "b@q.example"), Problem(4, wrong), Entry(5, "c@q.example"))


def test_person_named_twice_is_taken_once() -> None:
    found = read("email\na@q.example\nA@Q.example\n")

    assert found == (Entry(2, "a@q.example"), Problem(3, Wrong.TWICE))


def test_number_is_that_of_the_line_when_a_cell_runs_over_two() -> None:
    found = read('email,team\na@q.example,"Routing\nand maps"\nnobody\n')

    assert [one.line for one in found] == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    assert read_list("email,الفريق\na@q.example,الخرائط".encode(encoding), SEGMENTS) == (
        Entry(2, "a@q.example", team="الخرائط"),
    )


@pytest.mark.parametrize(
    "content", [b"", b"email\n", b"name,team\nMaya,Maps\n", b"\xff\x00\x81", b"%PDF-1.7\n%"]
)
def test_what_is_no_list_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_list(content, SEGMENTS)


def test_neither_is_an_answer() -> None:
    assert read("email,segment\na@q.example,neither\n") == (Entry(2, "a@q.example", "neither"),)


@given(st.binary(max_size=300))
def test_anything_is_read_or_refused(content: bytes) -> None:
    try:
        lines = [one.line for one in read_list(b"email,segment\n" + content, SEGMENTS)]
    except Unreadable:
        return
    assert lines == sorted(set(lines))


def test_address_is_in_no_log_line_by_accident() -> None:
    assert "maya" not in repr(read("email\nmaya@q.example\n"))
