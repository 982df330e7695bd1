"""Counting what a gesture asks of the database: its transactions, reading and writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool


@dataclass
class TransactionCounts:
    """The transactions started within a block."""

    reads: int = 0
    writes: int = 0


@contextmanager
def count_transactions() -> Iterator[TransactionCounts]:
    """Count the transactions on SQLite, where the engine with a pool of one connection is the writer."""
    counts = TransactionCounts()

    def note_begin(connection: Connection) -> None:
        pool = connection.engine.pool
        assert isinstance(pool, QueuePool)
        if pool.size() == 1:
            counts.writes += 1
        else:
            counts.reads += 1

    event.listen(Engine, "begin", note_begin)
    try:
        yield counts
    finally:
        event.remove(Engine, "begin", note_begin)
