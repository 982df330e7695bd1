"""Samples of the stored nouns, with as little said as possible."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.conversation.state import Draft
from db.models import Person, Workspace

TEAM = "T0QAMAR"
OTHER_TEAM = "T0OTHER"
MAYA = "U0MAYA"
OMAR = "U0OMAR"
NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def workspace(**facts: Any) -> Workspace:
    """The invented company's workspace."""
    return replace(Workspace(TEAM, "Qamar Labs", "U0HAKAWATI", "B0HAKAWATI", NOW), **facts)


def person(**facts: Any) -> Person:
    """Somebody in it."""
    return replace(Person(TEAM, MAYA, "maya", "Maya Okafor", NOW, locale="en-US"), **facts)


def draft(**parts: Any) -> Draft:
    """A draft just begun."""
    return replace(Draft("d1"), **parts)
