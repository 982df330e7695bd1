"""Returning people, and retries for messages that Slack refuses to delete."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_back"
down_revision = "0010_told"


def upgrade() -> None:
    """Create the columns.

    Nobody knows which earlier erasures people asked for themselves, so all of them count as requested.
    """
    leaving = sa.Column("after_leaving", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("tombstones", leaving)
    op.add_column("sweeps", sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("sweeps", sa.Column("problem", sa.Text))
    op.add_column("sweeps", sa.Column("again_at", sa.DateTime(timezone=True)))
