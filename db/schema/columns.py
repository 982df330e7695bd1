"""What every table is made of: columns by what they hold, and the one register of all tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Text,
)

from db.schema.types import UTCDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(constraint_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)

PERSON_REFERENCE = "mention"
"""Marks a column that names a person in a row that is not theirs.

It stays when they have everything deleted, and is emptied when what is kept of them goes because they left.
"""
COMPANY_RECORD = {"company_record": True}
"""Marks a table about people that is the company's own: it stays when one of them has everything deleted."""


def text_column(name: str, *, key: str | None = None) -> Column[str]:
    """Text that is always there."""
    return Column(name, Text, nullable=False, key=key)


def optional_text_column(name: str) -> Column[str | None]:
    """Text that may be missing."""
    return Column(name, Text)


def person_reference(name: str, *, key: str | None = None) -> Column[str | None]:
    """The id of a person whom the row speaks of, without being theirs."""
    return Column(name, Text, key=key, info={PERSON_REFERENCE: True})


def integer_column(name: str) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=False)


def id_column() -> Column[int]:
    """A number of its own for each row, counting up."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), nullable=False)


def bool_column(name: str, **options: Any) -> Column[bool]:
    """Yes or no."""
    return Column(name, Boolean, nullable=False, **options)


def utc_column(name: str, *, key: str | None = None) -> Column[object]:
    """A moment, in UTC."""
    return Column(name, UTCDateTime, nullable=False, key=key)


def optional_utc_column(name: str, *, key: str | None = None) -> Column[object]:
    """A moment that may not have come."""
    return Column(name, UTCDateTime, key=key)


def optional_date_column(name: str) -> Column[object]:
    """A date that may not be known."""
    return Column(name, Date)


def draft_foreign_key() -> ForeignKeyConstraint:
    """A row that belongs to a draft; erasure takes it away by name, nothing cascades."""
    return ForeignKeyConstraint(["team_id", "draft_id"], ["drafts.team_id", "drafts.id"])
