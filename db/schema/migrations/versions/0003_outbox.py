"""Proactive messages: the outbox, its attempts, and rate limits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_outbox"
down_revision = "0002_programme"

_PENDING = sa.text("state = 'pending'")
_IN_FLIGHT = sa.text("state IN ('sending', 'unknown')")


def upgrade() -> None:
    """Create the tables."""
    _outbox()
    op.create_table(
        "attempts",
        *_text("team_id"),
        sa.Column("outbox_id", sa.BigInteger, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        *_moment("started_at"),
        *_text_or_none("outcome"),
        sa.Column("http", sa.Integer),
        *_text_or_none("error"),
        sa.PrimaryKeyConstraint("outbox_id", "n", name="pk_attempts"),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_attempts_outbox"),
    )
    op.create_table(
        "pace",
        *_text("team_id", "recipient"),
        *_moment("next_ok_at"),
        sa.PrimaryKeyConstraint("team_id", "recipient", name="pk_pace"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *_text("team_id", "key", "kind", "recipient"),
        *_text_or_none("user_id"),
        *_text("occurrence"),
        *_text_or_none("subject"),
        *_text("policy", "state"),
        *_moment("not_before", "not_after", "planned_at"),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("misses", sa.Integer, nullable=False),
        *_moment_or_none("attempt_started_at", "lease_until"),
        *_text_or_none("token", "worker", "channel", "ts", "reason"),
        *_moment("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sa.UniqueConstraint("team_id", "kind", "recipient", "occurrence", name=op.f("uq_outbox_fact")),
        sa.CheckConstraint("policy IN ('once', 'resend')", name=op.f("ck_outbox_policy")),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'unknown', 'sent', 'suppressed', 'expired', 'failed')",
            name=op.f("ck_outbox_state"),
        ),
    )
    _index("ix_outbox_due", ["team_id", "not_before", "id"], _PENDING)
    _index("ix_outbox_in_flight", ["team_id", "lease_until"], _IN_FLIGHT)
    op.create_index("ix_outbox_person", "outbox", ["team_id", "user_id"])


def _index(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "outbox", columns, postgresql_where=where, sqlite_where=where)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _text_or_none(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text) for name in names]


def _moment(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in names]


def _moment_or_none(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True)) for name in names]
