"""The tables of the programme: settings, who runs it, what was changed, the list of its people, owners' files."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, PrimaryKeyConstraint, Table, text

from db.schema.columns import (
    COMPANY_RECORD,
    id_column,
    integer_column,
    metadata,
    optional_date_column,
    optional_text_column,
    optional_utc_column,
    person_reference,
    text_column,
    utc_column,
)

programmes = Table(
    "programmes",
    metadata,
    text_column("team_id"),
    text_column("company"),
    text_column("aliases"),
    optional_text_column("tech_en"),
    optional_text_column("tech_ar"),
    optional_text_column("gtm_en"),
    optional_text_column("gtm_ar"),
    optional_text_column("stories_channel"),
    optional_text_column("asks_channel"),
    text_column("week"),
    text_column("opens"),
    text_column("closes"),
    optional_text_column("country"),
    text_column("tz"),
    text_column("language"),
    utc_column("at", key="created_at"),
    optional_utc_column("halted_at"),
    optional_text_column("halted_for"),
    optional_utc_column("resumed_at"),
    # When figures about people were last worked out, and stops judged.
    optional_utc_column("figures_at"),
    PrimaryKeyConstraint("team_id"),
    CheckConstraint("language IN ('en', 'ar')", name="language"),
)

roles = Table(
    "roles",
    metadata,
    text_column("team_id"),
    text_column("user_id"),
    text_column("role"),
    utc_column("at", key="granted_at"),
    PrimaryKeyConstraint("team_id", "user_id", "role"),
    CheckConstraint("role IN ('owner', 'sponsor', 'people_partner', 'recruiter', 'executive')", name="role"),
    info=COMPANY_RECORD,
)

# Only ever added to. It keeps the ids of people who had everything deleted: who did what is the company's record.
audit = Table(
    "audit",
    metadata,
    id_column(),
    text_column("team_id"),
    person_reference("who", key="actor"),
    text_column("deed", key="action"),
    person_reference("whom", key="target"),
    text_column("about"),
    utc_column("at", key="created_at"),
    PrimaryKeyConstraint("id"),
)
Index("ix_audit_team", audit.c.team_id, audit.c.id)

# What the people list says of somebody, beside what Slack says. The address by which they were found is not here.
employee_records = Table(
    "listings",
    metadata,
    text_column("team_id"),
    text_column("user_id"),
    optional_text_column("works_in"),
    optional_date_column("starts_on"),
    optional_text_column("country"),
    optional_text_column("week"),
    utc_column("at", key="recorded_at"),
    optional_text_column("segment"),
    PrimaryKeyConstraint("team_id", "user_id"),
    info=COMPANY_RECORD,
)

# The reading of everybody from Slack: the latest pass, how far it is, and what became of it.
directory_syncs = Table(
    "passes",
    metadata,
    text_column("team_id"),
    utc_column("begun_at", key="started_at"),
    utc_column("touched_at"),
    optional_utc_column("done_at"),
    integer_column("people"),
    optional_text_column("problem"),
    PrimaryKeyConstraint("team_id"),
)

# A people list that an owner gave: the file stays in Slack, here is only how far it has been read.
people_list_uploads = Table(
    "lists",
    metadata,
    text_column("team_id"),
    text_column("id"),
    text_column("user_id"),
    text_column("channel"),
    integer_column("line"),
    integer_column("taken"),
    text_column("problems"),
    utc_column("at", key="uploaded_at"),
    optional_utc_column("done_at"),
    PrimaryKeyConstraint("team_id", "id"),
    info=COMPANY_RECORD,
)

# The bot's own files that name people, and when each is deleted in Slack. A row names nobody, not even the owner
# it was for: it is deleted whatever becomes of them. It goes when the file is gone.
bot_files = Table(
    "bot_files",
    metadata,
    text_column("team_id"),
    text_column("id"),
    utc_column("at", key="created_at"),
    utc_column("delete_at"),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    optional_text_column("problem"),
    optional_utc_column("again_at"),
    PrimaryKeyConstraint("team_id", "id"),
)
