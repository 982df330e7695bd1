"""The tables of the programme: settings, roles, the audit, people lists, directory syncs and owners' files."""

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
    # When figures about people were last computed and opt-outs last reviewed.
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

# Append-only. It keeps the ids of people who had everything erased, because it's the company's record.
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

# People-list entries, in addition to Slack profiles. The email address that matched a person isn't stored.
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

# The latest sync of the directory from Slack, its progress and its result.
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

# People lists that owners uploaded: the file stays in Slack, and only the progress of reading it is stored.
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

# The bot's files that name people, and when each must be deleted in Slack. A row names nobody, not even the owner
# who got the file, so that the file is deleted whatever happens to them. The row is deleted with the file.
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
