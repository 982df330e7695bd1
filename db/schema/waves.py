"""The tables of invitations: the waves, and who is asked for, left out and invited by name."""

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
    flag,
    mention,
    metadata,
    moment,
    moment_or_none,
    number,
    serial,
    words,
    words_or_none,
)

waves = Table(
    "waves",
    metadata,
    words("team_id"),
    words("id"),
    words("name"),
    number("version"),
    words("segments"),
    words("teams"),
    flag("executives"),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    words("greeting"),
    words_or_none("channel"),
    mention("asked_by"),
    moment(),
    moment_or_none("started_at"),
    mention("greeted_by"),
    PrimaryKeyConstraint("team_id", "id"),
)

# Everybody the owner named, and, once a wave has started, everybody invited, in the segment of that day.
# The list is the company's: it doesn't change when somebody on it has everything deleted, nor when somebody is
# taken off, which is noted beside their name. A person is counted in the first wave that listed them.
wave_people = Table(
    "wave_people",
    metadata,
    serial(),
    words("team_id"),
    words("wave_id"),
    mention("member"),
    words("part"),
    words_or_none("segment"),
    moment_or_none("off_at"),
    flag("is_counted", server_default=true()),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("team_id", "wave_id", "member", name="member"),
    CheckConstraint("part IN ('chosen', 'chosen_out', 'invited')", name="part"),
    ForeignKeyConstraint(["team_id", "wave_id"], ["waves.team_id", "waves.id"]),
)

Index("ix_wave_people_member", wave_people.c.team_id, wave_people.c.member)

# What somebody did with their invitation. It is theirs alone, and goes with them.
wave_answers = Table(
    "wave_answers",
    metadata,
    words("team_id"),
    words("user_id"),
    words("wave_id"),
    words("answer"),
    moment(),
    PrimaryKeyConstraint("team_id", "user_id", "wave_id"),
    CheckConstraint("answer IN ('begun', 'declined', 'later')", name="answer"),
    ForeignKeyConstraint(["team_id", "wave_id"], ["waves.team_id", "waves.id"]),
)

# The figures of waves that owners may read, as they were last published, by segment: '*' is everybody, '' are people
# without one. They name nobody, and no erasure changes them.
published_figures = Table(
    "published_figures",
    metadata,
    words("team_id"),
    words("wave_id"),
    words("segment"),
    words("step"),
    number("count"),
    number("out_of"),
    words("form"),
    PrimaryKeyConstraint("team_id", "wave_id", "segment", "step"),
    CheckConstraint("step IN ('started', 'finished')", name="step"),
    CheckConstraint("form IN ('exact', 'all', 'step')", name="form"),
)
