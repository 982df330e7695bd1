"""Every table: `team_id` on each, each constraint with a name, moments in UTC, no cascade on words.

Those of the programme, the waves and the outbox stand in files of their own; importing them puts them in here.
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
    day_or_none,
    flag,
    moment,
    moment_or_none,
    number,
    of_draft,
    serial,
    words,
    words_or_none,
)
from db.schema.columns import metadata as metadata
from db.schema.outbox import outbox
from db.schema.types import DraftDocument

workspaces = Table(
    "workspaces",
    metadata,
    words("team_id"),
    words("name"),
    words("bot_user_id"),
    words("bot_id"),
    Column("erasure_key", LargeBinary, nullable=False),
    moment("installed_at"),
    moment_or_none("erased_at"),
    moment_or_none("log_owed_since"),
    PrimaryKeyConstraint("team_id"),
)

people = Table(
    "people",
    metadata,
    words("team_id"),
    words("user_id"),
    words("name"),
    words("real_name"),
    words_or_none("first_name"),
    words_or_none("locale"),
    words_or_none("locale_choice"),
    words_or_none("tz"),
    flag("is_guest"),
    flag("is_stranger"),
    flag("is_bot"),
    flag("deleted"),
    words_or_none("segment"),
    moment_or_none("stopped_at"),
    moment_or_none("welcome_back_at"),
    words_or_none("dm_channel"),
    moment("fetched_at"),
    flag("is_admin", server_default=false()),
    moment_or_none("left_at"),
    moment_or_none("fewer_at"),
    day_or_none("paused_until"),
    # A wish that is taken back leaves it: whoever has been heard from once has been heard from.
    moment_or_none("told_at"),
    # When they first wrote, since they last had everything deleted.
    moment_or_none("met_at"),
    # Whether Slack's list of everybody names them, and not only a conversation with the bot.
    flag("in_directory", server_default=false()),
    PrimaryKeyConstraint("team_id", "user_id"),
)

# The document stands last: SQLite then finds the other columns without reading the pages of the words.
drafts = Table(
    "drafts",
    metadata,
    words("team_id"),
    words("id"),
    words("user_id"),
    words("status"),
    words_or_none("language"),
    number("version"),
    Column("shown_version", Integer, nullable=False, server_default=text("-1")),
    words_or_none("shown_channel"),
    words_or_none("shown_ts"),
    words_or_none("shown_key"),
    moment("created_at"),
    moment("updated_at"),
    moment_or_none("finished_at"),
    words_or_none("landed"),
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
    words("team_id"),
    words("user_id"),
    words("draft_id"),
    number("n"),
    words("text"),
    words_or_none("headline"),
    words("source"),
    moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "n"),
    CheckConstraint("source IN ('composed', 'edited', 'pasted', 'message')", name="source"),
    of_draft(),
)

deals = Table(
    "deals",
    metadata,
    words("team_id"),
    words("draft_id"),
    words_or_none("segment"),
    number("n"),
    number("row"),
    Column("seed", BigInteger, nullable=False),
    moment(),
    PrimaryKeyConstraint("team_id", "draft_id"),
    of_draft(),
)

exposures = Table(
    "exposures",
    metadata,
    words("team_id"),
    words("draft_id"),
    words("card"),
    words("theme"),
    words_or_none("segment"),
    number("page"),
    number("position"),
    Column("row", Integer),
    moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "card", "page"),
    of_draft(),
)

choices = Table(
    "choices",
    metadata,
    words("team_id"),
    words("draft_id"),
    words("card"),
    words("theme"),
    words_or_none("segment"),
    words("outcome"),
    Column("coverage", Float, nullable=False),
    Column("own_share", Float, nullable=False),
    moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "card"),
    of_draft(),
)

consents = Table(
    "consents",
    metadata,
    serial(),
    words("team_id"),
    words("user_id"),
    words("use"),
    flag("given"),
    words("wording"),
    words("locale"),
    words_or_none("draft_id"),
    moment(),
    PrimaryKeyConstraint("id"),
)
Index("ix_consents_person", consents.c.team_id, consents.c.user_id)

# What the bot said in a direct message; it outlives the draft, so that the words in it can be found.
said = Table(
    "said",
    metadata,
    words("team_id"),
    words("channel"),
    words("ts"),
    words("user_id"),
    words_or_none("draft_id"),
    words("question"),
    flag("carries_words"),
    moment(),
    PrimaryKeyConstraint("team_id", "channel", "ts"),
)
Index("ix_said_person", said.c.team_id, said.c.user_id)

takings = Table(
    "takings",
    metadata,
    words("team_id"),
    words("draft_id"),
    words("place"),
    words("user_id"),
    moment(),
    PrimaryKeyConstraint("team_id", "draft_id", "place"),
    of_draft(),
)

counters = Table(
    "counters",
    metadata,
    words("team_id"),
    words("name"),
    number("n"),
    PrimaryKeyConstraint("team_id", "name"),
)

# One entry for each event that had its effect; without a row id there is one tree to write, not two.
receipts = Table(
    "receipts",
    metadata,
    words("team_id"),
    words("event_id"),
    moment(),
    PrimaryKeyConstraint("team_id", "event_id"),
    sqlite_with_rowid=False,
)

# All that stays of somebody who was erased: a keyed hash, the moment, whether they had said stop, and whether it
# came of their leaving, and they never asked for it themselves.
tombstones = Table(
    "tombstones",
    metadata,
    words("team_id"),
    Column("person_hash", LargeBinary, nullable=False),
    moment(),
    flag("stopped"),
    flag("after_leaving", server_default=false()),
    PrimaryKeyConstraint("team_id", "person_hash"),
)

# Messages that are still to be deleted in Slack after an erasure; each row goes when its message is gone.
# Slack's refusal of one stands in its row, with when it is tried again.
sweeps = Table(
    "sweeps",
    metadata,
    words("team_id"),
    words("channel"),
    words("ts"),
    moment(),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    words_or_none("problem"),
    moment_or_none("again_at"),
    PrimaryKeyConstraint("team_id", "channel", "ts"),
)

# What is to be said of a draft is found by the draft's id, so it has to go before the draft goes.
outbox.add_is_dependent_on(drafts)
