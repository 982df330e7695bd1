"""The payloads of buttons and forms with which a programme and its waves are run, and of invitations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from bot.payloads.parts import ButtonPayload, PayloadParts, format_number, parse_number

SetupFormName = Literal["company", "times", "channels", "people"]

SETUP_FORMS: tuple[SetupFormName, ...] = ("company", "times", "channels", "people")
"""In the order of the first set-up: the people last, since the programme is theirs from then on."""


@dataclass(frozen=True)
class SetupPayload(ButtonPayload):
    """A form of the programme, and whether it's filled in as part of the first set-up."""

    form: SetupFormName
    is_first: bool = False

    def to_parts(self) -> PayloadParts:
        """Return the form as the subject."""
        return PayloadParts(choice="first" if self.is_first else "", subject=self.form)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the form; None for one that doesn't exist."""
        form = next((known for known in SETUP_FORMS if known == parts.subject), None)
        return cls(form, parts.choice == "first") if form else None


@dataclass(frozen=True)
class WavePayload(ButtonPayload):
    """A wave, and its version where an older one must not be changed or sent."""

    wave_id: str
    version: int | None = None

    def to_parts(self) -> PayloadParts:
        """Return the version as the question and the wave as the subject."""
        return PayloadParts(question=format_number(self.version), subject=self.wave_id)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the wave, without a version if that is no number."""
        return cls(parts.subject, parse_number(parts.question)) if parts.subject else None


@dataclass(frozen=True)
class InvitationPayload(ButtonPayload):
    """An answer to the invitation of a wave."""

    wave_id: str
    answer: str

    def to_parts(self) -> PayloadParts:
        """Return the answer as the choice and the wave as the subject."""
        return PayloadParts(choice=self.answer, subject=self.wave_id)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the answer; None without a wave or an answer."""
        return cls(parts.subject, parts.choice) if parts.subject and parts.choice else None
