"""The tables of the programme: settings, who runs it, what was changed, the list of its people, owners' files."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, PrimaryKeyConstraint, Table, text

from db.schema.columns import (
    COMPANY_RECORD,
    day_or_none,
    mention,
    metadata,
    moment,
    moment_or_none,
    number,
    serial,
    words,
    words_or_none,
)

programmes = Table(
    "programmes",
    metadata,
    words("team_id"),
    words("company"),
    words("aliases"),
    words_or_none("tech_en"),
    words_or_none("tech_ar"),
    words_or_none("gtm_en"),
    words_or_none("gtm_ar"),
    words_or_none("stories_channel"),
    words_or_none("asks_channel"),
    words("week"),
    words("opens"),
    words("closes"),
    words_or_none("country"),
    words("tz"),
    words("language"),
    moment(),
    moment_or_none("halted_at"),
    words_or_none("halted_for"),
    moment_or_none("resumed_at"),
    # When figures about people were last worked out, and stops judged.
    moment_or_none("figures_at"),
    PrimaryKeyConstraint("team_id"),
    CheckConstraint("language IN ('en', 'ar')", name="language"),
)

roles = Table(
    "roles",
    metadata,
    words("team_id"),
    words("user_id"),
    words("role"),
    moment(),
    PrimaryKeyConstraint("team_id", "user_id", "role"),
    CheckConstraint("role IN ('owner', 'sponsor', 'people_partner', 'recruiter', 'executive')", name="role"),
    info=COMPANY_RECORD,
)

# Only ever added to. It keeps the ids of people who had everything deleted: who did what is the company's record.
audit = Table(
    "audit",
    metadata,
    serial(),
    words("team_id"),
    mention("who"),
    words("deed"),
    mention("whom"),
    words("about"),
    moment(),
    PrimaryKeyConstraint("id"),
)
Index("ix_audit_team", audit.c.team_id, audit.c.id)

# What the people list says of somebody, beside what Slack says. The address by which they were found is not here.
listings = Table(
    "listings",
    metadata,
    words("team_id"),
    words("user_id"),
    words_or_none("works_in"),
    day_or_none("starts_on"),
    words_or_none("country"),
    words_or_none("week"),
    moment(),
    words_or_none("segment"),
    PrimaryKeyConstraint("team_id", "user_id"),
    info=COMPANY_RECORD,
)

# The reading of everybody from Slack: the latest pass, how far it is, and what became of it.
passes = Table(
    "passes",
    metadata,
    words("team_id"),
    moment("begun_at"),
    moment("touched_at"),
    moment_or_none("done_at"),
    number("people"),
    words_or_none("problem"),
    PrimaryKeyConstraint("team_id"),
)

# A people list that an owner gave: the file stays in Slack, here is only how far it has been read.
lists = Table(
    "lists",
    metadata,
    words("team_id"),
    words("id"),
    words("user_id"),
    words("channel"),
    number("line"),
    number("taken"),
    words("problems"),
    moment(),
    moment_or_none("done_at"),
    PrimaryKeyConstraint("team_id", "id"),
    info=COMPANY_RECORD,
)

# The bot's own files that name people, and when each is deleted in Slack. A row names nobody, not even the owner
# it was for: it is deleted whatever becomes of them. It goes when the file is gone.
bot_files = Table(
    "bot_files",
    metadata,
    words("team_id"),
    words("id"),
    moment(),
    moment("delete_at"),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    words_or_none("problem"),
    moment_or_none("again_at"),
    PrimaryKeyConstraint("team_id", "id"),
)
