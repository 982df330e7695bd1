"""Nouns of deleting: what is still owed after an erasure, and files that are deleted at their time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Uncleared:
    """Erased words may still be in the database's log: of which erasure the latest, and since when."""

    erased_at: datetime
    log_owed_since: datetime
