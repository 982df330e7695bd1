"""Tables for spreadsheets: comma-separated, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

_FORMULA_STARTS = frozenset("=+-@\t\r\n")


def escape_formula(cell: str) -> str:
    """The cell as it stands in the table: an apostrophe before what would begin a formula, wide forms too."""
    begins = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if begins and begins in _FORMULA_STARTS else cell


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """The rows as a file that spreadsheets open as they should, whatever the script."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([escape_formula(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")
