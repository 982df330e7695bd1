"""When somebody last said how they want to be written to: a sign of life that stays when the wish is taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_told"
down_revision = "0009_quiet"


def upgrade() -> None:
    """Make the column, with the wishes that are known."""
    op.add_column("people", sa.Column("told_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE people SET told_at = fewer_at")
