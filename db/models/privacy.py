"""The models of deletion: logs still to be cleared after an erasure, and files deleted on schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class UnclearedLog:
    """A database log that may still contain erased words: the latest such erasure, and since when."""

    erased_at: datetime
    uncleared_since: datetime


@dataclass(frozen=True)
class BotFile:
    """A file of the bot that names people, when it must be deleted, and how often Slack has refused."""

    team_id: str
    id: str
    created_at: datetime
    delete_at: datetime
    tries: int = 0
