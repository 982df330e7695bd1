"""The bot's files that name people, each with the time at which it must be deleted in Slack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_files"
down_revision = "0012_log"


def upgrade() -> None:
    """Create the table, empty: the locations of earlier files weren't recorded."""
    op.create_table(
        "bot_files",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delete_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("problem", sa.Text),
        sa.Column("again_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_bot_files")),
    )
