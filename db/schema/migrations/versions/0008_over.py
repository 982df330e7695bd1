"""Indexes for notices that have ended, by date, and for notices that wait because the workspace is off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_over"
down_revision = "0007_changes"

_OFF = sa.text("state = 'pending' AND reason = 'workspace_off'")
_OVER = sa.text("state IN ('sent', 'suppressed', 'expired', 'failed', 'unknown')")


def upgrade() -> None:
    """Create the indexes."""
    _index("ix_outbox_off", ["team_id"], _OFF)
    _index("ix_outbox_over", ["team_id", "changed_at", "state", "kind", "reason", "user_id"], _OVER)


def _index(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "outbox", columns, postgresql_where=where, sqlite_where=where)
