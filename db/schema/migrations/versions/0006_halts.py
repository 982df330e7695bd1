"""Halting and resuming a programme's proactive messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_halts"
down_revision = "0005_answers"


def upgrade() -> None:
    """Create the columns."""
    op.add_column("programmes", sa.Column("halted_at", sa.DateTime(timezone=True)))
    op.add_column("programmes", sa.Column("halted_for", sa.Text))
    op.add_column("programmes", sa.Column("resumed_at", sa.DateTime(timezone=True)))
