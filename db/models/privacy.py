"""Nouns of deleting: what is still owed after an erasure, and files that are deleted at their time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class UnclearedLog:
    """Erased words may still be in the database's log: of which erasure the latest, and since when."""

    erased_at: datetime
    uncleared_since: datetime


@dataclass(frozen=True)
class BotFile:
    """A file of the bot's own that names people, when it is deleted, and how often Slack has refused that."""

    team_id: str
    id: str
    created_at: datetime
    delete_at: datetime
    tries: int = 0
