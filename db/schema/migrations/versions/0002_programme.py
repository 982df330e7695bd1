"""The programme: settings, roles, the audit, people lists, and directory syncs from Slack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_programme"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of the programme, and three columns of people."""
    _people()
    _programme()
    _audit()
    _lists()


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _text_or_none(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text) for name in names]


def _moment(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _people() -> None:
    said = sa.CheckConstraint("segment_from IN ('person', 'list')", name=op.f("ck_people_segment_from"))
    with op.batch_alter_table("people", table_args=(said,)) as batch:
        batch.add_column(sa.Column("is_admin", sa.Boolean, nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("left_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("segment_from", sa.Text))


def _programme() -> None:
    op.create_table(
        "programmes",
        *_text("team_id", "company", "aliases"),
        *_text_or_none("tech_en", "tech_ar", "gtm_en", "gtm_ar", "stories_channel", "asks_channel"),
        *_text("week", "opens", "closes"),
        *_text_or_none("country"),
        *_text("tz", "language"),
        *_moment("at"),
        _key("programmes", "team_id"),
        sa.CheckConstraint("language IN ('en', 'ar')", name=op.f("ck_programmes_language")),
    )
    op.create_table(
        "roles",
        *_text("team_id", "user_id", "role"),
        *_moment("at"),
        _key("roles", "team_id", "user_id", "role"),
        sa.CheckConstraint(
            "role IN ('owner', 'sponsor', 'people_partner', 'recruiter', 'executive')",
            name=op.f("ck_roles_role"),
        ),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *_text("team_id"),
        *_text_or_none("who"),
        *_text("deed"),
        *_text_or_none("whom"),
        *_text("about"),
        *_moment("at"),
        _key("audit", "id"),
    )
    op.create_index("ix_audit_team", "audit", ["team_id", "id"])


def _lists() -> None:
    op.create_table(
        "listings",
        *_text("team_id", "user_id"),
        *_text_or_none("works_in"),
        sa.Column("starts_on", sa.Date),
        *_text_or_none("country", "week"),
        *_moment("at"),
        _key("listings", "team_id", "user_id"),
    )
    op.create_table(
        "passes",
        *_text("team_id"),
        *_moment("begun_at", "touched_at"),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("people", sa.Integer, nullable=False),
        *_text_or_none("problem"),
        _key("passes", "team_id"),
    )
    op.create_table(
        "lists",
        *_text("team_id", "id", "user_id", "channel"),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        *_text("problems"),
        *_moment("at"),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        _key("lists", "team_id", "id"),
    )
