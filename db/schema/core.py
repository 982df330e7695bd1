"""The core tables: `team_id` in each, named constraints, UTC timestamps, and no cascading deletes.

The tables of the programme, the waves and the outbox are in separate modules and share the same metadata.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    false,
    text,
)

from db.schema.columns import (
    bool_column,
    draft_foreign_key,
    id_column,
    integer_column,
    optional_date_column,
    optional_text_column,
    optional_utc_column,
    text_column,
    utc_column,
)
from db.schema.columns import metadata as metadata
from db.schema.outbox import outbox
from db.schema.types import DraftDocument

workspaces = Table(
    "workspaces",
    metadata,
    text_column("team_id"),
    text_column("name"),
    text_column("bot_user_id"),
    text_column("bot_id"),
    Column("erasure_key", LargeBinary, nullable=False),
    utc_column("installed_at"),
    optional_utc_column("erased_at"),
    optional_utc_column("log_owed_since", key="uncleared_since"),
    PrimaryKeyConstraint("team_id"),
)

people = Table(
    "people",
    metadata,
    text_column("team_id"),
    text_column("user_id"),
    text_column("name"),
    text_column("real_name"),
    optional_text_column("first_name"),
    optional_text_column("locale"),
    optional_text_column("locale_choice"),
    optional_text_column("tz"),
    bool_column("is_guest"),
    bool_column("is_stranger"),
    bool_column("is_bot"),
    bool_column("deleted"),
    optional_text_column("segment"),
    optional_utc_column("stopped_at"),
    optional_utc_column("welcome_back_at"),
    optional_text_column("dm_channel"),
    utc_column("fetched_at"),
    bool_column("is_admin", server_default=false()),
    optional_utc_column("left_at"),
    optional_utc_column("fewer_at"),
    optional_date_column("paused_until"),
    # Kept when a preference is withdrawn, because it's evidence of activity either way.
    optional_utc_column("told_at", key="preferences_set_at"),
    # When they first wrote, counted from their last erasure.
    optional_utc_column("met_at"),
    # Whether Slack's directory lists them; False if they're known only from a conversation with the bot.
    bool_column("in_directory", server_default=false()),
    PrimaryKeyConstraint("team_id", "user_id"),
)

# The document is the last column, so that SQLite finds the others without reading the pages of its text.
drafts = Table(
    "drafts",
    metadata,
    text_column("team_id"),
    text_column("id"),
    text_column("user_id"),
    text_column("status"),
    optional_text_column("language"),
    integer_column("version"),
    Column("shown_version", Integer, nullable=False, server_default=text("-1")),
    optional_text_column("shown_channel"),
    optional_text_column("shown_ts"),
    optional_text_column("shown_key"),
    utc_column("created_at"),
    utc_column("updated_at"),
    optional_utc_column("finished_at"),
    optional_text_column("landed"),
    Column("draft", DraftDocument, nullable=False),
    PrimaryKeyConstraint("team_id", "id"),
    CheckConstraint("status IN ('open', 'paused', 'aside', 'finished')", name="status"),
    CheckConstraint("landed IN ('up', 'not_yet', 'changed_mind')", name="landed"),
)

# SQLite uses a partial index only if the query repeats its condition word for word.
IS_CURRENT = text("status IN ('open', 'paused')")
IS_PUBLISHED = text("landed = 'up'")

Index(
    "ux_drafts_current",
    drafts.c.team_id,
    drafts.c.user_id,
    unique=True,
    postgresql_where=IS_CURRENT,
    sqlite_where=IS_CURRENT,
)
Index("ix_drafts_person", drafts.c.team_id, drafts.c.user_id)
Index("ix_drafts_up", drafts.c.team_id, postgresql_where=IS_PUBLISHED, sqlite_where=IS_PUBLISHED)

story_versions = Table(
    "versions",
    metadata,
    text_column("team_id"),
    text_column("user_id"),
    text_column("draft_id"),
    integer_column("n"),
    text_column("text"),
    optional_text_column("headline"),
    text_column("source"),
    utc_column("at", key="created_at"),
    PrimaryKeyConstraint("team_id", "draft_id", "n"),
    CheckConstraint("source IN ('composed', 'edited', 'pasted', 'message')", name="source"),
    draft_foreign_key(),
)

card_assignments = Table(
    "deals",
    metadata,
    text_column("team_id"),
    text_column("draft_id"),
    optional_text_column("segment"),
    integer_column("n"),
    integer_column("row"),
    Column("seed", BigInteger, nullable=False),
    utc_column("at", key="assigned_at"),
    PrimaryKeyConstraint("team_id", "draft_id"),
    draft_foreign_key(),
)

card_exposures = Table(
    "exposures",
    metadata,
    text_column("team_id"),
    text_column("draft_id"),
    text_column("card"),
    text_column("theme"),
    optional_text_column("segment"),
    integer_column("page"),
    integer_column("position"),
    Column("row", Integer),
    utc_column("at", key="shown_at"),
    PrimaryKeyConstraint("team_id", "draft_id", "card", "page"),
    draft_foreign_key(),
)

card_choices = Table(
    "choices",
    metadata,
    text_column("team_id"),
    text_column("draft_id"),
    text_column("card"),
    text_column("theme"),
    optional_text_column("segment"),
    text_column("outcome"),
    Column("coverage", Float, nullable=False),
    Column("own_share", Float, nullable=False),
    utc_column("at", key="recorded_at"),
    PrimaryKeyConstraint("team_id", "draft_id", "card"),
    draft_foreign_key(),
)

consents = Table(
    "consents",
    metadata,
    id_column(),
    text_column("team_id"),
    text_column("user_id"),
    text_column("use"),
    bool_column("given"),
    text_column("wording"),
    text_column("locale"),
    optional_text_column("draft_id"),
    utc_column("at", key="answered_at"),
    PrimaryKeyConstraint("id"),
)
Index("ix_consents_person", consents.c.team_id, consents.c.user_id)

# The bot's direct messages; rows outlive the draft, so that messages with people's words can be found.
bot_messages = Table(
    "said",
    metadata,
    text_column("team_id"),
    text_column("channel"),
    text_column("ts"),
    text_column("user_id"),
    optional_text_column("draft_id"),
    text_column("question"),
    bool_column("carries_words"),
    utc_column("at", key="sent_at"),
    PrimaryKeyConstraint("team_id", "channel", "ts"),
)
Index("ix_said_person", bot_messages.c.team_id, bot_messages.c.user_id)

story_destinations = Table(
    "takings",
    metadata,
    text_column("team_id"),
    text_column("draft_id"),
    text_column("place"),
    text_column("user_id"),
    utc_column("at", key="taken_at"),
    PrimaryKeyConstraint("team_id", "draft_id", "place"),
    draft_foreign_key(),
)

counters = Table(
    "counters",
    metadata,
    text_column("team_id"),
    text_column("name"),
    integer_column("n"),
    PrimaryKeyConstraint("team_id", "name"),
)

# One row per processed event; without a row id there's one tree to write instead of two.
processed_events = Table(
    "receipts",
    metadata,
    text_column("team_id"),
    text_column("event_id"),
    utc_column("at", key="processed_at"),
    PrimaryKeyConstraint("team_id", "event_id"),
    sqlite_with_rowid=False,
)

# All that remains of an erased person: a keyed hash, the time, whether they had said stop, and whether they were
# erased for leaving and never asked for it themselves.
tombstones = Table(
    "tombstones",
    metadata,
    text_column("team_id"),
    Column("person_hash", LargeBinary, nullable=False),
    utc_column("at", key="erased_at"),
    bool_column("stopped"),
    bool_column("after_leaving", server_default=false()),
    PrimaryKeyConstraint("team_id", "person_hash"),
)

# Messages that must still be deleted in Slack after an erasure; a row is deleted together with its message.
# If Slack refuses, the row holds the error and the time of the next attempt.
pending_deletions = Table(
    "sweeps",
    metadata,
    text_column("team_id"),
    text_column("channel"),
    text_column("ts"),
    utc_column("at", key="queued_at"),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    optional_text_column("problem"),
    optional_utc_column("again_at"),
    PrimaryKeyConstraint("team_id", "channel", "ts"),
)

# Notices about a draft are found by the draft's id, so they must be deleted before it.
outbox.add_is_dependent_on(drafts)
