"""Column types of our own: a moment that keeps its zone, and a draft as one document."""

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

# The shape of the stored document. It grows when a field changes its meaning; fields that are
# new (a default stands in for them) or gone (they are passed over) need no new number.
DRAFT_SCHEMA_VERSION = 1

_DRAFT_ADAPTER = TypeAdapter(Draft)
# One change was all that could wait for a decision once. Quotes inside of words are escaped, so this is a field.
_LEGACY_CHANGE_FIELD = re.compile(r'[{,]\s*"change":\s*\{')
_SCHEMA_PREFIX = f'{{"schema":{DRAFT_SCHEMA_VERSION},'


def dump_draft(draft: Draft) -> str:
    """The draft as the JSON document that is stored."""
    try:
        document = _DRAFT_ADAPTER.dump_json(draft).decode()
    except PydanticSerializationError as error:
        raise UnstorableTextError("The draft holds a lone surrogate, which no database takes.") from error
    if _contains_nul(document):
        raise UnstorableTextError("The draft holds a NUL character.")
    return _SCHEMA_PREFIX + document[1:]


def load_draft(document: str) -> Draft:
    """The draft that was stored as this document; fields that this program does not know are passed over."""
    if _LEGACY_CHANGE_FIELD.search(document):
        older = json.loads(document)
        return _DRAFT_ADAPTER.validate_json(json.dumps({**older, "changes": [older["change"]]}))
    return _DRAFT_ADAPTER.validate_json(document)


def _contains_nul(document: str) -> bool:
    """Whether an escape stands for a NUL; a typed backslash before u0000 is written as two."""
    return "\\u0000" in document.replace("\\\\", "")


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware in, aware and in UTC out, on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as the driver takes it: SQLite has no zones, there it is kept as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; moments are stored aware, in UTC.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, always aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class DraftDocument(TypeDecorator[Draft]):
    """A whole draft in one column, so that a click loads and saves it with one statement each.

    It goes in as the document that `dump_draft` made: whoever saves makes it, and hears a refusal
    as an error of ours and not wrapped in one of SQLAlchemy's.
    """

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Draft | None:
        """The draft that the document holds."""
        return None if value is None else load_draft(value)
