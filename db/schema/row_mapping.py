"""The mapping of rows to dataclasses: fields name the columns, and each row is mapped by position."""

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
    """Return the table's columns in the order of the model's fields."""
    return [table.c[field.name] for field in fields(model)]


def values_of(instance: DataclassInstance) -> dict[str, Any]:
    """Return the instance's values by column key."""
    return {field.name: getattr(instance, field.name) for field in fields(instance)}


def map_one_or_none(model: Callable[..., ModelT], result: CursorResult[Any]) -> ModelT | None:
    """Return the instance in the only row, or None if there is no row."""
    row = result.one_or_none()
    return None if row is None else model(*row)


def map_all(model: Callable[..., ModelT], result: CursorResult[Any]) -> tuple[ModelT, ...]:
    """Return the instances in the order of the rows."""
    return tuple(model(*row) for row in result)


async def map_all_in_thread(model: Callable[..., ModelT], result: CursorResult[Any]) -> tuple[ModelT, ...]:
    """Return the instances of thousands of rows, mapped in a thread so that the event loop keeps running."""
    return await asyncio.to_thread(map_all, model, result)
