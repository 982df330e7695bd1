"""The reference to a user: the ids of one person in one workspace."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UserRef:
    """One person in one workspace."""

    team: str
    user: str
