"""Expected errors of the database layer, one sentence each."""

from __future__ import annotations


class StoreError(Exception):
    """The database could not do what it was asked to do."""


class StaleDraftError(StoreError):
    """The draft has changed since it was loaded, so nothing was saved."""


class CurrentDraftExistsError(StoreError):
    """The person already has a current draft; only one is allowed."""


class UnknownWorkspaceError(StoreError):
    """The workspace is not in the database, so nothing in it can be erased or hashed."""


class UnstorableTextError(StoreError):
    """The text contains a NUL or a lone surrogate; incoming text is normalised before it gets here."""


class InvalidDatabaseUrlError(StoreError):
    """The database URL is of a kind that this program doesn't support."""


class DatabaseClosedError(StoreError):
    """The database is closed because the process is shutting down; earlier commits are safe."""


class DatabaseInUseError(StoreError):
    """Another process is using the database; a SQLite file serves exactly one bot."""


class NewerSchemaError(StoreError):
    """The database was made by a newer version of this program and must not be downgraded by an older one."""


class MigrationFailedError(StoreError):
    """A migration would have lost rows or left dangling references, so it was rolled back."""
