"""The tables of everything said unprompted: what is to be said and of which changes, the tries, and the pace."""

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

# One row for each business fact. It holds ids and no words: those are made when it is sent.
# `not_before` and `not_after` are the calendar's; `lease_until` is the database's own clock. `due_on` is the date
# before which it must not come, wherever its person is by then.
outbox = Table(
    "outbox",
    metadata,
    serial(),
    words("team_id"),
    words("key"),
    words("kind"),
    words("recipient"),
    words_or_none("user_id"),
    words("occurrence"),
    words_or_none("subject"),
    words("policy"),
    words("state"),
    moment("not_before"),
    moment("not_after"),
    moment("planned_at"),
    number("attempts"),
    number("misses"),
    moment_or_none("attempt_started_at"),
    moment_or_none("lease_until"),
    words_or_none("token"),
    words_or_none("worker"),
    words_or_none("channel"),
    words_or_none("ts"),
    words_or_none("reason"),
    moment("changed_at"),
    day_or_none("due_on"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("key", name="key"),
    UniqueConstraint("team_id", "kind", "recipient", "occurrence", name="fact"),
    CheckConstraint("policy IN ('once', 'resend')", name="policy"),
    CheckConstraint(
        "state IN ('pending', 'sending', 'unknown', 'sent', 'suppressed', 'expired', 'failed')", name="state"
    ),
)

# SQLite uses a partial index only when the query says the same words, so both say these.
IS_PENDING = text("outbox.state = 'pending'")
IS_IN_FLIGHT = text("outbox.state IN ('sending', 'unknown')")
IS_OFF = text("outbox.state = 'pending' AND outbox.reason = 'workspace_off'")
IS_OVER = text("outbox.state IN ('sent', 'suppressed', 'expired', 'failed', 'unknown')")

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
# What has ended of late is found by when it did.
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

# Every try, for ever; its outcome is written once.
attempts = Table(
    "attempts",
    metadata,
    words("team_id"),
    Column("outbox_id", BigInteger, nullable=False),
    number("n"),
    moment("started_at"),
    words_or_none("outcome"),
    Column("http", Integer),
    words_or_none("error"),
    PrimaryKeyConstraint("outbox_id", "n"),
    ForeignKeyConstraint(["outbox_id"], ["outbox.id"]),
)

# When the next message may go to a person or channel; the row without a recipient is the whole workspace's.
pace = Table(
    "pace",
    metadata,
    words("team_id"),
    words("recipient"),
    moment("next_ok_at"),
    PrimaryKeyConstraint("team_id", "recipient"),
)

# What somebody else changed about a person, kept until they are told and afterwards: `outbox_id` is the notice
# in which they were, or are being. What it was changed from and to are names and ids, never anybody's words.
changes = Table(
    "changes",
    metadata,
    serial(),
    words("team_id"),
    words("user_id"),
    words("deed"),
    words("before"),
    words("after"),
    mention("who"),
    moment(),
    Column("outbox_id", BigInteger),
    PrimaryKeyConstraint("id"),
    CheckConstraint("deed IN ('role', 'segment', 'team', 'wave')", name="deed"),
    ForeignKeyConstraint(["outbox_id"], ["outbox.id"]),
)
Index("ix_changes_person", changes.c.team_id, changes.c.user_id)

# Why Slack refused something to five people or more, and since when. An erasure of one of them changes nothing here.
refused_reasons = Table(
    "refused_reasons",
    metadata,
    words("team_id"),
    words("reason"),
    moment(),
    PrimaryKeyConstraint("team_id", "reason"),
)
