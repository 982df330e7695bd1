"""Answers to invitations, and requests for fewer messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_answers"
down_revision = "0004_waves"


def upgrade() -> None:
    """Create the table, and a column of people."""
    op.add_column("people", sa.Column("fewer_at", sa.DateTime(timezone=True)))
    op.create_table(
        "wave_answers",
        *[sa.Column(name, sa.Text, nullable=False) for name in ("team_id", "user_id", "wave_id", "answer")],
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "wave_id", name="pk_wave_answers"),
        sa.CheckConstraint("answer IN ('begun', 'declined', 'later')", name=op.f("ck_wave_answers_answer")),
        sa.ForeignKeyConstraint(
            ["team_id", "wave_id"], ["waves.team_id", "waves.id"], name="fk_wave_answers_waves"
        ),
    )
