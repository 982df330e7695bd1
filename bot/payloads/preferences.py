"""The payloads of buttons with which people set their own preferences and consents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from bot.conversation.preference_phrases import PreferenceRequest
from bot.i18n import LOCALES, Locale
from bot.payloads.parts import ButtonPayload, PayloadParts, format_boolean, parse_boolean

SegmentChoice = Literal["tech", "gtm", "neither"]
SnoozableKind = Literal["paused", "landed"]

SEGMENT_CHOICES: tuple[SegmentChoice, ...] = ("tech", "gtm", "neither")
_SNOOZABLE_KINDS: tuple[SnoozableKind, ...] = ("paused", "landed")


@dataclass(frozen=True)
class SnoozePayload(ButtonPayload):
    """A notice about a draft, and the time until which it's put off."""

    draft_id: str
    kind: SnoozableKind
    choice: str

    def to_parts(self) -> PayloadParts:
        """Return the kind as the subject."""
        return PayloadParts(self.draft_id, choice=self.choice, subject=self.kind)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the notice and the time; None for a kind that can't be put off."""
        kind = next((known for known in _SNOOZABLE_KINDS if known == parts.subject), None)
        return cls(parts.draft, kind, parts.choice) if parts.draft and parts.choice and kind else None


@dataclass(frozen=True)
class PreferencePayload(ButtonPayload):
    """A preference that was taken for an answer: its message, and the messages which that answer replaced."""

    draft_id: str
    preference: PreferenceRequest
    ts: str
    replaced_ts: tuple[str, ...] = ()

    def to_parts(self) -> PayloadParts:
        """Return the messages' ids as the subject, the preference's own first."""
        return PayloadParts(
            self.draft_id, choice=self.preference, subject=" ".join((self.ts, *self.replaced_ts))
        )

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the preference; ValueError for one that doesn't exist."""
        preference = PreferenceRequest(parts.choice)
        ts, *replaced = parts.subject.split(" ")
        return cls(parts.draft, preference, ts, tuple(replaced)) if parts.draft and ts else None


@dataclass(frozen=True)
class SwitchPayload(ButtonPayload):
    """A setting that is on or off."""

    is_on: bool

    def to_parts(self) -> PayloadParts:
        """Return the state as the choice."""
        return PayloadParts(choice=format_boolean(self.is_on))

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the state; None for anything but yes and no."""
        is_on = parse_boolean(parts.choice)
        return cls(is_on) if is_on is not None else None


@dataclass(frozen=True)
class ConsentPayload(ButtonPayload):
    """A use of somebody's words, and whether they consent to it."""

    use: str
    given: bool

    def to_parts(self) -> PayloadParts:
        """Return the use as the subject."""
        return PayloadParts(choice=format_boolean(self.given), subject=self.use)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the consent; None without a use or a yes or no."""
        given = parse_boolean(parts.choice)
        return cls(parts.subject, given) if parts.subject and given is not None else None


@dataclass(frozen=True)
class SegmentPayload(ButtonPayload):
    """The segment that's nearer to somebody's work, or neither."""

    segment: SegmentChoice

    def to_parts(self) -> PayloadParts:
        """Return the segment as the choice."""
        return PayloadParts(choice=self.segment)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the segment; None for one that doesn't exist."""
        segment = next((known for known in SEGMENT_CHOICES if known == parts.choice), None)
        return cls(segment) if segment else None


@dataclass(frozen=True)
class LanguagePayload(ButtonPayload):
    """A language of the bot's."""

    language: Locale

    def to_parts(self) -> PayloadParts:
        """Return the language as the choice."""
        return PayloadParts(choice=self.language)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the language; None for one that the bot doesn't have."""
        language = next((known for known in LOCALES if known == parts.choice), None)
        return cls(language) if language else None


@dataclass(frozen=True)
class ExportPayload(ButtonPayload):
    """A request for everything held as a file, on its own or before everything is erased."""

    before_erasure: bool = False

    def to_parts(self) -> PayloadParts:
        """Return the erasure as the subject."""
        return PayloadParts(subject="erase" if self.before_erasure else "")

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the request; None for another subject."""
        return cls(parts.subject == "erase") if parts.subject in ("", "erase") else None
