"""Rows and nouns: a dataclass names its columns, and each row becomes one of them by position."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, CursorResult, Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Noun = TypeVar("Noun")


def columns_of(noun: type[DataclassInstance], table: Table) -> list[ColumnElement[Any]]:
    """The columns of the table in the order of the noun's fields."""
    return [table.c[field.name] for field in fields(noun)]


def values_of(noun: DataclassInstance) -> dict[str, Any]:
    """What the noun puts into the columns."""
    return {field.name: getattr(noun, field.name) for field in fields(noun)}


def one_or_none(noun: Callable[..., Noun], result: CursorResult[Any]) -> Noun | None:
    """The noun in the one row, or None when there is no row."""
    row = result.one_or_none()
    return None if row is None else noun(*row)


def all_of(noun: Callable[..., Noun], result: CursorResult[Any]) -> tuple[Noun, ...]:
    """The nouns in the rows, in the order of the rows."""
    return tuple(noun(*row) for row in result)


async def each_of(noun: Callable[..., Noun], result: CursorResult[Any]) -> tuple[Noun, ...]:
    """The same for thousands of rows: the nouns are made in a thread, so that the event loop goes on meanwhile."""
    return await asyncio.to_thread(all_of, noun, result)
