"""Column builders by content, and the metadata that registers every table.

A column's `key` is its name in Python where the stored name says too little.
"""

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
"""Marks a column that names a person in a row that belongs to somebody else.

It stays when they have everything erased, and is set to NULL when they're erased for leaving.
"""
COMPANY_RECORD = {"company_record": True}
"""Marks a table about people that is the company's record: rows stay when a person has everything erased."""


def text_column(name: str, *, key: str | None = None) -> Column[str]:
    """Return a text column that is always set."""
    return Column(name, Text, nullable=False, key=key)


def optional_text_column(name: str) -> Column[str | None]:
    """Return a text column that may be NULL."""
    return Column(name, Text)


def person_reference(name: str, *, key: str | None = None) -> Column[str | None]:
    """Return a column for the id of a person who is mentioned in the row but doesn't own it."""
    return Column(name, Text, key=key, info={PERSON_REFERENCE: True})


def integer_column(name: str) -> Column[int]:
    """Return an integer column."""
    return Column(name, Integer, nullable=False)


def id_column() -> Column[int]:
    """Return a column for an autoincremented row id."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), nullable=False)


def bool_column(name: str, **options: Any) -> Column[bool]:
    """Return a boolean column."""
    return Column(name, Boolean, nullable=False, **options)


def utc_column(name: str, *, key: str | None = None) -> Column[object]:
    """Return a UTC timestamp column."""
    return Column(name, UTCDateTime, nullable=False, key=key)


def optional_utc_column(name: str, *, key: str | None = None) -> Column[object]:
    """Return a UTC timestamp column that may be NULL."""
    return Column(name, UTCDateTime, key=key)


def optional_date_column(name: str) -> Column[object]:
    """Return a date column that may be NULL."""
    return Column(name, Date)


def draft_foreign_key() -> ForeignKeyConstraint:
    """Return the foreign key of a row that belongs to a draft; erasure deletes it explicitly, nothing cascades."""
    return ForeignKeyConstraint(["team_id", "draft_id"], ["drafts.team_id", "drafts.id"])
