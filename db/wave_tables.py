"""The tables of invitations: the waves, and who is asked for, left out and invited by name."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from db.columns import flag, mention, metadata, moment, moment_or_none, number, serial, words, words_or_none

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
    PrimaryKeyConstraint("team_id", "id"),
)

# Whom the owner named, and, once a wave has started, everybody on its roll. The segment is that of the day.
# An erasure takes the name out and leaves the row: how many were invited does not change afterwards, nor when
# somebody is taken off, which is noted beside their name.
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
    PrimaryKeyConstraint("id"),
    UniqueConstraint("team_id", "wave_id", "member", name="member"),
    CheckConstraint("part IN ('chosen', 'chosen_out', 'invited')", name="part"),
    ForeignKeyConstraint(["team_id", "wave_id"], ["waves.team_id", "waves.id"]),
)

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
