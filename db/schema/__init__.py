"""Tables, column types and migrations. Importing any of it defines every table: erasure and export walk them all."""

from db.schema import core, outbox, programme, waves

__all__ = ["core", "outbox", "programme", "waves"]
