"""Until when somebody wants no message unasked, and the local date before which a notice must not come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_quiet"
down_revision = "0008_over"


def upgrade() -> None:
    """Make the columns."""
    op.add_column("people", sa.Column("paused_until", sa.Date))
    op.add_column("outbox", sa.Column("due_on", sa.Date))
