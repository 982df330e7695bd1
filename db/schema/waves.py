"""The tables of invitations: waves, their members, answers and published figures."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    true,
)

from db.schema.columns import (
    bool_column,
    id_column,
    integer_column,
    metadata,
    optional_text_column,
    optional_utc_column,
    person_reference,
    text_column,
    utc_column,
)

waves = Table(
    "waves",
    metadata,
    text_column("team_id"),
    text_column("id"),
    text_column("name"),
    integer_column("version"),
    text_column("segments"),
    text_column("teams"),
    bool_column("executives"),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    text_column("greeting"),
    optional_text_column("channel"),
    person_reference("asked_by"),
    utc_column("at", key="created_at"),
    optional_utc_column("started_at"),
    person_reference("greeted_by"),
    PrimaryKeyConstraint("team_id", "id"),
)

# Everybody the owner named and, once a wave has started, everybody invited, with their segment on that day.
# The list is the company's: it doesn't change when a member has everything erased, nor when a member is removed,
# which is noted in their row. A person is counted in the first wave that listed them.
wave_people = Table(
    "wave_people",
    metadata,
    id_column(),
    text_column("team_id"),
    text_column("wave_id"),
    person_reference("member"),
    text_column("part"),
    optional_text_column("segment"),
    optional_utc_column("off_at"),
    bool_column("is_counted", server_default=true()),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("team_id", "wave_id", "member", name="member"),
    CheckConstraint("part IN ('chosen', 'chosen_out', 'invited')", name="part"),
    ForeignKeyConstraint(["team_id", "wave_id"], ["waves.team_id", "waves.id"]),
)

Index("ix_wave_people_member", wave_people.c.team_id, wave_people.c.member)

# People's answers to their invitations. The rows are personal data and are erased with the person.
wave_answers = Table(
    "wave_answers",
    metadata,
    text_column("team_id"),
    text_column("user_id"),
    text_column("wave_id"),
    text_column("answer"),
    utc_column("at", key="answered_at"),
    PrimaryKeyConstraint("team_id", "user_id", "wave_id"),
    CheckConstraint("answer IN ('begun', 'declined', 'later')", name="answer"),
    ForeignKeyConstraint(["team_id", "wave_id"], ["waves.team_id", "waves.id"]),
)

# The figures of waves that owners may read, as last published, by segment: '*' is everybody, '' is people without
# a segment. They name nobody, and erasures don't change them.
published_figures = Table(
    "published_figures",
    metadata,
    text_column("team_id"),
    text_column("wave_id"),
    text_column("segment"),
    text_column("step"),
    integer_column("count"),
    integer_column("out_of"),
    text_column("form"),
    PrimaryKeyConstraint("team_id", "wave_id", "segment", "step"),
    CheckConstraint("step IN ('started', 'finished')", name="step"),
    CheckConstraint("form IN ('exact', 'all', 'step')", name="form"),
)
