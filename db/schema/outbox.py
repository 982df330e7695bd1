"""The tables of proactive messages: the outbox, its attempts, rate limits, changes and refusals."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from db.schema.columns import (
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

# One row per business fact. It holds ids and no text: that is composed when the notice is sent.
# `not_before` and `not_after` are calendar time; `lease_until` is the database's time. `due_on` is the local date
# before which the notice must not be sent, wherever the recipient is by then.
outbox = Table(
    "outbox",
    metadata,
    id_column(),
    text_column("team_id"),
    text_column("key"),
    text_column("kind"),
    text_column("recipient"),
    optional_text_column("user_id"),
    text_column("occurrence"),
    optional_text_column("subject"),
    text_column("policy"),
    text_column("state"),
    utc_column("not_before"),
    utc_column("not_after"),
    utc_column("planned_at"),
    integer_column("attempts"),
    integer_column("misses"),
    optional_utc_column("attempt_started_at"),
    optional_utc_column("lease_until"),
    optional_text_column("token"),
    optional_text_column("worker"),
    optional_text_column("channel"),
    optional_text_column("ts"),
    optional_text_column("reason"),
    utc_column("changed_at"),
    optional_date_column("due_on"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("key", name="key"),
    UniqueConstraint("team_id", "kind", "recipient", "occurrence", name="fact"),
    CheckConstraint("policy IN ('once', 'resend')", name="policy"),
    CheckConstraint(
        "state IN ('pending', 'sending', 'unknown', 'sent', 'suppressed', 'expired', 'failed')", name="state"
    ),
)

# SQLite uses a partial index only if the query repeats its condition word for word.
IS_PENDING = text("outbox.state = 'pending'")
IS_IN_FLIGHT = text("outbox.state IN ('sending', 'unknown')")
IS_WORKSPACE_OFF = text("outbox.state = 'pending' AND outbox.reason = 'workspace_off'")
HAS_ENDED = text("outbox.state IN ('sent', 'suppressed', 'expired', 'failed', 'unknown')")

Index(
    "ix_outbox_due",
    outbox.c.team_id,
    outbox.c.not_before,
    outbox.c.id,
    postgresql_where=text("state = 'pending'"),
    sqlite_where=text("state = 'pending'"),
)
Index(
    "ix_outbox_in_flight",
    outbox.c.team_id,
    outbox.c.lease_until,
    postgresql_where=text("state IN ('sending', 'unknown')"),
    sqlite_where=text("state IN ('sending', 'unknown')"),
)
Index("ix_outbox_person", outbox.c.team_id, outbox.c.user_id)
Index(
    "ix_outbox_off",
    outbox.c.team_id,
    postgresql_where=text("state = 'pending' AND reason = 'workspace_off'"),
    sqlite_where=text("state = 'pending' AND reason = 'workspace_off'"),
)
# Finds recently ended notices by the time they ended.
Index(
    "ix_outbox_over",
    outbox.c.team_id,
    outbox.c.changed_at,
    outbox.c.state,
    outbox.c.kind,
    outbox.c.reason,
    outbox.c.user_id,
    postgresql_where=text("state IN ('sent', 'suppressed', 'expired', 'failed', 'unknown')"),
    sqlite_where=text("state IN ('sent', 'suppressed', 'expired', 'failed', 'unknown')"),
)

# Every attempt, kept permanently; its outcome is written once.
attempts = Table(
    "attempts",
    metadata,
    text_column("team_id"),
    Column("outbox_id", BigInteger, nullable=False),
    integer_column("n"),
    utc_column("started_at"),
    optional_text_column("outcome"),
    Column("http", Integer),
    optional_text_column("error"),
    PrimaryKeyConstraint("outbox_id", "n"),
    ForeignKeyConstraint(["outbox_id"], ["outbox.id"]),
)

# When the next message may go to a person or channel; an empty recipient means the whole workspace.
rate_limits = Table(
    "pace",
    metadata,
    text_column("team_id"),
    text_column("recipient"),
    utc_column("next_ok_at"),
    PrimaryKeyConstraint("team_id", "recipient"),
)

# Changes that somebody made to another person, kept before and after that person is notified: `outbox_id` is the
# notice that reports the change. `before` and `after` are names and ids, never anybody's words.
person_changes = Table(
    "changes",
    metadata,
    id_column(),
    text_column("team_id"),
    text_column("user_id"),
    text_column("deed", key="kind"),
    text_column("before"),
    text_column("after"),
    person_reference("who", key="changed_by"),
    utc_column("at", key="changed_at"),
    Column("outbox_id", BigInteger),
    PrimaryKeyConstraint("id"),
    CheckConstraint("deed IN ('role', 'segment', 'team', 'wave')", name="deed"),
    ForeignKeyConstraint(["outbox_id"], ["outbox.id"]),
)
Index("ix_changes_person", person_changes.c.team_id, person_changes.c.user_id)

# Reasons for which Slack refused messages to five people or more, and since when; erasing one of them changes nothing.
refused_reasons = Table(
    "refused_reasons",
    metadata,
    text_column("team_id"),
    text_column("reason"),
    utc_column("at", key="noted_at"),
    PrimaryKeyConstraint("team_id", "reason"),
)
