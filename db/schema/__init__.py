"""Tables, column types and migrations; importing any of them defines every table for erasure and export to walk."""

from db.schema import core, outbox, programme, waves

__all__ = ["core", "outbox", "programme", "waves"]
