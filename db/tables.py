"""Every table: `team_id` on each, each constraint with a name, moments in UTC, no cascade on words."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from db.types import DraftDocument, UTCDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _text_or_none(name: str) -> Column[str | None]:
    return Column(name, Text)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _is(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _moment(name: str = "at") -> Column[object]:
    return Column(name, UTCDateTime, nullable=False)


def _moment_or_none(name: str) -> Column[object]:
    return Column(name, UTCDateTime)


def _of_draft() -> ForeignKeyConstraint:
    """A row that belongs to a draft; erasure takes it away by name, nothing cascades."""
    return ForeignKeyConstraint(["team_id", "draft_id"], ["drafts.team_id", "drafts.id"])


workspaces = Table(
    "workspaces",
    metadata,
    _text("team_id"),
    _text("name"),
    _text("bot_user_id"),
    _text("bot_id"),
    Column("erasure_key", LargeBinary, nullable=False),
    _moment("installed_at"),
    PrimaryKeyConstraint("team_id"),
)

people = Table(
    "people",
    metadata,
    _text("team_id"),
    _text("user_id"),
    _text("name"),
    _text("real_name"),
    _text_or_none("first_name"),
    _text_or_none("locale"),
    _text_or_none("locale_choice"),
    _text_or_none("tz"),
    _is("is_guest"),
    _is("is_stranger"),
    _is("is_bot"),
    _is("deleted"),
    _text_or_none("segment"),
    _moment_or_none("stopped_at"),
    _moment_or_none("welcome_back_at"),
    _text_or_none("dm_channel"),
    _moment("fetched_at"),
    _moment_or_none("seen_at"),
    PrimaryKeyConstraint("team_id", "user_id"),
)

# The document stands last: SQLite then finds the other columns without reading the pages of the words.
drafts = Table(
    "drafts",
    metadata,
    _text("team_id"),
    _text("id"),
    _text("user_id"),
    _text("status"),
    _text_or_none("language"),
    _number("version"),
    Column("shown_version", Integer, nullable=False, server_default=text("-1")),
    _text_or_none("shown_channel"),
    _text_or_none("shown_ts"),
    _text_or_none("shown_key"),
    _moment("created_at"),
    _moment("updated_at"),
    _moment_or_none("finished_at"),
    _text_or_none("landed"),
    Column("draft", DraftDocument, nullable=False),
    PrimaryKeyConstraint("team_id", "id"),
    CheckConstraint("status IN ('open', 'paused', 'aside', 'finished')", name="status"),
    CheckConstraint("landed IN ('up', 'not_yet', 'changed_mind')", name="landed"),
)

# SQLite uses a partial index only when the query says the same words, so both say these.
IS_CURRENT = text("status IN ('open', 'paused')")
IS_UP = text("landed = 'up'")

Index(
    "ux_drafts_current",
    drafts.c.team_id,
    drafts.c.user_id,
    unique=True,
    postgresql_where=IS_CURRENT,
    sqlite_where=IS_CURRENT,
)
Index("ix_drafts_person", drafts.c.team_id, drafts.c.user_id)
Index("ix_drafts_up", drafts.c.team_id, postgresql_where=IS_UP, sqlite_where=IS_UP)

versions = Table(
    "versions",
    metadata,
    _text("team_id"),
    _text("user_id"),
    _text("draft_id"),
    _number("n"),
    _text("text"),
    _text_or_none("headline"),
    _text("source"),
    _moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "n"),
    CheckConstraint("source IN ('composed', 'edited', 'pasted', 'message')", name="source"),
    _of_draft(),
)

deals = Table(
    "deals",
    metadata,
    _text("team_id"),
    _text("draft_id"),
    _text_or_none("segment"),
    _number("n"),
    _number("row"),
    Column("seed", BigInteger, nullable=False),
    _moment(),
    PrimaryKeyConstraint("team_id", "draft_id"),
    _of_draft(),
)

exposures = Table(
    "exposures",
    metadata,
    _text("team_id"),
    _text("draft_id"),
    _text("card"),
    _text("theme"),
    _text_or_none("segment"),
    _number("page"),
    _number("position"),
    Column("row", Integer),
    _moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "card", "page"),
    _of_draft(),
)

choices = Table(
    "choices",
    metadata,
    _text("team_id"),
    _text("draft_id"),
    _text("card"),
    _text("theme"),
    _text_or_none("segment"),
    _text("outcome"),
    Column("coverage", Float, nullable=False),
    Column("own_share", Float, nullable=False),
    _moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "card"),
    _of_draft(),
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    _text("team_id"),
    _text("user_id"),
    _text("use"),
    _is("given"),
    _text("wording"),
    _text("locale"),
    _text_or_none("draft_id"),
    _moment(),
    PrimaryKeyConstraint("id"),
)
Index("ix_consents_person", consents.c.team_id, consents.c.user_id)

# What the bot said in a direct message; it outlives the draft, so that the words in it can be found.
said = Table(
    "said",
    metadata,
    _text("team_id"),
    _text("channel"),
    _text("ts"),
    _text("user_id"),
    _text_or_none("draft_id"),
    _text("question"),
    _is("carries_words"),
    _moment(),
    PrimaryKeyConstraint("team_id", "channel", "ts"),
)
Index("ix_said_person", said.c.team_id, said.c.user_id)

takings = Table(
    "takings",
    metadata,
    _text("team_id"),
    _text("draft_id"),
    _text("place"),
    _text("user_id"),
    _moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "place"),
    _of_draft(),
)

counters = Table(
    "counters",
    metadata,
    _text("team_id"),
    _text("name"),
    _number("n"),
    PrimaryKeyConstraint("team_id", "name"),
)

# One entry for each event that had its effect; without a row id there is one tree to write, not two.
receipts = Table(
    "receipts",
    metadata,
    _text("team_id"),
    _text("event_id"),
    _moment(),
    PrimaryKeyConstraint("team_id", "event_id"),
    sqlite_with_rowid=False,
)

# All that stays of somebody who was erased: a keyed hash, the moment, and whether they had said stop.
tombstones = Table(
    "tombstones",
    metadata,
    _text("team_id"),
    Column("person_hash", LargeBinary, nullable=False),
    _moment(),
    _is("stopped"),
    PrimaryKeyConstraint("team_id", "person_hash"),
)

# Messages that are still to be deleted in Slack after an erasure; each row goes when its message is gone.
sweeps = Table(
    "sweeps",
    metadata,
    _text("team_id"),
    _text("channel"),
    _text("ts"),
    _moment(),
    PrimaryKeyConstraint("team_id", "channel", "ts"),
)
