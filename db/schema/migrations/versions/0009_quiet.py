"""The end of a person's pause, and the local date before which a notice must not be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_quiet"
down_revision = "0008_over"


def upgrade() -> None:
    """Create the columns."""
    op.add_column("people", sa.Column("paused_until", sa.Date))
    op.add_column("outbox", sa.Column("due_on", sa.Date))
