"""When somebody last set a message preference: a sign of activity that stays when the preference is withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_told"
down_revision = "0009_quiet"


def upgrade() -> None:
    """Create the column, and fill it from known preferences."""
    op.add_column("people", sa.Column("told_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE people SET told_at = fewer_at")
