"""Telling trouble with the database itself from trouble with what lies in it."""

from __future__ import annotations

import sqlite3

from sqlalchemy import exc

_TRANSIENT_SQLSTATES = ("08", "40", "53", "55", "57P0", "58")
"""Classes of PostgreSQL's SQLSTATE (appendix A of its manual): connection lost, transaction rolled back, no room
or memory, locked, stopped by its operator, the machine's own errors. Not a page that is damaged (XX) nor a statement
that takes too long (57014): those may be the fault of one row, and would be met again."""


def is_transient(problem: BaseException) -> bool:
    """Whether the database was away, full, locked, or at odds with somebody else: the same may well work later.

    What cannot be read, or not be written because of what it says, is not: that stays as it is.
    """
    match problem:
        case OSError() | exc.TimeoutError() | exc.InterfaceError():
            return True
        case exc.OperationalError(orig=sqlite3.Error(sqlite_errorcode=code)):
            return code != sqlite3.SQLITE_ERROR  # which is a statement that makes no sense
        case exc.DBAPIError():
            state = getattr(problem.orig, "sqlstate", None) or ""
            return problem.connection_invalidated or state.startswith(_TRANSIENT_SQLSTATES)
        case _:
            return False
