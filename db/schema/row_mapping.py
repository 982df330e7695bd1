"""Rows and nouns: a dataclass names its columns, and each row becomes one of them by position."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, CursorResult, Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ModelT = TypeVar("ModelT")


def columns_of(model: type[DataclassInstance], table: Table) -> list[ColumnElement[Any]]:
    """The columns of the table in the order of the noun's fields."""
    return [table.c[field.name] for field in fields(model)]


def values_of(instance: DataclassInstance) -> dict[str, Any]:
    """What the noun puts into the columns."""
    return {field.name: getattr(instance, field.name) for field in fields(instance)}


def map_one_or_none(model: Callable[..., ModelT], result: CursorResult[Any]) -> ModelT | None:
    """The noun in the one row, or None when there is no row."""
    row = result.one_or_none()
    return None if row is None else model(*row)


def map_all(model: Callable[..., ModelT], result: CursorResult[Any]) -> tuple[ModelT, ...]:
    """The nouns in the rows, in the order of the rows."""
    return tuple(model(*row) for row in result)


async def map_all_in_thread(model: Callable[..., ModelT], result: CursorResult[Any]) -> tuple[ModelT, ...]:
    """The same for thousands of rows: the nouns are made in a thread, so that the event loop goes on meanwhile."""
    return await asyncio.to_thread(map_all, model, result)
