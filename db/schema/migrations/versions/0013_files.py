"""The bot's own files with names in them, each with the moment at which it is deleted in Slack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_files"
down_revision = "0012_log"


def upgrade() -> None:
    """Make the table. Where files from before are nobody has noted."""
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
