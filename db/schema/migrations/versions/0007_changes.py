"""Changes that somebody makes to another person, and members removed from a wave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_changes"
down_revision = "0006_halts"


def upgrade() -> None:
    """Create the table, and a column for members of waves."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.add_column("wave_people", sa.Column("off_at", sa.DateTime(timezone=True)))
    op.create_table(
        "changes",
        sa.Column("id", number, nullable=False),
        *[
            sa.Column(name, sa.Text, nullable=False)
            for name in ("team_id", "user_id", "deed", "before", "after")
        ],
        sa.Column("who", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outbox_id", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.CheckConstraint("deed IN ('role', 'segment', 'team', 'wave')", name=op.f("ck_changes_deed")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_changes_outbox"),
    )
    op.create_index("ix_changes_person", "changes", ["team_id", "user_id"])
