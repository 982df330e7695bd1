"""Since when erased words may still be in SQLite's log; free pages of earlier migrations are overwritten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_log"
down_revision = "0011_back"

_PAGES_AT_ONCE = 1000


def upgrade() -> None:
    """Create the columns.

    Whether the log was cleared of earlier erasures isn't known, so it's cleared once more.
    """
    for name in ("erased_at", "log_owed_since"):
        op.add_column("workspaces", sa.Column(name, sa.DateTime(timezone=True)))
    op.execute("UPDATE workspaces SET erased_at = installed_at, log_owed_since = installed_at")
    if op.get_bind().dialect.name == "sqlite":
        _overwrite_free_pages(op.get_bind())


def _overwrite_free_pages(connection: sa.Connection) -> None:
    """Overwrite every free page by using and freeing it: earlier migrations didn't overwrite the pages they freed."""

    def number(pragma: str) -> int:
        return int(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())

    size = number("page_size")
    if not number("freelist_count"):
        return
    connection.exec_driver_sql("CREATE TABLE free_pages (content BLOB)")
    while free := number("freelist_count"):
        zeros = size * min(free, _PAGES_AT_ONCE)
        connection.exec_driver_sql(f"INSERT INTO free_pages VALUES (zeroblob({zeros}))")
    connection.exec_driver_sql("DROP TABLE free_pages")
