"""CSV tables for spreadsheets, in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

_FORMULA_STARTS = frozenset("=+-@\t\r\n")


def escape_formula(cell: str) -> str:
    """Return the cell with an apostrophe before a leading formula sign, including its full-width forms."""
    begins = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if begins and begins in _FORMULA_STARTS else cell


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """Return the rows as a file that spreadsheets open correctly in any script."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([escape_formula(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")
