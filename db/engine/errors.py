"""What can go wrong in the database layer and is expected: one sentence for each."""

from __future__ import annotations


class StoreError(Exception):
    """The database could not do what was asked."""


class StaleDraftError(StoreError):
    """The draft was changed by somebody else since it was loaded, so nothing was saved."""


class CurrentDraftExistsError(StoreError):
    """The person already has a current draft, and there may be only one."""


class UnknownWorkspaceError(StoreError):
    """The workspace has not been put into the database, so nothing of it can be erased or hashed."""


class UnstorableTextError(StoreError):
    """The words hold a NUL or a lone surrogate; they are normalised at the door, before they come here."""


class InvalidDatabaseUrlError(StoreError):
    """The address of the database is of a kind that this program does not speak."""


class DatabaseClosedError(StoreError):
    """The database was closed, because the process is ending; what was committed before is safe."""


class DatabaseInUseError(StoreError):
    """Another process holds the database; a SQLite file serves exactly one bot."""


class NewerSchemaError(StoreError):
    """The database was made by a newer version of this program, which must not be undone by an older one."""


class MigrationFailedError(StoreError):
    """A migration would have lost rows or left a reference to nothing, so it was rolled back."""
