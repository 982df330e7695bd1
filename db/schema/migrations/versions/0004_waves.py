"""Invitations: waves, and the people named, excluded and invited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_waves"
down_revision = "0003_outbox"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "waves",
        *_text("team_id", "id", "name"),
        sa.Column("version", sa.Integer, nullable=False),
        *_text("segments", "teams"),
        sa.Column("executives", sa.Boolean, nullable=False),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        *_text("greeting"),
        *_text_or_none("channel", "asked_by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "id", name="pk_waves"),
    )
    op.create_table(
        "wave_people",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *_text("team_id", "wave_id"),
        *_text_or_none("member"),
        *_text("part"),
        *_text_or_none("segment"),
        sa.PrimaryKeyConstraint("id", name="pk_wave_people"),
        sa.UniqueConstraint("team_id", "wave_id", "member", name=op.f("uq_wave_people_member")),
        sa.CheckConstraint("part IN ('chosen', 'chosen_out', 'invited')", name=op.f("ck_wave_people_part")),
        sa.ForeignKeyConstraint(
            ["team_id", "wave_id"], ["waves.team_id", "waves.id"], name="fk_wave_people_waves"
        ),
    )


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _text_or_none(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text) for name in names]
