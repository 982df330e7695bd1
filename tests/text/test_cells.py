"""Tables for spreadsheets: nothing in them is a formula, and every script survives."""

from __future__ import annotations

import csv
import io

import pytest

from bot.text.cells import csv_bytes, escape_formula


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹢"])
def test_what_would_begin_a_formula_gets_an_apostrophe(begin: str) -> None:
    assert escape_formula(f"{begin}HYPERLINK(1)") == f"'{begin}HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["", "Maya", "سلمى", "1+1", "'=", "½"])
def test_everything_else_stays_as_it_is(cell: str) -> None:
    assert escape_formula(cell) == cell


def test_table_is_read_back_as_it_was_and_says_which_script_it_is_in() -> None:
    rows = [["Name", "Text"], ["سلمى", 'two\nlines, "quoted"'], ["=1", ""]]

    made = csv_bytes(rows)

    assert made.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert read == [*rows[:2], ["'=1", ""]]
