"""The base of all payloads: four parts in one string, which travels through Slack and back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Self

MAX_VALUE_LENGTH = 2000
"""Characters that fit into the value of a button."""
_SEPARATOR = "~"


@dataclass(frozen=True)
class PayloadParts:
    """The four parts of a payload on the wire, each empty where a family has no use for it."""

    draft: str = ""
    question: str = ""
    choice: str = ""
    subject: str = ""


@dataclass(frozen=True)
class ButtonPayload(ABC):
    """Any payload: ids only, so what it asks for is authorised again."""

    @abstractmethod
    def to_parts(self) -> PayloadParts:
        """Return the payload as the four parts."""

    @classmethod
    @abstractmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the payload in the four parts; None or ValueError for parts of another family."""

    @property
    def unique_key(self) -> str:
        """The part that differs between the buttons of one block."""
        return self.to_parts().choice

    def pack(self) -> str:
        """Return the payload as one string for Slack; ValueError for one that would not come back as it went."""
        parts = self.to_parts()
        packed = _SEPARATOR.join((parts.draft, parts.question, parts.choice, parts.subject))
        if packed.count(_SEPARATOR) != 3 or len(packed) > MAX_VALUE_LENGTH:
            raise ValueError(f"a button cannot carry {self!r}")
        return packed

    @classmethod
    def unpack(cls, value: str | None) -> Self | None:
        """Return the payload that came back from Slack; None for one that is forged or of another family."""
        parts = (value or "").split(_SEPARATOR)
        if len(parts) != 4:
            return None
        try:
            return cls.from_parts(PayloadParts(*parts))
        except ValueError:
            return None


@dataclass(frozen=True)
class EmptyPayload(ButtonPayload):
    """Nothing: the button's id says it all."""

    def to_parts(self) -> PayloadParts:
        """Return four empty parts."""
        return PayloadParts()

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the payload if all parts are empty."""
        return cls() if parts == PayloadParts() else None


def format_boolean(value: bool) -> str:
    """Return a yes or no."""
    return "yes" if value else "no"


def format_number(number: int | None) -> str:
    """Return the digits; nothing for None."""
    return "" if number is None else str(number)


def parse_number(text: str) -> int | None:
    """Return a number of up to nine ASCII digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def parse_boolean(text: str) -> bool | None:
    """Return whether the text is a yes or a no; None for anything else."""
    return {"yes": True, "no": False}.get(text)
