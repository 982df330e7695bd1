"""The first tables: workspaces, people, drafts and their parts, consents, processed events, erasure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    _workspaces_and_people()
    _drafts()
    _what_belongs_to_a_draft()
    _cards_of_a_draft()
    _what_was_agreed_and_said()
    _events_and_erasure()


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _text_or_none(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text) for name in names]


def _is(*names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _moment(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in names]


def _moment_or_none(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True)) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _of_draft(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "draft_id"], ["drafts.team_id", "drafts.id"], name=f"fk_{table}_drafts"
    )


def _workspaces_and_people() -> None:
    op.create_table(
        "workspaces",
        *_text("team_id", "name", "bot_user_id", "bot_id"),
        sa.Column("erasure_key", sa.LargeBinary, nullable=False),
        *_moment("installed_at"),
        _key("workspaces", "team_id"),
    )
    op.create_table(
        "people",
        *_text("team_id", "user_id", "name", "real_name"),
        *_text_or_none("first_name", "locale", "locale_choice", "tz"),
        *_is("is_guest", "is_stranger", "is_bot", "deleted"),
        *_text_or_none("segment"),
        *_moment_or_none("stopped_at", "welcome_back_at"),
        *_text_or_none("dm_channel"),
        *_moment("fetched_at"),
        _key("people", "team_id", "user_id"),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        *_text("team_id", "id", "user_id", "status"),
        *_text_or_none("language"),
        *_number("version"),
        sa.Column("shown_version", sa.Integer, nullable=False, server_default=sa.text("-1")),
        *_text_or_none("shown_channel", "shown_ts", "shown_key"),
        *_moment("created_at", "updated_at"),
        *_moment_or_none("finished_at"),
        *_text_or_none("landed"),
        *_text("draft"),
        _key("drafts", "team_id", "id"),
        sa.CheckConstraint(
            "status IN ('open', 'paused', 'aside', 'finished')", name=op.f("ck_drafts_status")
        ),
        sa.CheckConstraint("landed IN ('up', 'not_yet', 'changed_mind')", name=op.f("ck_drafts_landed")),
    )
    current = sa.text("status IN ('open', 'paused')")
    op.create_index(
        "ux_drafts_current",
        "drafts",
        ["team_id", "user_id"],
        unique=True,
        postgresql_where=current,
        sqlite_where=current,
    )
    op.create_index("ix_drafts_person", "drafts", ["team_id", "user_id"])
    up = sa.text("landed = 'up'")
    op.create_index("ix_drafts_up", "drafts", ["team_id"], postgresql_where=up, sqlite_where=up)


def _what_belongs_to_a_draft() -> None:
    op.create_table(
        "versions",
        *_text("team_id", "user_id", "draft_id"),
        *_number("n"),
        *_text("text"),
        *_text_or_none("headline"),
        *_text("source"),
        *_moment("at"),
        _key("versions", "team_id", "draft_id", "n"),
        sa.CheckConstraint(
            "source IN ('composed', 'edited', 'pasted', 'message')", name=op.f("ck_versions_source")
        ),
        _of_draft("versions"),
    )
    op.create_table(
        "takings",
        *_text("team_id", "draft_id", "place", "user_id"),
        *_moment("at"),
        _key("takings", "team_id", "draft_id", "place"),
        _of_draft("takings"),
    )


def _cards_of_a_draft() -> None:
    op.create_table(
        "deals",
        *_text("team_id", "draft_id"),
        *_text_or_none("segment"),
        *_number("n", "row"),
        sa.Column("seed", sa.BigInteger, nullable=False),
        *_moment("at"),
        _key("deals", "team_id", "draft_id"),
        _of_draft("deals"),
    )
    op.create_table(
        "exposures",
        *_text("team_id", "draft_id", "card", "theme"),
        *_text_or_none("segment"),
        *_number("page", "position"),
        sa.Column("row", sa.Integer),
        *_moment("at"),
        _key("exposures", "team_id", "draft_id", "card", "page"),
        _of_draft("exposures"),
    )
    op.create_table(
        "choices",
        *_text("team_id", "draft_id", "card", "theme"),
        *_text_or_none("segment"),
        *_text("outcome"),
        sa.Column("coverage", sa.Float, nullable=False),
        sa.Column("own_share", sa.Float, nullable=False),
        *_moment("at"),
        _key("choices", "team_id", "draft_id", "card"),
        _of_draft("choices"),
    )


def _what_was_agreed_and_said() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *_text("team_id", "user_id", "use"),
        *_is("given"),
        *_text("wording", "locale"),
        *_text_or_none("draft_id"),
        *_moment("at"),
        _key("consents", "id"),
    )
    op.create_index("ix_consents_person", "consents", ["team_id", "user_id"])
    op.create_table(
        "said",
        *_text("team_id", "channel", "ts", "user_id"),
        *_text_or_none("draft_id"),
        *_text("question"),
        *_is("carries_words"),
        *_moment("at"),
        _key("said", "team_id", "channel", "ts"),
    )
    op.create_index("ix_said_person", "said", ["team_id", "user_id"])


def _events_and_erasure() -> None:
    op.create_table(
        "receipts",
        *_text("team_id", "event_id"),
        *_moment("at"),
        _key("receipts", "team_id", "event_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counters",
        *_text("team_id", "name"),
        *_number("n"),
        _key("counters", "team_id", "name"),
    )
    op.create_table(
        "tombstones",
        *_text("team_id"),
        sa.Column("person_hash", sa.LargeBinary, nullable=False),
        *_moment("at"),
        *_is("stopped"),
        _key("tombstones", "team_id", "person_hash"),
    )
    op.create_table(
        "sweeps",
        *_text("team_id", "channel", "ts"),
        *_moment("at"),
        _key("sweeps", "team_id", "channel", "ts"),
    )
