"""Custom column types: a UTC timestamp and a draft as one JSON document."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError
from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from db.engine.errors import UnstorableTextError
from db.models.drafts import Draft

# The version of the stored document. Increment it when a field changes its meaning; new fields
# (which get their default) and removed fields (which are ignored) need no new version.
DRAFT_SCHEMA_VERSION = 1

_DRAFT_ADAPTER = TypeAdapter(Draft)
# Older documents have at most one pending change. Quotes in text are escaped, so a match is really a field.
_LEGACY_CHANGE_FIELD = re.compile(r'[{,]\s*"change":\s*\{')
_SCHEMA_PREFIX = f'{{"schema":{DRAFT_SCHEMA_VERSION},'


def dump_draft(draft: Draft) -> str:
    """Return the draft as the JSON document that is stored."""
    try:
        document = _DRAFT_ADAPTER.dump_json(draft, by_alias=True).decode()
    except PydanticSerializationError as error:
        raise UnstorableTextError("The draft holds a lone surrogate, which no database takes.") from error
    if _contains_nul(document):
        raise UnstorableTextError("The draft holds a NUL character.")
    return _SCHEMA_PREFIX + document[1:]


def parse_draft_document(document: str) -> Draft:
    """Return the draft stored as this document; unknown fields are ignored."""
    if _LEGACY_CHANGE_FIELD.search(document):
        older = json.loads(document)
        return _DRAFT_ADAPTER.validate_json(json.dumps({**older, "changes": [older["change"]]}))
    return _DRAFT_ADAPTER.validate_json(document)


def _contains_nul(document: str) -> bool:
    """Return whether the document contains an escaped NUL; a typed backslash before u0000 is doubled."""
    return "\\u0000" in document.replace("\\\\", "")


class UTCDateTime(TypeDecorator[datetime]):
    """A timestamp: aware when stored, aware and in UTC when read, on every database; naive ones are rejected."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the timestamp for the driver: SQLite has no time zones, so it stores UTC without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; moments are stored aware, in UTC.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the timestamp, always aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DraftDocument(TypeDecorator[Draft]):
    """A complete draft in one column, so that a click loads and saves it with one statement each.

    The value stored is the document that the caller made with `dump_draft`: that way the caller gets our
    UnstorableTextError, not wrapped in one of SQLAlchemy's errors.
    """

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Draft | None:
        """Return the draft in the document."""
        return None if value is None else parse_draft_document(value)
