"""The employee list has its own segments, erased people stay in the directory, and figures are published in steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_directory"
down_revision = "0013_files"


def upgrade() -> None:
    """Separate what the employee list says from what people say, and count everybody in one invitation only."""
    _people()
    _listings()
    _counted()
    op.create_table(
        "published_figures",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("wave_id", sa.Text, nullable=False),
        sa.Column("segment", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("out_of", sa.Integer, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "wave_id", "segment", "step", name=op.f("pk_published_figures")),
        sa.CheckConstraint("step IN ('started', 'finished')", name=op.f("ck_published_figures_step")),
        sa.CheckConstraint("form IN ('exact', 'all', 'step')", name=op.f("ck_published_figures_form")),
    )
    op.add_column("programmes", sa.Column("figures_at", sa.DateTime(timezone=True)))
    op.add_column("waves", sa.Column("greeted_by", sa.Text))
    op.execute("UPDATE waves SET greeted_by = asked_by")
    op.create_table(
        "refused_reasons",
        sa.Column("team_id", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "reason", name=op.f("pk_refused_reasons")),
    )


def _people() -> None:
    """Treat all known people as having written before, because any of them may have.

    Where a directory sync has finished, everybody is in the directory.
    """
    op.add_column("people", sa.Column("met_at", sa.DateTime(timezone=True)))
    op.add_column("people", sa.Column("in_directory", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE people SET met_at = fetched_at")
    op.execute(
        "UPDATE people SET in_directory = true WHERE EXISTS (SELECT 1 FROM passes WHERE passes.team_id ="
        " people.team_id AND passes.done_at IS NOT NULL AND passes.problem IS NULL)"
    )


def _listings() -> None:
    """Start with a people list without segments; owners upload it again.

    The list's segment of people who chose one themselves was never stored. Copying the segments of the others would
    reveal who chose one.
    """
    op.add_column("listings", sa.Column("segment", sa.Text))
    op.execute("UPDATE people SET segment = NULL WHERE segment_from = 'list'")
    with op.batch_alter_table("people") as batch:
        # On PostgreSQL the check was never created, or is dropped with its column.
        if op.get_bind().dialect.name == "sqlite":
            batch.drop_constraint(op.f("ck_people_segment_from"), type_="check")
        batch.drop_column("segment_from")


def _counted() -> None:
    """Count everybody in the first invitation that listed them."""
    op.create_index("ix_wave_people_member", "wave_people", ["team_id", "member"])
    op.add_column(
        "wave_people", sa.Column("is_counted", sa.Boolean, nullable=False, server_default=sa.true())
    )
    op.execute(
        "UPDATE wave_people SET is_counted = false WHERE part = 'invited' AND member IS NOT NULL AND EXISTS ("
        " SELECT 1 FROM wave_people AS earlier"
        " JOIN waves AS first ON first.team_id = earlier.team_id AND first.id = earlier.wave_id"
        " JOIN waves AS own ON own.team_id = wave_people.team_id AND own.id = wave_people.wave_id"
        " WHERE earlier.team_id = wave_people.team_id AND earlier.member = wave_people.member"
        " AND earlier.part = 'invited' AND (first.started_at < own.started_at"
        " OR (first.started_at = own.started_at AND earlier.id < wave_people.id)))"
    )
