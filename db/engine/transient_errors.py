"""The distinction between trouble with the database itself and trouble with its content."""

from __future__ import annotations

import sqlite3

from sqlalchemy import exc

_TRANSIENT_SQLSTATES = ("08", "40", "53", "55", "57P0", "58")
"""Classes of PostgreSQL's SQLSTATE (appendix A of its manual): connection lost, transaction rolled back, out of disk
or memory, locked, stopped by its operator, system errors. Not a damaged page (XX) or a statement that takes too long
(57014): those may be caused by a single row, and would recur."""


def is_transient(problem: BaseException) -> bool:
    """Return whether the database was unreachable, full, locked or in conflict, so that a retry may succeed.

    Content that can't be read, or can't be written as it is, is not transient: a retry would fail the same way.
    """
    match problem:
        case OSError() | exc.TimeoutError() | exc.InterfaceError():
            return True
        case exc.OperationalError(orig=sqlite3.Error(sqlite_errorcode=code)):
            return code != sqlite3.SQLITE_ERROR  # an invalid statement
        case exc.DBAPIError():
            state = getattr(problem.orig, "sqlstate", None) or ""
            return problem.connection_invalidated or state.startswith(_TRANSIENT_SQLSTATES)
        case _:
            return False
